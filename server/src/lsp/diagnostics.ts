/** Findings as diagnostics. */
import type { Diagnostic, DiagnosticRelatedInformation, Range as LspRange } from 'vscode-languageserver'
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver'
import type { RuleName, Severity } from '../rules/finding.ts'
import type { Range, ReportedFinding } from '../service/report.ts'
import type { ClientFeatures } from './features.ts'
import type { OpenText } from './open-text.ts'

/** The address of a rule's page, or null where it is not to be had. */
export type PageOf = (rule: RuleName) => string | null

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
}

/** Rules that report code without effect: editors fade it. */
const UNNECESSARY: ReadonlySet<RuleName> = new Set<RuleName>(['useless-del', 'unused-suppression'])

/** By text document; each of them is there. */
export type DiagnosticsByUri = ReadonlyMap<string, readonly Diagnostic[]>

/** Where a finding's places are in the editor. */
export interface Locator {
  /** `label`: how a person calls a place for which the editor has no position. */
  locate(range: Range): { readonly uri: string; readonly range: LspRange; readonly label?: string }
}

export function toDiagnostics(document: OpenText, features: ClientFeatures, pageOf: PageOf): DiagnosticsByUri {
  const found = new Map(document.parts.map((uri): [string, Diagnostic[]] => [uri, []]))
  for (const finding of document.report()?.findings ?? []) {
    found.get(document.locate(finding.range).uri)?.push(toDiagnostic(finding, document, features, pageOf))
  }
  return found
}

export function toDiagnostic(finding: ReportedFinding, document: Locator, features: ClientFeatures, pageOf: PageOf): Diagnostic {
  const page = features.codeDescription ? pageOf(finding.rule) : null
  const related = features.relatedInformation ? relatedOf(finding, document) : []
  const { range, label } = document.locate(finding.range)
  return {
    range,
    severity: SEVERITY[finding.severity],
    source: 'refleak',
    code: finding.rule,
    message: labelled(asPlainText(finding.message), label),
    ...(page === null ? {} : { codeDescription: { href: page } }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    ...(features.tags && UNNECESSARY.has(finding.rule) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  }
}

/** Where the object comes from, where it is last used, what it drags through, and what the rule adds; the squiggle's own place is not repeated. */
function relatedOf(finding: ReportedFinding, document: Locator): DiagnosticRelatedInformation[] {
  const places: (Range & { readonly message: string })[] = []
  if (!samePlace(finding.binding, finding.range)) places.push({ ...finding.binding, message: `${finding.name} is bound here` })
  if (finding.lastUse !== null && !samePlace(finding.lastUse, finding.range)) {
    places.push({ ...finding.lastUse, message: `${finding.name} is last used here` })
  }
  places.push(...finding.drag.map(({ start, end, text }) => ({ start, end, message: `still held while ${text}` })), ...finding.notes.filter(note => !samePlace(note, finding.range)))
  return places.map((place) => {
    const { uri, range, label } = document.locate(place)
    return { location: { uri, range }, message: labelled(asPlainText(place.message), label) }
  })
}

/** Editors show messages as they are: code in quotes, not in Markdown's backticks. */
export function asPlainText(message: string): string {
  return message.replace(/`([^`]*)`/g, "'$1'")
}

function labelled(message: string, label: string | undefined): string {
  return label === undefined ? message : `${label}: ${message}`
}

function samePlace(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end
}
