/** What may be otherwise than it looks with a container that grows. */
import type { Stmt } from '../../syntax/ast.ts'
import { lastName } from '../../syntax/expressions.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { ModuleFacts } from '../../values/module-facts.ts'
import { isRegistered, mentionsContainer } from './asked-first.ts'
import { isKeyed } from './entries.ts'
import { addsLittle } from './little-entries.ts'
import { isOpenGrowth } from './openness.ts'
import type { Subject } from './subjects.ts'
import { localValue, nodesOf } from './walk.ts'

/** Something that may be otherwise than it looks. */
export interface Doubt {
  readonly why: string
  readonly use: Use | null
}

/** `growths`: what adds to it, as far as it was looked at; `own`: all uses of it in its file; `isUpToCallers`: nothing adds but what others may call. */
export function doubtsOn(subject: Subject, growths: readonly Use[], own: readonly Use[], isUpToCallers: boolean, facts: ModuleFacts): readonly Doubt[] {
  const [use] = growths
  if (use === undefined) return [{ why: 'how often, and under how many keys, was not looked at', use: null }, ...escapes(own, growths)]
  const isOneForEach = subject.form !== 'singleton' && growths.every(u => isInstance(u) && isRegistered(u))
  const isOpen = growths.some(u => isOpenGrowth(u, isKeyed(u, subject), facts))
  return [
    ...(isUpToCallers ? [{ why: `how often is up to those who call ${use.place.scope}()`, use }] : []),
    ...(isOneForEach ? [{ why: 'it is meant to keep one for each key', use }] : []),
    ...(isOpen ? [] : [{ why: 'under how many keys is not known', use }]),
    // A set of hosts, a list of channel counts: it is seldom much.
    ...(growths.every(u => addsLittle(u, subject, isKeyed(u, subject))) ? [{ why: 'each entry takes little', use }] : []),
    ...(growths.every(isNote) ? [{ why: 'it notes what was logged once, and how many such messages there are is not known', use }] : []),
    ...escapes(own, growths),
  ]
}

/** It notes what was logged, so as to log it once: mostly as many entries as the program has places that log. */
function isNote({ place: { functions }, name }: Use): boolean {
  const def = functions.at(-1)
  return def !== undefined && nodesOf(def).some(n => n.kind === 'If' && mentionsContainer(n.test, name) && n.body.some(logs))
}

/** `logger.error(…)`, `logging.getLogger(name).log(…)`. */
function logs(stmt: Stmt): boolean {
  const { func } = stmt.kind === 'ExprStmt' && stmt.value.kind === 'Call' ? stmt.value : { func: null }
  return func?.kind === 'Attribute' && LOGGING.has(func.attr)
}

const LOGGING: ReadonlySet<string> = new Set(['debug', 'info', 'warning', 'warn', 'error', 'exception', 'critical', 'log'])

function isInstance({ growth, place }: Use): boolean {
  const def = place.functions.at(-1)
  const value = growth?.value?.kind === 'Name' && def ? localValue(growth.value.id, def)?.expr : growth?.value
  return value?.kind === 'Call' && /^([A-Z]\w*|cls|__new__)$/.test(lastName(value.func) ?? '')
}

/** Those who are handed the container may take something out of it. */
function escapes(own: readonly Use[], growths: readonly Use[]): readonly Doubt[] {
  const deepest = growths.every(g => g.depth === 1) ? 1 : 0
  return own.filter(u => u.deed === 'escape' && u.depth <= deepest && !isOwnDefinition(u)).slice(0, 3).map(use => ({ why: whither(use), use }))
}

/** `x.append` taken to be called later in the same function adds, like a call. */
function isOwnDefinition({ act }: Use): boolean {
  return act.kind === 'Attribute' && ['append', 'add', 'setdefault', 'extend', 'update'].includes(act.attr)
}

function whither({ act, place, name }: Use): string {
  const where = place.scope === '<module>' ? 'the module' : `${place.scope}()`
  switch (act.kind) {
    case 'Return':
    case 'Yield': return `${where} gives it to its caller`
    case 'Call': return `${where} passes it on`
    default: return `${where} stores ${name} elsewhere`
  }
}
