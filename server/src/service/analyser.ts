/** Opens documents for analysis: the one way in for the command line and the language server. */
import { builtinLibraries } from '../models/builtin.ts'
import type { Library } from '../models/model.ts'
import { createModelTable, type ModelTable } from '../models/table.ts'
import { checkUserModels } from '../models/user.ts'
import type { Finding } from '../rules/finding.ts'
import { isAtLeastAsSure } from '../rules/judgement.ts'
import { RULES } from '../rules/rules.ts'
import { isBuildFile, isExampleFile, isTestFile } from '../rules/test-code.ts'
import { isProgramFile } from '../rules/script.ts'
import { openSource, type SourceDocument } from '../syntax/document.ts'
import type { Engine } from '../syntax/engine.ts'
import type { Source } from '../syntax/source.ts'
import { lineStarts, positionAt } from '../text/line-starts.ts'
import { placeName, type PlacedCell } from '../text/notebook/cells.ts'
import { cellOfNotebook, cellOfScript, displayedIn, fitFinding, heedOtherCells, type Displayed } from './cells.ts'
import type { AnalysedDocument, CellsOf, TextChange } from './document.ts'
import { hoverAt } from './hover.ts'
import { whyCompiled } from './hover-words.ts'
import { createModuleAnalyser, type ModuleAnalysis } from './module-analysis.ts'
import { createModuleFrames, type Compiled, type ModuleFrames } from './module-frames.ts'
import { NOBODY } from '../values/foreign.ts'
import type { FilePath } from '../workspace/files.ts'
import type { WorkspaceView } from '../workspace/index.ts'
import { isGenerated } from './generated.ts'
import { openWithinLimit } from './oversized.ts'
import { reportFinding } from './report-finding.ts'
import type { Hover, Report } from './report.ts'
import type { Settings } from './settings.ts'
import { applySuppressions, endOfTop } from './suppressions.ts'

/**
 * Opens a text that is looked at alone; `version` is the editor's number for it, or 0. `cellsOf` gives the cells of a notebook whose program
 * the text is, as they are when it is asked.
 */
export function openDocument(engine: Engine, text: string, version: number, settings: Settings, cellsOf: CellsOf = NO_CELLS): AnalysedDocument {
  return openWithinLimit((...state) => openAnalysed(engine, ...state, cellsOf), text, version, settings)
}

const NO_CELLS: CellsOf = () => null

function openAnalysed(engine: Engine, text: string, version: number, settings: Settings, cellsOf: CellsOf): AnalysedDocument {
  const document = openSource(engine, text)
  return analysedDocument({
    document,
    framesFor: ({ models, targetVersion }) => createModuleFrames(tableFor(models), targetVersion, NOBODY),
    path: null, view: null, revision: 0, generation: 0,
    touched: () => {}, sync: () => {}, dispose: () => document.dispose(),
  }, version, settings, cellsOf)
}

/** What an analysed document stands on: alone, or in a workspace. */
export interface Home {
  /** Null: the text is no file's. */
  readonly path: FilePath | null
  readonly document: SourceDocument
  /** Asked for again after each configuration, and when `generation` is another. */
  framesFor(settings: Settings): ModuleFrames
  /** Null as long as nothing is known of other files. */
  readonly view: WorkspaceView | null
  /** Another number when files came and went, or more is known of them; edits are told by the state of `view`. */
  readonly revision: number
  /** Another number when nothing that was known of other modules is valid any more. */
  readonly generation: number
  /** The document's text has changed. */
  touched(): void
  /** Called before anything is worked out. */
  sync(): void
  dispose(): void
}

export function analysedDocument(home: Home, version: number, settings: Settings, cellsOf: CellsOf = NO_CELLS): AnalysedDocument {
  const { document } = home
  let current = version
  let options = settings
  let { generation } = home
  let frames = home.framesFor(settings)
  const session = cellsOf() === null ? 'process' : 'kernel'
  let analyser = analyserFor(frames, settings, home, session)
  let analysis: Analysed | null = null

  function begin(next: Settings): void {
    options = next
    generation = home.generation
    frames = home.framesFor(next)
    analyser = analyserFor(frames, next, home, session)
    analysis = null
  }

  function analysed(): Analysed {
    if (generation !== home.generation) begin(options)
    home.sync()
    const { source } = document
    const { revision } = home
    const cells = cellsOf()
    if (analysis?.source !== source || analysis.cells !== cells || isOutdated(analysis)) {
      const displayed = displayedIn(source, cells ?? [])
      analysis = { source, cells, displayed, revision, others: home.view?.state ?? null, result: analyser.analyse(source, [...displayed.values()]) }
    }
    return analysis
  }

  /** For what other files say. */
  function isOutdated({ revision, others }: Analysed): boolean {
    return frames.isStale || revision !== home.revision || (home.view?.isAsked === true && home.view.state !== others)
  }

  return {
    get text() { return document.source.text },
    get version() { return current },
    get directives() { return document.source.directives },
    get isStale() { return analysis !== null && (isOutdated(analysis) || generation !== home.generation) },
    update(changes: readonly TextChange[], next: number) {
      document.update(changes)
      current = next
      home.touched()
    },
    configure: begin,
    report: () => report(document.source, isGenerated(document.source.text) ? null : analysed(), current, options),
    hover(offset: number): Hover | null {
      const { source, result } = analysed()
      return hoverAt(offset, source, result, options, { session, lineOf: lineNames(source.text, cellsOf()) })
    },
    dispose: () => home.dispose(),
  }
}

