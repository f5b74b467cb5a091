/** What few texts have: looked for in all of the text once, then in what edits change. Once found it is taken to be there for good. */
import type { Region } from '../text/changes.ts'
import { cellStarts, mayBeginCell } from '../text/notebook/script.ts'
import { MARK } from './directives.ts'

export interface Traces {
  /** Lines that begin cells. */
  readonly cells: boolean
  /** Comments that speak to the analyser. */
  readonly directives: boolean
}

export function tracesIn(text: string): Traces {
  return { cells: cellStarts(text).length > 0, directives: text.includes(MARK) }
}

export function tracesAfter(before: Traces, text: string, regions: readonly Region[]): Traces {
  return {
    cells: before.cells || regions.some(({ newStart, newEnd }) => mayBeginCell(text, newStart, newEnd)),
    directives: before.directives || regions.some(({ newStart, newEnd }) => text.slice(Math.max(0, newStart - MARK.length), newEnd + MARK.length).includes(MARK)),
  }
}
