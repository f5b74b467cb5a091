/** Runs one case of a page: the findings against the expectations, and every fix against the law of fixes. */
import type { Confidence } from '../../server/src/rules/finding.ts'
import type { Report, ReportedFinding } from '../../server/src/service/report.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { fixProblems, fixedText, type FixedCopy } from './fixes.ts'
import { openCase } from './open.ts'
import type { Expectation, PageCase } from './page.ts'

export interface Outcome {
  /** What is wrong, one sentence each; empty: the page tells the truth. */
  readonly problems: readonly string[]
  readonly findings: readonly Seen[]
  /** The texts that fixes gave, to be judged by others. */
  readonly copies: readonly FixedCopy[]
}

/** A finding in the words of an expectation. */
export interface Seen {
  /** Zero-based. */
  readonly line: number
  readonly rule: string
  readonly name: string
  readonly confidence: Confidence
  readonly message: string
}

export function runCase(engine: Engine, page: PageCase): Outcome {
  const document = openCase(engine, page.text, page)
  const report = document.report()
  document.dispose()
  const findings = report.findings.map(f => seen(f, page.text))
  const { problems, copies } = fixProblems(engine, page, report)
  return {
    findings, copies,
    problems: [...remarks(report, page), ...mismatches(page.expectations, findings), ...problems, ...fixedMismatch(engine, page)],
  }
}

/** Comments that are no suppressions are remarked on, too. */
function remarks(report: Report, { expectations }: PageCase): readonly string[] {
  if (expectations.some(e => e.rule === 'unused-suppression')) return []
  return report.remarks.map(r => `the analyser remarks: ${r.message}`)
}

function seen(finding: ReportedFinding, text: string): Seen {
  const line = text.slice(0, finding.range.start).split('\n').length - 1
  const { rule, name, confidence, message } = finding
  return { line, rule, name, confidence, message }
}

function mismatches(expectations: readonly Expectation[], findings: readonly Seen[]): readonly string[] {
  const left = [...findings]
  const missing = expectations.filter(expected => {
    const index = left.findIndex(found => matches(found, expected))
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
  return [...missing.map(e => `line ${e.line + 1}: expected ${described(e)}, not found`), ...left.map(f => `line ${f.line + 1}: found ${described(f)}, not expected`)]
}

function matches(found: Seen, expected: Expectation): boolean {
  return found.line === expected.line && found.rule === expected.rule && found.name === expected.name
    && (expected.confidence === null || found.confidence === expected.confidence)
}

function described({ rule, name, confidence }: { readonly rule: string; readonly name: string; readonly confidence: Confidence | null }): string {
  return `${rule}${name === '' ? '' : `: ${name}`}${confidence === null ? '' : ` (${confidence})`}`
}

function fixedMismatch(engine: Engine, page: PageCase): readonly string[] {
  if (page.fixed === null) return []
  const text = fixedText(engine, page, page.fixed.by)
  return text === page.fixed.text ? [] : [`the fixed text is another one:\n${numbered(text)}\n  but the page says:\n${numbered(page.fixed.text)}`]
}

/** The case with its line numbers, what was expected and what was found: all a person needs to decide who is right. */
export function explain(page: PageCase, outcome: Outcome): string {
  const found = outcome.findings.map(f => `  line ${f.line + 1}: ${described(f)}: ${f.message}`)
  const expected = page.expectations.map(e => `  line ${e.line + 1}: ${described(e)}`)
  return [
    ...outcome.problems, '', numbered(page.text), 'expected:', ...(expected.length > 0 ? expected : ['  nothing']), 'found:', ...(found.length > 0 ? found : ['  nothing']),
  ].join('\n')
}

export function numbered(text: string): string {
  return text.replace(/\n$/, '').split('\n').map((line, i) => `${String(i + 1).padStart(4)}  ${line}`).join('\n')
}
