/** One open notebook: cells in, report out. All offsets are places in the program that the cells are composed to. */
import { difference } from '../text/changes.ts'
import { changeCells, changeInCell, composeCells, type Cell, type CellChange, type PlacedCell } from '../text/notebook/cells.ts'
import type { FilePath } from '../workspace/files.ts'
import type { AnalysedDocument, OpenAnalysis, TextChange } from './document.ts'
import type { Settings } from './settings.ts'

export interface NotebookDocument extends AnalysedDocument {
  readonly cells: readonly PlacedCell[]
  /** Other cells, or the same in another order, or with another text. */
  replaceCells(cells: readonly Cell[], version: number): void
}

/** `path`: see `OpenAnalysis`. `update` takes changes that lie inside single cells; what does not is refused with an error. */
export function openNotebook(open: OpenAnalysis, cells: readonly Cell[], version: number, settings: Settings, path: FilePath | null = null): NotebookDocument {
  let program = composeCells(cells)
  const document = open(program.text, version, settings, path, () => program.cells)

  function replaceCells(next: readonly Cell[], nextVersion: number): void {
    const before = program
    program = composeCells(next, before.cells)
    document.update(difference(before.text, program.text), nextVersion)
  }

  return {
    get text() { return document.text },
    get version() { return document.version },
    get directives() { return document.directives },
    get isStale() { return document.isStale },
    get cells() { return program.cells },
    replaceCells,
    update(changes: readonly TextChange[], next: number) {
      for (const change of changes) replaceCells(changeCells(program.cells, [inOneCell(change, program.cells)]), next)
    },
    configure: next => document.configure(next),
    report: () => document.report(),
    hover: offset => document.hover(offset),
    dispose: () => document.dispose(),
  }
}

function inOneCell(change: TextChange, cells: readonly PlacedCell[]): CellChange {
  const inside = changeInCell(change, cells)
  if (inside === null) throw new Error(`the change of ${change.start} to ${change.end} is not inside one cell`)
  return inside
}
