/** Applying the fixes of a whole file, pass by pass, until nothing is left to apply. */
import type { Candidate } from '../fixes/apply.ts'
import { choosePass } from '../fixes/apply.ts'
import type { AnalysedDocument } from './document.ts'
import type { Report, ReportedFinding, ReportedFix } from './report.ts'

/** Which fixes may be applied: `unsafe` means both kinds. */
export type FixChoice = 'safe' | 'unsafe'

export interface FixedText {
  readonly text: string
  /** The findings that were fixed, in the order of the passes. */
  readonly fixed: readonly Pick<ReportedFinding, 'rule' | 'name'>[]
  /** Null: no fix is left to apply. Otherwise why `text` is the text as it was. */
  readonly failure: string | null
  /** Of `text`. */
  readonly report: Report
}

/** A file with this many layers of fixes does not exist; fixes that undo each other do. */
const MAX_PASSES = 100

/** The first fix of each finding that may be applied, with the finding it belongs to. Fixes that reach into other files are left out. */
export function fixCandidates(findings: readonly ReportedFinding[], choice: FixChoice): readonly (Candidate & { readonly finding: ReportedFinding })[] {
  return findings.flatMap((finding) => {
    const fix = firstApplicable(finding.fixes, choice)
    return fix === undefined ? [] : [{ finding, subjects: subjectsOf(finding), edits: fix.edits }]
  })
}

/** Leaves the document with the text that is returned, but after a failure. */
export function fixAll(document: AnalysedDocument, choice: FixChoice): FixedText {
  const original = document.text
  const before = document.report()
  const fixed: ReportedFinding[] = []
  let report = before
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const candidates = fixCandidates(report.findings, choice)
    const { edits, taken } = choosePass(candidates)
    if (taken.length === 0) return { text: document.text, fixed, failure: null, report }
    fixed.push(...taken.flatMap((index) => candidates[index]?.finding ?? []))
    // From the last to the first, so that each change leaves the places of those to come as they are.
    document.update([...edits].reverse(), document.version + 1)
    report = document.report()
    if (report.remarks.length > before.remarks.length) {
      const reason = report.remarks.find((remark) => !before.remarks.some((old) => old.message === remark.message))?.message
      return undone(original, before, `a fix broke the file${reason === undefined ? '' : ` (${reason})`}`)
    }
  }
  return undone(original, before, `the fixes did not settle after ${MAX_PASSES} passes`)
}

/** The fix that may be applied to a finding for which its own file has none. */
export function reachingFix({ fixes }: ReportedFinding, choice: FixChoice): ReportedFix | undefined {
  const isReaching = fixes.every((fix) => fix.others !== undefined)
  return isReaching ? firstOf(fixes, choice) : undefined
}

function firstApplicable(fixes: readonly ReportedFix[], choice: FixChoice): ReportedFix | undefined {
  return firstOf(fixes.filter((fix) => fix.others === undefined), choice)
}

function firstOf(fixes: readonly ReportedFix[], choice: FixChoice): ReportedFix | undefined {
  return fixes.find((fix) => fix.safety === 'safe') ?? (choice === 'unsafe' ? fixes[0] : undefined)
}

/** Findings about one name of one scope are fixed one after the other; findings without a name stand for themselves. */
function subjectsOf({ rule, range, scope, names }: ReportedFinding): readonly string[] {
  return names.length === 0 ? [`${rule} ${range.start}`] : names.map((name) => `${scope} ${name}`)
}

function undone(text: string, report: Report, failure: string): FixedText {
  return { text, fixed: [], failure, report }
}
