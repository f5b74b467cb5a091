/** What stays in memory while a file is edited. Needs `node --expose-gc`. */
import type { OpenAnalysis } from '../../server/src/service/document.ts'
import type { Settings } from '../../server/src/service/settings.ts'
import { composedText, keystrokesAt, placesToEdit } from './files.ts'
import { openDocument } from './typing.ts'

/** Bytes after so many edits. */
export interface MemoryAfter {
  readonly edits: number
  /** In use once garbage is collected. */
  readonly heap: number
  /** What the engine keeps for itself, garbage that it has not looked for yet included. */
  readonly reserved: number
  readonly resident: number
}

export function measureMemory(open: OpenAnalysis, texts: readonly string[], lines: number, settings: Settings, after: readonly number[]): readonly MemoryAfter[] {
  const text = composedText(texts, lines)
  const document = openDocument(open, text, settings)
  const measured: MemoryAfter[] = []
  let edits = 0
  for (let round = 0; edits < Math.max(...after); round++) {
    for (const { start, end, newText } of placesToEdit(text, 10).flatMap((place) => keystrokesAt(text, place))) {
      const range = { start: document.lines.positionAt(start), end: document.lines.positionAt(end) }
      document.change([{ range, text: newText }], ++edits)
      document.report()
      if (after.includes(edits)) measured.push(memoryAfter(edits))
    }
  }
  document.dispose()
  return measured
}

function memoryAfter(edits: number): MemoryAfter {
  const { heapTotal } = process.memoryUsage()
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  return { edits, heap: heapUsed, reserved: heapTotal, resident: rss }
}
