/**
 * A large object in a global that only the import of the module needs, or only one function, or nobody.
 * Page: long-lived-global.md.
 */
import type { Source } from '../syntax/source.ts'
import { releaseFix } from '../fixes/release.ts'
import type { Finding, Fix } from './finding.ts'
import { largeGlobal, lastUser, makingsIn, type LargeGlobal, type Making } from './globals/large-globals.ts'
import { intoFunctionFix } from './globals/into-function.ts'
import { loaderFix, namesRead } from './globals/loader.ts'
import { nameOf } from '../workspace/files.ts'
import { keptPer } from './kept.ts'
import type { Draft, ModuleRule, ModuleView } from './rule.ts'
import { isScript } from './script.ts'
import { butFor, estimateOf, sizeText } from './wording.ts'

export const longLivedGlobal: ModuleRule = {
  name: 'long-lived-global',
  summary: 'a big global that only the import of the module needs, or one function, or nobody',
  // Scripts let go of their names themselves: `held-after-last-use` looks after them.
  checkModule(view) {
    const makings = makingsIn(view)
    return makings.length === 0 || view.scopes.module.seesFrames || view.options.isRun || isScript(view.body) ? [] : draftsOf(makings, view)
  },
}

const draftsOf = keptPer((making: Making, questions, view): readonly Draft[] => {
  const found = largeGlobal(making, questions)
  return found === null || isMadeForItself(found, view) ? [] : [source => finding(found, view, source)]
})

/** Whoever ends a file by making something that nobody uses wants it made: downloaded, compiled, tried. */
function isMadeForItself({ making, user }: LargeGlobal, { body }: ModuleView): boolean {
  return user.kind === 'import' && user.uses.length === 0 && body.at(-1) === making.stmt
}

function finding(found: LargeGlobal, view: ModuleView, source: Source): Finding {
  const { making, value, verdict, user, doubts } = found
  const name = making.target.id
  return {
    rule: 'long-lived-global', severity: verdict.severity, confidence: verdict.confidence,
    message: `${what(found, source)} (${sizeText(value.size)}), and it stays until the process ends.${butFor(doubts)} ${advice(found)}`,
    name, names: user.kind === 'import' ? [name] : [name, ...namesRead(making)], scope: '<module>', span: making.target, binding: making.target, lastUse: null,
    size: estimateOf(value.size), drag: [], heldUntil: 'process exit',
    notes: user.kind === 'function' ? [{ start: user.uses[0]!.node.start, end: user.uses[0]!.node.end, message: `only ${user.scope}() uses it` }] : [],
    fixes: user.kind === 'import' ? deletion(found, source) : [...intoFunctionFix(found, view, source), ...loaderFix(found, view, source)],
  }
}

function what({ making, user }: LargeGlobal, { body }: Source): string {
  const name = `\`${making.target.id}\``
  if (user.kind === 'function') return `Whoever imports this module makes ${name}, although only ${user.scope}() uses it`
  if (user.kind === 'elsewhere') return `Whoever imports this module makes ${name}, although only ${user.scope}() in ${nameOf(user.other.module.path)} uses it`
  return (lastUser(user.uses, body) ?? making.stmt) === making.stmt ? `Nothing uses ${name}` : `${name} is used only while the module is imported`
}

function advice({ making, user }: LargeGlobal): string {
  if (user.kind === 'import' && isForOthers(making, user)) return 'If nothing else needs it, do not make it.'
  return user.kind === 'import' ? `\`del ${making.target.id}\` lets it go.` : `Make it when ${user.scope}() first needs it.`
}

/** A public name that nobody here uses is there for others, or to be removed: that is for its author to say. */
function deletion({ making, user, doubts }: LargeGlobal, source: Source): readonly Fix[] {
  if (user.kind !== 'import' || isForOthers(making, user)) return []
  const { body } = source
  // What reads it may stand before it is made, too.
  const last = Math.max(body.indexOf(making.stmt), body.indexOf(lastUser(user.uses, body) ?? making.stmt))
  const gap = { suite: { body, owner: null }, index: last + 1 }
  return [releaseFix({ names: [making.target.id], gaps: [gap], form: 'delete', risk: doubts.length > 0 ? `unless ${doubts[0]}` : null }, source)]
}

function isForOthers({ target }: LargeGlobal['making'], { uses }: Extract<LargeGlobal['user'], { kind: 'import' }>): boolean {
  return uses.length === 0 && !target.id.startsWith('_')
}
