/** Code actions: one per fix, one that suppresses, one that applies every safe fix of the file. */
import type { CodeAction, CodeActionContext, Command, Diagnostic, Range as LspRange } from 'vscode-languageserver'
import { CodeActionKind } from 'vscode-languageserver'
import { applyEdits, choosePass } from '../fixes/apply.ts'
import { fixCandidates } from '../service/fix-all.ts'
import type { Range, ReportedEdit, ReportedFinding, ReportedFix } from '../service/report.ts'
import { suppressEdit } from '../service/suppression-edits.ts'
import { lineStarts, positionAt } from '../text/line-starts.ts'
import { toWorkspaceEdit, touches, type PlacedEdits } from './convert.ts'
import type { TextNow } from './current-texts.ts'
import type { ClientFeatures } from './features.ts'
import { isTable } from '../text/json.ts'
import { FIX_ALL, RENAME, SUPPRESS } from './features.ts'
import type { OpenText } from './open-text.ts'

/** What an action without its edit carries, so that the edit can be made when the user picks it. */
interface ActionData {
  readonly uri: string
  readonly state: string
  readonly edit: EditRequest
}

type EditRequest =
  /** `at`: where the finding stood, and `title` of the fix: another file may have changed since, and the findings with it. */
  | { readonly kind: 'fix'; readonly finding: number; readonly fix: number; readonly at: number; readonly title: string }
  | { readonly kind: 'suppress'; readonly finding: number }
  /** Of one text document: an editor that asks for each cell of a notebook gets each edit once. */
  | { readonly kind: 'all'; readonly part: string }

/** The actions for a range in the text document `uri`. A finding offers its fixes from its squiggle, its binding and its last use. */
export function codeActions(document: OpenText, uri: string, range: Range, context: CodeActionContext, features: ClientFeatures, textNow: TextNow): CodeAction[] {
  const findings = document.report()?.findings ?? []
  const here = findings.flatMap((finding, index) => placesOf(finding).some((place) => touches(place, range)) ? [{ finding, index }] : [])
  const actions = [
    ...here.flatMap(({ finding, index }) => fixActions(finding, index, document, context, features)),
    ...here.flatMap(({ finding, index }) => suppressAction(finding, index, document, context)),
    ...fixAllAction(document, uri, context),
  ].filter((action) => isWanted(action, context.only))
  return features.resolveEdits ? actions : actions.map((action) => resolveAction(action, document, features, textNow) ?? action)
}

/** The document an unresolved action is for; null when it is not one of ours. */
export function documentOfAction(action: CodeAction): string | null {
  return readData(action)?.uri ?? null
}

/** The action with its edit; null when a text has changed since it was offered. */
export function resolveAction(action: CodeAction, document: OpenText, features: ClientFeatures, textNow: TextNow): CodeAction | null {
  const data = readData(action)
  if (data === null || data.state !== document.state) return null
  const edits = editsFor(data.edit, document)
  const elsewhere = edits === null ? null : otherTexts(data.edit, document, textNow)
  if (edits === null || elsewhere === null) return null
  const command = features.rename ? renaming(data.edit, edits, document) : null
  return { ...action, edit: toWorkspaceEdit(edits, document, elsewhere, features), ...(command === null ? {} : { command }) }
}

/** The client's command that goes to the name which the fix made up, wherever the fix has written it. In a notebook nobody goes anywhere. */
function renaming(request: EditRequest, edits: readonly ReportedEdit[], document: OpenText): Command | null {
  const made = fixOf(request, document)?.made
  if (made === undefined || !document.parts.includes(document.uri)) return null
  const ordered = [...edits].sort((a, b) => a.start - b.start)
  const lines = lineStarts(applyEdits(document.text, ordered))
  const ranges = placesWritten(made, ordered).map((start): LspRange => ({ start: positionAt(lines, start), end: positionAt(lines, start + made.length) }))
  return { title: `Rename ${made}`, command: RENAME, arguments: [document.uri, ranges] }
}

/** Where the name of a function is defined and called: offsets in the text after the edits, which are in order of place. */
function placesWritten(name: string, edits: readonly ReportedEdit[]): readonly number[] {
  let shift = 0
  return edits.flatMap(({ start, end, newText }) => {
    const at = start + shift
    shift += newText.length - (end - start)
    return [...newText.matchAll(new RegExp(`(?<![\\p{ID_Continue}])${name}(?=\\()`, 'gu'))].map(({ index }) => at + index)
  })
}

function editsFor(request: EditRequest, document: OpenText): readonly ReportedEdit[] | null {
  if (request.kind === 'all') return fixAllEdits(document, request.part)
  if (request.kind === 'fix') return fixOf(request, document)?.edits ?? null
  const finding = document.report()?.findings[request.finding]
  if (finding === undefined) return null
  const edit = suppressEdit(document.text, document.directives, finding)
  return edit === null ? null : [edit]
}

