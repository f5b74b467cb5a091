/** What is checked: the text of a file, or the cells of a notebook. */
import { FILE_HEADERS_ONLY, createTwoFilesPatch } from 'diff'
import type { AnalysedDocument, OpenAnalysis } from '../service/document.ts'
import { openNotebook, type NotebookDocument } from '../service/notebook.ts'
import type { Settings } from '../service/settings.ts'
import { decodeJson, decodeSource } from '../text/decode.ts'
import { composeCells } from '../text/notebook/cells.ts'
import { readNotebook, type NotebookFile, type NotebookProblem } from '../text/notebook/ipynb.ts'
import type { FilePath } from '../workspace/files.ts'
import { CellPlaces, TextPlaces, type Places } from './places.ts'

export interface Subject {
  readonly document: AnalysedDocument
  /** Of the document as it is. */
  places(): Places
  /** The file with the document as it is. */
  fileText(): string
  /** The change from the file as it was to the document as it is, as a unified diff. */
  diff(path: string): string
}

export function isNotebook(path: string): boolean {
  return path.endsWith('.ipynb')
}

/** Larger notebooks are not read. Most of a notebook are its pictures. */
export const MOST_NOTEBOOK_BYTES = 100 * 1024 * 1024

export function decodeFile(path: string, bytes: Uint8Array): ReturnType<typeof decodeSource> {
  return isNotebook(path) ? decodeJson(bytes) : decodeSource(bytes)
}

/** The Python in a file: its text, or the program of the notebook's cells. */
export function readProgram(path: string, bytes: Uint8Array): { readonly text: string } | NotebookProblem {
  const decoded = decodeFile(path, bytes)
  if ('problem' in decoded) return { ...decoded, isForeign: false }
  if (!isNotebook(path)) return decoded
  const file = readNotebook(decoded.text)
  return 'problem' in file ? file : composeCells(file.cells)
}

interface Opened {
  /** How the user names the file. */
  readonly shown: string
  /** The file of the workspace that it is; null: none. */
  readonly module: FilePath | null
  readonly settings: Settings
}

/** Or why there is nothing to check. */
export function openSubject(text: string, { shown, module, settings }: Opened, open: OpenAnalysis): Subject | { readonly problem: string } {
  if (!isNotebook(shown)) return fileSubject(text, open(text, 0, settings, module))
  const file = readNotebook(text)
  return 'problem' in file ? file : notebookSubject(file, openNotebook(open, file.cells, 0, settings, module))
}

function fileSubject(before: string, document: AnalysedDocument): Subject {
  return {
    document,
    places: () => new TextPlaces(document.text),
    fileText: () => document.text,
    diff: (path) => unifiedDiff(path, before, document.text),
  }
}

function notebookSubject(file: NotebookFile, document: NotebookDocument): Subject {
  const changed = () => document.cells.filter(({ text }, index) => text !== file.cells[index]?.text)
  return {
    document,
    places: () => new CellPlaces(document.cells),
    fileText: () => file.withTexts(new Map(changed().map(({ number, text }) => [number, text]))),
    diff: (path) => changed().map(({ number, text }) =>
      unifiedDiff(`${path}:cell ${number}`, file.cells.find((cell) => cell.number === number)?.text ?? '', text)).join(''),
  }
}

export function unifiedDiff(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, { context: 3, headerOptions: FILE_HEADERS_ONLY })
  return patch.endsWith('\n') ? patch : `${patch}\n`
}
