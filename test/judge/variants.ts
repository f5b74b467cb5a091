/** What becomes of a program by its fixes: each alone, the safe ones together, all together. */
import { applyEdits } from '../../server/src/fixes/apply.ts'
import { openDocument } from '../../server/src/service/analyser.ts'
import { DEFAULT_SETTINGS } from '../../server/src/service/config.ts'
import { fixAll, type FixChoice } from '../../server/src/service/fix-all.ts'
import type { ReportedEdit, ReportedFinding, ReportedFix } from '../../server/src/service/report.ts'
import type { Settings } from '../../server/src/service/settings.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import type { TargetVersion } from '../../server/src/text/target-version.ts'
import type { Variant } from './judges.ts'

export interface NamedVariant extends Variant {
  /** For a person: which fixes gave it. */
  readonly by: string
}

export interface Variants {
  readonly variants: readonly NamedVariant[]
  /** What the analyser itself shows to be wrong: fixes that do not settle. */
  readonly problems: readonly string[]
  readonly findings: number
  readonly certain: number
}

export function settingsFor(targetVersion: TargetVersion): Settings {
  return { ...DEFAULT_SETTINGS, assumeLarge: true, confidence: 'possible', targetVersion }
}

export function variantsOf(engine: Engine, text: string, target: TargetVersion): Variants {
  const document = openDocument(engine, text, 0, settingsFor(target))
  try {
    const { findings } = document.report()
    const found = new Map<string, NamedVariant>()
    const add = (variant: NamedVariant): void => {
      const key = `${variant.swallow} ${variant.source}`
      if (variant.source !== text && !found.has(key)) found.set(key, variant)
    }
    // What is made by a loader is made at another time: that is what the fix says, and no program here would stay the same.
    const isDeferred = findings.some(f => f.fixes.some(fix => fix.kind === 'move'))
    for (const finding of findings) for (const fix of finding.fixes) if (fix.kind !== 'move') alone(text, finding, fix).forEach(add)
    const problems: string[] = []
    // The safe ones first: then the rest goes on from there.
    if (findings.some(f => f.fixes.length > 0)) for (const choice of isDeferred ? ['safe'] as const : ['safe', 'unsafe'] as const) add(together(choice))
    return { variants: [...found.values()], problems, findings: findings.length, certain: findings.filter(f => f.confidence === 'certain').length }

    function together(choice: FixChoice): NamedVariant {
      const fixed = fixAll(document, choice)
      if (fixed.failure !== null) problems.push(`${choice} fixes: ${fixed.failure}`)
      return { by: `all ${choice} fixes`, source: fixed.text, swallow: choice === 'safe', keeps: !onlyReleases(text, fixed.text) }
    }
  } finally {
    document.dispose()
  }
}

/** Only statements that let go of names were added. */
function onlyReleases(before: string, after: string): boolean {
  const others = (text: string) => text.split('\n').filter(line => !/^\s*(del .*|(\w+ = )+None)$/.test(line)).join('\n')
  return others(before) === others(after)
}

/** Its risk is that a `with` swallows an exception. */
function trustsManagers(fix: ReportedFix): boolean {
  return fix.safety === 'unsafe' && fix.title.includes('swallows exceptions')
}

/** Where the object has to die, that is watched: with managers that pass exceptions on, as is taken for granted of those nothing is known of. */
function alone(text: string, finding: ReportedFinding, fix: ReportedFix): readonly NamedVariant[] {
  const edits = [...fix.edits].sort((a, b) => a.start - b.start)
  const isRelease = fix.kind === 'delete' || fix.kind === 'none'
  const by = `${finding.rule}: ${finding.name} (${finding.confidence}), ${fix.safety} fix "${fix.title}"`
  const plain = { by, source: applyEdits(text, edits), swallow: !trustsManagers(fix), keeps: !isRelease }
  if (finding.confidence !== 'certain' || !isRelease) return [plain]
  return [plain, { ...plain, source: applyEdits(text, edits.map(edit => ({ ...edit, newText: watched(edit, finding.name) }))), swallow: false }]
}

/** The inserted statement, between two calls that check that it frees the object. */
function watched({ newText }: ReportedEdit, name: string): string {
  const match = /^(\s*(?:; )?)(\S.*?)(;?\s*)$/s.exec(newText)!
  const [, before = '', statement = '', after = ''] = match
  // What other statements do is no release of this object at this place.
  if (!new RegExp(`^(del |(\\w+ = )*)(\\w+, )*${name}\\b`).test(statement)) return newText
  if (statement.startsWith('del')) return `${before}begin(${name}); ${statement}; end()${after}`
  // The name may be unbound; in a suite on one line there is no room to ask.
  return /^ *$/.test(before) && after.startsWith('\n') ? `${before}try: begin(${name})\n${before}except NameError: begin(None)\n${before}${statement}; end()${after}` : newText
}
