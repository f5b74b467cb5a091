/** How long the language server computes after a keystroke, in files of several lengths. */
import { toDiagnostics } from '../../server/src/lsp/diagnostics.ts'
import { OpenDocument } from '../../server/src/lsp/documents.ts'
import { featuresOf } from '../../server/src/lsp/features.ts'
import { LineIndex } from '../../server/src/lsp/lines.ts'
import type { OpenAnalysis } from '../../server/src/service/document.ts'
import type { Settings } from '../../server/src/service/settings.ts'
import { startClient } from './client.ts'
import { composedText, keystrokesAt, placesToEdit } from './files.ts'
import { quantile, timed, timedAsync } from './statistics.ts'

export interface Typing {
  readonly lines: number
  readonly keystrokes: number
  readonly findings: number
  /** Milliseconds from opening to the first diagnostics. */
  readonly opening: number
  /** Milliseconds per keystroke. */
  readonly median: number
  readonly p95: number
  readonly worst: number
}

const PLACES = 10

const SILENT = { error: (message: string) => { throw new Error(message) }, warn: () => {}, info: () => {}, debug: () => {} }
export const FEATURES = featuresOf({ processId: null, rootUri: null, capabilities: { textDocument: { publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true } } } })

export function measureTyping(open: OpenAnalysis, texts: readonly string[], lines: number, settings: Settings): Typing {
  const text = composedText(texts, lines)
  const document = openDocument(open, text, settings)
  let findings = 0
  const diagnose = (): void => { findings = [...toDiagnostics(document, FEATURES, () => null).values()].flat().length }
  const opening = timed(diagnose)
  const times: number[] = []
  let version = 1
  for (const place of placesToEdit(text, PLACES)) {
    for (const { start, end, newText } of keystrokesAt(text, place)) {
      const range = { start: document.lines.positionAt(start), end: document.lines.positionAt(end) }
      times.push(timed(() => {
        document.change([{ range, text: newText }], ++version)
        diagnose()
      }))
    }
  }
  document.dispose()
  return { lines, keystrokes: times.length, findings, opening, median: quantile(times, 0.5), p95: quantile(times, 0.95), worst: Math.max(...times) }
}

/** The same through the built server: from sending the keystroke to having the findings. */
export async function measureServerTyping(program: string, texts: readonly string[], lines: number): Promise<Typing> {
  const text = composedText(texts, lines)
  const index = new LineIndex(text)
  const client = await startClient(program, true)
  let findings = 0
  const ask = async (): Promise<void> => { findings = (await client.pull()).length }
  const opening = await timedAsync(async () => {
    await client.open(text)
    await ask()
  })
  const times: number[] = []
  let version = 1
  for (const change of placesToEdit(text, PLACES).flatMap((place) => keystrokesAt(text, place))) {
    const range = { start: index.positionAt(change.start), end: index.positionAt(change.end) }
    index.apply(change)
    times.push(await timedAsync(async () => {
      await client.change(++version, [{ range, text: change.newText }])
      await ask()
    }))
  }
  await client.stop()
  return { lines, keystrokes: times.length, findings, opening, median: quantile(times, 0.5), p95: quantile(times, 0.95), worst: Math.max(...times) }
}

export function openDocument(open: OpenAnalysis, text: string, settings: Settings): OpenDocument {
  return new OpenDocument({ uri: 'file:///typed.py', languageId: 'python', version: 1, text }, settings, open, SILENT)
}
