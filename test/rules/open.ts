/** Opens the text of a case: as a file, or as a notebook whose cells begin with their `# %%` lines, so that offsets are those of the text. */
import { openDocument } from '../../server/src/service/analyser.ts'
import type { AnalysedDocument } from '../../server/src/service/document.ts'
import { openNotebook } from '../../server/src/service/notebook.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import type { PageCase } from './page.ts'

export function openCase(engine: Engine, text: string, { settings, isNotebook }: PageCase): AnalysedDocument {
  if (!isNotebook) return openDocument(engine, text, 0, settings)
  const cells = text.replace(/\n$/, '').split(/\n(?=# %%)/).map((cell, index) => ({ number: index + 1, text: cell }))
  return openNotebook((code, version, options, _path, cellsOf) => openDocument(engine, code, version, options, cellsOf), cells, 0, settings)
}
