/** What fixes leave of a file: everything outside their edits, in its encoding; a text that Python reads; nothing more to fix. */
import { applyEdits } from '../../server/src/fixes/apply.ts'
import { openDocument } from '../../server/src/service/analyser.ts'
import { DEFAULT_SETTINGS } from '../../server/src/service/config.ts'
import { fixAll } from '../../server/src/service/fix-all.ts'
import type { ReportedFix } from '../../server/src/service/report.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import type { TargetVersion } from '../../server/src/text/target-version.ts'

export interface Fixes {
  readonly count: number
  readonly problems: readonly string[]
  /** The texts after fixes, some spread over the file, and after all of them, to be read by Python. */
  readonly texts: readonly { readonly by: string; readonly text: string }[]
}

/** Texts of a file that Python reads, but for the one after all fixes. */
const MOST_TEXTS = 10

/** As much as can be said of the text, so that as much as possible is fixed. */
export function fixesOf(engine: Engine, text: string, targetVersion: TargetVersion): Fixes {
  const document = openDocument(engine, text, 0, { ...DEFAULT_SETTINGS, assumeLarge: true, confidence: 'possible', targetVersion })
  try {
    const fixes = document.report().findings.flatMap(f => f.fixes.map(fix => ({ fix, by: `${f.rule} of ${f.name}: ${fix.title}` })))
      .filter(({ fix }) => fix.edits.every(e => e.path === null))
    const problems = fixes.flatMap(({ fix, by }) => outside(fix, text).map(p => `${by}: ${p}`))
    const step = Math.max(1, Math.floor(fixes.length / MOST_TEXTS))
    const texts = fixes.filter((_, i) => i % step === 0).map(({ fix, by }) => ({ by, text: applied(fix, text) }))
    const all = fixAll(document, 'unsafe')
    const again = fixAll(document, 'unsafe')
    if (all.failure !== null) problems.push(`all fixes: ${all.failure}`)
    if (again.text !== all.text) problems.push('all fixes, applied again, change more')
    return { count: fixes.length, problems, texts: [...texts, { by: 'all fixes', text: all.text }] }
  } finally {
    document.dispose()
  }
}

function applied({ edits }: ReportedFix, text: string): string {
  return applyEdits(text, [...edits].sort((a, b) => a.start - b.start))
}

/** What stands between the edits is found, in order and unchanged, in the result; what they insert ends lines as the text does. */
function outside(fix: ReportedFix, text: string): readonly string[] {
  const edits = [...fix.edits].sort((a, b) => a.start - b.start)
  const result = applied(fix, text)
  const problems: string[] = []
  let before = 0
  let after = 0
  for (const { start, end, newText } of [...edits, { start: text.length, end: text.length, newText: '' }]) {
    const kept = text.slice(before, start)
    if (result.slice(after, after + kept.length) !== kept) problems.push(`changes what stands before offset ${start}`)
    after += kept.length + newText.length
    before = end
    if (!text.includes('\r') && newText.includes('\r')) problems.push('brings in a line end that the text does not have')
    if (/\r\n/.test(text) && !/(^|[^\r])\n/.test(text) && /(^|[^\r])\n/.test(newText)) problems.push('brings in LF among CRLF')
  }
  return after === result.length ? problems : [...problems, 'leaves something else at the end']
}
