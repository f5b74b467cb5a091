/** From anchored positions to absolute offsets, and from the rule's severity to the one the user set. */
import type { Span } from '../syntax/ast.ts'
import { onDemand } from '../text/on-demand.ts'
import type { Source } from '../syntax/source.ts'
import type { Finding } from '../rules/finding.ts'
import type { Range, ReportedFinding } from './report.ts'
import type { Settings } from './settings.ts'

export function reportFinding(finding: Finding, source: Source, settings: Settings): ReportedFinding {
  const range = (span: Span): Range => {
    const [start, end] = source.rangeOf(span)
    return { start, end }
  }
  const { rule, severity, confidence, message, name, names, scope, size, heldUntil } = finding
  const set = settings.severity[rule]
  const fixes = onDemand(() => finding.fixes.map(fix => ({ ...fix, edits: fix.edits.map(e => (e.path === null ? { ...range(e), newText: e.newText, path: null } : { start: e.start, end: e.end, newText: e.newText, path: e.path })) })))
  return {
    rule, confidence, message, name, names, scope, size, heldUntil,
    severity: set === undefined || set === 'off' ? severity : set,
    range: range(finding.span), binding: range(finding.binding), lastUse: finding.lastUse && range(finding.lastUse),
    drag: finding.drag.map(d => ({ ...range(d), kind: d.kind, text: d.text })),
    notes: finding.notes.map(n => ({ ...range(n), message: n.message })),
    get fixes() { return fixes() },
  }
}
