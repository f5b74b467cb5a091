/** Files that a fix edits besides its own: as the editor has them, or as they lie on disk. */
import { decodeBytes, readBytes } from '../cli/read-file.ts'
import { lineStarts, positionAt } from '../text/line-starts.ts'
import type { FilePath } from '../workspace/files.ts'
import type { Range } from '../service/report.ts'
import type { DocumentStore } from './documents.ts'
import type { TextPlace } from './open-text.ts'
import { filePathOf, uriOf } from './paths.ts'

export interface CurrentText {
  readonly text: string
  locate(range: Range): Omit<TextPlace, 'version'> & { readonly version: number | null }
}

/** Null: it cannot be read. */
export type TextNow = (path: FilePath) => CurrentText | null

export function currentTexts(documents: DocumentStore): TextNow {
  return (path) => {
    const open = documents.all().find(({ uri }) => filePathOf(uri) === path)
    return open ?? onDisk(path)
  }
}

function onDisk(path: FilePath): CurrentText | null {
  const read = readBytes(path)
  const decoded = 'problem' in read ? read : decodeBytes(read.bytes, path)
  if (!('text' in decoded)) return null
  const { text } = decoded
  const lines = lineStarts(text)
  // Without a version the client takes the file as it finds it.
  return { text, locate: ({ start, end }) => ({ uri: uriOf(path), version: null, range: { start: positionAt(lines, start), end: positionAt(lines, end) } }) }
}
