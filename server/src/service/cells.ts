/**
 * What cells mean for findings. The cells of a notebook are one program in the order of the page, but each may be run again alone: a name
 * that is let go in one cell and read or bound in another is a matter for the reader.
 */
import { indexFrame } from '../rules/frame-index.ts'
import type { ExprStmt } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import { cellIndexAt, fitToCells, type PlacedCell } from '../text/notebook/cells.ts'
import { cellStarts } from '../text/notebook/script.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { ReportedEdit, ReportedFinding, ReportedFix } from './report.ts'

/** The expression that each cell ends in and shows, by the cell's index. */
export type Displayed = ReadonlyMap<number, ExprStmt>

export function displayedIn(source: Source, cells: readonly PlacedCell[]): Displayed {
  const shown = new Map<number, ExprStmt>()
  let at = 0
  for (const [index, cell] of cells.entries()) {
    while (at < source.body.length && source.offsetOf(source.body[at]!.start) <= cell.end) at += 1
    const last = source.body[at - 1]
    if (cell.displays && last?.kind === 'ExprStmt' && source.offsetOf(last.start) >= cell.start) shown.set(index, last)
  }
  return shown
}

/** The finding with its fixes in cells. A fix that no cell can take is left out. */
export function fitFinding(finding: ReportedFinding, cells: readonly PlacedCell[], displayed: Displayed): ReportedFinding {
  return { ...finding, fixes: finding.fixes.flatMap(fix => fitFix(fix, cells, displayed) ?? []) }
}

function fitFix(fix: ReportedFix, cells: readonly PlacedCell[], displayed: Displayed): ReportedFix | null {
  const edits = fix.edits.map((edit): ReportedEdit | null => {
    const fitted = edit.path === null ? fitToCells(edit, cells, index => displayed.has(index)) : null
    return fitted === null ? null : { ...fitted, path: null }
  })
  return edits.includes(null) ? null : { ...fix, edits: edits as readonly ReportedEdit[] }
}

/** Marks fixes of names of the module that occur in more than one cell; `cellOf` gives the cell of an offset. */
export function heedOtherCells(finding: ReportedFinding, module: FrameAnalysis, source: Source, cellOf: (offset: number) => number): ReportedFinding {
  if (finding.scope !== '<module>' || !finding.fixes.some(isRelease)) return finding
  const places = [...indexFrame(module.flow).names].flatMap(([variable, names]) =>
    (finding.names.includes(variable.name) ? names.map(name => source.offsetOf(name.start)) : []))
  const home = cellOf(finding.range.start)
  const isAtHome = (fix: ReportedFix) => [...places, ...fix.edits.map(edit => edit.start)].every(place => cellOf(place) === home)
  return { ...finding, fixes: finding.fixes.map(fix => (isRelease(fix) && !isAtHome(fix) ? withRisk(fix, finding.names) : fix)) }
}

function isRelease({ kind, safety }: ReportedFix): boolean {
  return safety === 'safe' && (kind === 'delete' || kind === 'none')
}

function withRisk(fix: ReportedFix, names: readonly string[]): ReportedFix {
  const them = names.length > 1 ? 'them' : names[0]
  return { ...fix, safety: 'unsafe', title: `${fix.title}: a cell that reads ${them} then fails when it is run again alone` }
}

/** Which cell of a notebook an offset is in. */
export function cellOfNotebook(cells: readonly PlacedCell[]): (offset: number) => number {
  return offset => cellIndexAt(cells, offset)
}

/** Which cell of a file with `# %%` lines an offset is in. */
export function cellOfScript(text: string): (offset: number) => number {
  let starts: readonly number[] | null = null
  return offset => (starts ??= cellStarts(text)).findLastIndex(start => start <= offset)
}
