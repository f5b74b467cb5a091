/** The law of fixes, for every fix of every case: it parses, its finding is gone, none is new, and nothing else has changed. */
import { applyEdits, choosePass } from '../../server/src/fixes/apply.ts'
import { fixAll } from '../../server/src/service/fix-all.ts'
import type { Report, ReportedFinding, ReportedFix } from '../../server/src/service/report.ts'
import { openSource } from '../../server/src/syntax/document.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openCase } from './open.ts'
import type { FixedText, PageCase } from './page.ts'
import { changedStatements } from './statements.ts'

export interface FixedCopy {
  /** For a person: which fix gave it. */
  readonly by: string
  readonly text: string
}

export function fixProblems(engine: Engine, page: PageCase, { findings, remarks }: Report): { readonly problems: readonly string[]; readonly copies: readonly FixedCopy[] } {
  const problems: string[] = refusedProblems(page, findings)
  const copies: FixedCopy[] = []
  for (const finding of findings) {
    if (finding.fixes.length === 0 && !MAY_ONLY_ADVISE.has(finding.rule)) problems.push(`${finding.rule}: ${finding.name} has no fix`)
    for (const fix of finding.fixes) {
      const by = `the fix "${fix.title}"`
      const invalid = editProblems(fix, page.text)
      problems.push(...invalid.map(p => `${by} ${p}`))
      if (invalid.length > 0) continue
      const text = applyEdits(page.text, [...fix.edits].sort((a, b) => a.start - b.start))
      copies.push({ by, text })
      problems.push(...[...resultProblems(engine, page, { finding, fix }, { findings, remarks }, text), ...layoutProblems(engine, page.text, text, fix)].map(p => `${by} ${p}`))
    }
  }
  return { problems, copies }
}

/** Rules whose remedy is not always an edit that keeps the program's behaviour: then the message says what to do. */
const MAY_ONLY_ADVISE: ReadonlySet<string> = new Set(['attribute-could-be-local', 'unused-suppression', 'view-holds-base', 'closure-holds', 'exception-holds-frames', 'argument-held-by-caller', 'grow-only-collection', 'long-lived-global'])

function refusedProblems({ refuses }: PageCase, findings: readonly ReportedFinding[]): string[] {
  if (refuses === null) return []
  if (findings.length === 0) return [`nothing is found that a fix of kind ${refuses} could be offered for`]
  return findings.flatMap(f => f.fixes.filter(fix => fix.kind === refuses).map(fix => `${f.rule}: ${f.name} offers "${fix.title}", which the page says is refused`))
}

/** The text after the fixes that `by` names. */
export function fixedText(engine: Engine, page: PageCase, by: FixedText['by']): string {
  const document = openCase(engine, page.text, page)
  try {
    if (by === 'safe' || by === 'unsafe') return fixAll(document, by).text
    const candidates = document.report().findings.flatMap((finding, i) => finding.fixes.filter(f => f.kind === by).slice(0, 1).map(f => ({ subjects: [String(i)], edits: f.edits })))
    return applyEdits(page.text, choosePass(candidates).edits)
  } finally {
    document.dispose()
  }
}

function editProblems(fix: ReportedFix, text: string): readonly string[] {
  const edits = [...fix.edits].sort((a, b) => a.start - b.start)
  if (edits.length === 0) return ['has no edits']
  if (edits.some(e => e.path !== null)) return ['edits another file']
  if (edits.some(e => e.start < 0 || e.end < e.start || e.end > text.length)) return ['has an edit outside the text']
  if (edits.some((e, i) => i > 0 && e.start < edits[i - 1]!.end)) return ['has edits that overlap']
  const writes = fix.kind === 'delete' || fix.kind === 'none'
  return writes && edits.some(e => e.start !== e.end) ? ['takes text away, although it only adds a statement'] : []
}

function resultProblems(engine: Engine, page: PageCase, { finding, fix }: { readonly finding: ReportedFinding; readonly fix: ReportedFix }, before: Pick<Report, 'findings' | 'remarks'>, text: string): readonly string[] {
  const after = reportOf(engine, text, page)
  if (after.remarks.length > before.remarks.length) return [`breaks the text (${after.remarks.map(r => r.message).join('; ')}):\n${text}`]
  const left = [...before.findings]
  left.splice(left.indexOf(finding), 1)
  const unknown = after.findings.filter(f => {
    const index = left.findIndex(l => subject(l, fix) === subject(f, fix))
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
  return unknown.map(f => `${subject(f, fix) === subject(finding, fix) ? 'leaves its finding' : 'makes a new finding'} (${f.rule}: ${f.name}, ${f.message}):\n${text}`)
}

function reportOf(engine: Engine, text: string, page: PageCase): Report {
  const document = openCase(engine, text, page)
  const report = document.report()
  document.dispose()
  return report
}

/**
 * What a finding is about. The three rules on held objects differ in where the drag lies: what is fixed next to an object may move its
 * drag. What is extracted takes other findings along into another scope.
 */
function subject({ rule, scope, name }: ReportedFinding, { kind }: ReportedFix): string {
  return `${HELD.has(rule) ? 'held' : rule} ${kind === 'extract' ? '' : scope} ${name}`
}

const HELD: ReadonlySet<string> = new Set(['held-after-last-use', 'previous-iteration-held', 'loop-variable-held'])

/** Only statements of the kind the fix speaks of come or go; comments stay as they are. */
function layoutProblems(engine: Engine, before: string, after: string, fix: ReportedFix): readonly string[] {
  const [old, now] = [openSource(engine, before), openSource(engine, after)]
  const changes = changedStatements(old.source, now.source)
  old.dispose()
  now.dispose()
  const strange = changes.filter(c => !isAllowed(c, fix))
  return strange.map(c => `${c.added ? 'adds' : 'removes'} a ${c.kind} (${c.text}):\n${after}`)
}

function isAllowed({ added, kind, text }: { readonly added: boolean; readonly kind: string; readonly text: string }, fix: ReportedFix): boolean {
  if (kind === 'ExprStmt' && fix.edits.some(edit => edit.newText.startsWith('display('))) return true
  const isRelease = kind === 'Delete' || (kind === 'Assign' && text.includes('"type":"None"'))
  switch (fix.kind) {
    case 'delete': return added && kind === 'Delete'
    case 'none': return added && isRelease
    case 'remove': return added ? kind === 'Pass' : isRelease
    default: return true
  }
}