function fixOf(request: EditRequest, document: OpenText): ReportedFix | null {
  if (request.kind !== 'fix') return null
  const finding = document.report()?.findings[request.finding]
  const fix = finding?.range.start === request.at ? finding.fixes[request.fix] : undefined
  return fix?.title === request.title ? fix : null
}

/** The other files that are edited; null where one of them is not what the fix was made for. */
function otherTexts(request: EditRequest, document: OpenText, textNow: TextNow): readonly PlacedEdits[] | null {
  const others = (fixOf(request, document)?.others ?? []).map(({ path, text }) => ({ path, wanted: text, text: textNow(path) }))
  return others.every(({ text, wanted }) => text?.text === wanted) ? others.map(({ path, text }) => ({ path, text: text! })) : null
}

function fixActions(finding: ReportedFinding, index: number, document: OpenText, context: CodeActionContext, features: ClientFeatures): CodeAction[] {
  const preferred = finding.fixes.find((fix) => fix.safety === 'safe' && fix.others === undefined)
  return finding.fixes.flatMap((fix, number) => fix.others === undefined || features.documentChanges ? [{
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnosticsOf(finding, document, context),
    ...(features.preferredActions && fix === preferred ? { isPreferred: true } : {}),
    data: dataOf(document, { kind: 'fix', finding: index, fix: number, at: finding.range.start, title: fix.title }),
  }] : [])
}

function suppressAction(finding: ReportedFinding, index: number, document: OpenText, context: CodeActionContext): CodeAction[] {
  if (finding.rule === 'unused-suppression') return []
  return [{
    title: `Suppress ${finding.rule} on this line`,
    kind: SUPPRESS,
    diagnostics: diagnosticsOf(finding, document, context),
    data: dataOf(document, { kind: 'suppress', finding: index }),
  }]
}

function fixAllAction(document: OpenText, uri: string, context: CodeActionContext): CodeAction[] {
  // Only when it is asked for by name: in a lightbulb it would stand beside every fix.
  if (context.only === undefined || fixAllEdits(document, uri).length === 0) return []
  return [{ title: 'Apply all safe fixes of Reference Leak Hints', kind: FIX_ALL, data: dataOf(document, { kind: 'all', part: uri }) }]
}

/** The first safe fix of every finding that edits this text document only, as far as they go together in one pass. */
function fixAllEdits(document: OpenText, uri: string): ReportedEdit[] {
  const candidates = fixCandidates(document.report()?.findings ?? [], 'safe')
    .filter(({ edits }) => edits.every((edit) => document.locate(edit).uri === uri))
  return choosePass(candidates).edits.map((edit) => ({ ...edit, path: null }))
}

function placesOf(finding: ReportedFinding): Range[] {
  return [finding.range, finding.binding, ...(finding.lastUse === null ? [] : [finding.lastUse])]
}

/** The client's own diagnostics of the finding: it ties the action to them. */
function diagnosticsOf(finding: ReportedFinding, document: OpenText, context: CodeActionContext): Diagnostic[] {
  const { start, end } = document.locate(finding.range).range
  return context.diagnostics.filter(({ code, range }) => code === finding.rule
    && range.start.line === start.line && range.start.character === start.character
    && range.end.line === end.line && range.end.character === end.character)
}

/** Kinds are a hierarchy: asking for `quickfix` means `quickfix.refleak.suppress` too. */
function isWanted(action: CodeAction, only: readonly string[] | undefined): boolean {
  const kind = action.kind ?? ''
  return only === undefined || only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`))
}

function dataOf(document: OpenText, edit: EditRequest): ActionData {
  return { uri: document.uri, state: document.state, edit }
}

/** Clients send the data back as they got it; anything else is refused. */
function readData({ data }: CodeAction): ActionData | null {
  if (!isTable(data) || typeof data['uri'] !== 'string' || typeof data['state'] !== 'string') return null
  const edit = readRequest(data['edit'])
  return edit === null ? null : { uri: data['uri'], state: data['state'], edit }
}

function readRequest(value: unknown): EditRequest | null {
  if (!isTable(value)) return null
  const { kind, finding, fix, part, at, title } = value
  if (kind === 'all') return typeof part === 'string' ? { kind, part } : null
  if (typeof finding !== 'number') return null
  if (kind === 'suppress') return { kind, finding }
  return kind === 'fix' && typeof fix === 'number' && typeof at === 'number' && typeof title === 'string' ? { kind, finding, fix, at, title } : null
}
