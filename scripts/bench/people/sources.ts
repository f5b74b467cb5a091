/** The Python files of a folder and what the analyser says of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { openDocument } from '../../../server/src/service/analyser.ts'
import type { ReportedFinding } from '../../../server/src/service/report.ts'
import type { Settings } from '../../../server/src/service/settings.ts'
import type { Engine } from '../../../server/src/syntax/engine.ts'
import { decodeSource } from '../../../server/src/text/decode.ts'

export interface Sourced {
  /** Relative to the folder. */
  readonly file: string
  readonly text: string
  readonly lines: number
}

export function sourcesIn(folder: string): readonly Sourced[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter(e => e.isFile() && e.name.endsWith('.py')).map(e => {
    const path = join(e.parentPath, e.name)
    const text = decodedText(path)
    return { file: relative(folder, path), text, lines: text.split('\n').length - 1 }
  }).sort((a, b) => (a.file < b.file ? -1 : 1))
}

function decodedText(path: string): string {
  const decoded = decodeSource(readFileSync(path))
  return 'problem' in decoded ? '' : decoded.text
}

export function findingsIn(source: Sourced, engine: Engine, settings: Settings): readonly ReportedFinding[] {
  const document = openDocument(engine, source.text, 0, settings)
  try {
    return document.report().findings
  } finally {
    document.dispose()
  }
}