interface Analysed {
  readonly source: Source
  readonly cells: readonly PlacedCell[] | null
  readonly displayed: Displayed
  readonly revision: number
  /** `WorkspaceView.state`. */
  readonly others: string | null
  readonly result: ModuleAnalysis
}

/** How a person calls the line of an offset. */
function lineNames(text: string, cells: readonly PlacedCell[] | null): (offset: number) => string {
  if (cells !== null) return offset => placeName(cells, offset)
  return offset => `line ${positionAt(lineStarts(text), offset).line + 1}`
}

function analyserFor(frames: ModuleFrames, settings: Settings, home: Home, session: 'process' | 'kernel') {
  const rules = RULES.filter(rule => isActive(rule.name, settings))
  const isFile = (test: (path: string) => boolean): boolean => home.path !== null && test(home.path)
  const options = {
    minimumSize: settings.minimumSize, assumeLarge: settings.assumeLarge, confidence: settings.confidence, target: settings.targetVersion, session,
    isRun: session === 'kernel' || isFile(isProgramFile), inTests: isFile(isTestFile) || isFile(isBuildFile), inExamples: isFile(isExampleFile),
  }
  return createModuleAnalyser(frames, rules, options, () => home.view)
}

/** Rules that ask who else uses a global or an attribute. */
const ASKING: readonly Finding['rule'][] = ['grow-only-collection', 'long-lived-global', 'attribute-could-be-local']

export function asksForIndex(settings: Settings): boolean {
  return ASKING.some(rule => isActive(rule, settings))
}

function isActive(rule: Finding['rule'], settings: Settings): boolean {
  return (settings.select === null || settings.select.includes(rule)) && !settings.ignore.includes(rule) && settings.severity[rule] !== 'off'
}

const tables = new Map<string, ModelTable>()

/** One table for all documents with the same models of their own. */
export function tableFor(models: readonly unknown[]): ModelTable {
  const key = JSON.stringify(models)
  let table = tables.get(key)
  if (!table) tables.set(key, table = createModelTable(builtinLibraries, checkUserModels(models).libraries as readonly Library[]))
  return table
}

function report(source: Source, analysed: Analysed | null, version: number, settings: Settings): Report {
  if (analysed === null) return { version, findings: [], remarks: [{ range: null, message: 'generated file: not analysed' }] }
  const { cells, displayed, result: analysis } = analysed
  const cellOf = cells !== null ? cellOfNotebook(cells) : source.mayHaveCells ? cellOfScript(source.text) : null
  const findings = analysis.drafts.flatMap(draft => draft(source) ?? []).map(finding => reportFinding(finding, source, settings))
    .map(finding => (cells === null ? finding : fitFinding(finding, cells, displayed)))
    .map(finding => (cellOf === null ? finding : heedOtherCells(finding, analysis.frames.ofModule(), source, cellOf)))
  const suppressed = applySuppressions({
    text: source.text, directives: source.directives, findings, topEnd: endOfTop(source), complete: !source.hasErrors,
    isActive: rule => isActive(rule, settings), severity: levelOf('unused-suppression', settings),
  })
  const wanted = suppressed.findings.filter(f => isAtLeastAsSure(f, settings))
  const failures = analysis.failures.map(message => ({ range: null, message }))
  const broken = source.hasErrors ? [{ range: null, message: 'syntax errors: functions that contain them are not analysed' }] : []
  const open = (cells ?? []).filter(cell => !cell.isComplete).map(({ start, end }) => ({ range: { start, end }, message: 'this cell is not complete: it is not analysed' }))
  return { version, findings: [...wanted].sort((a, b) => a.range.start - b.range.start), remarks: [...suppressed.remarks, ...broken, ...open, ...failures], leftOut: analysis.compiled().map(c => leftOut(c, source)) }
}

function leftOut(compiled: Compiled, source: Source): NonNullable<Report['leftOut']>[number] {
  const [start, end] = source.rangeOf(compiled.decorator)
  return { range: { start, end }, message: `nothing is said of \`${compiled.place.name}\`: ${whyCompiled(compiled, source)}` }
}

function levelOf(rule: Finding['rule'], settings: Settings) {
  const level = settings.severity[rule]
  return level === undefined || level === 'off' ? 'hint' : level
}
