/** The examples whose memory is measured: what the analyser promises of each, and the text after its fixes. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openDocument } from '../../server/src/service/analyser.ts'
import { fixAll } from '../../server/src/service/fix-all.ts'
import { DEFAULT_SETTINGS } from '../../server/src/service/config.ts'
import type { ReportedFinding } from '../../server/src/service/report.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import type { TargetVersion } from '../../server/src/text/target-version.ts'

export interface Example {
  readonly name: string
  readonly text: string
}

/** `saves`: the fix frees what the hint promises. `in_vain`: a `del` that frees nothing is there, and the hint says so. */
export function examplesIn(folder: 'saves' | 'in_vain'): readonly Example[] {
  const path = fileURLToPath(new URL(`../../examples/memory/${folder}/`, import.meta.url))
  return readdirSync(path).filter(name => name.endsWith('.py')).sort().map(name => ({ name: name.slice(0, -3), text: readFileSync(path + name, 'utf8') }))
}

export interface Fixed {
  readonly findings: readonly ReportedFinding[]
  readonly text: string
}

/** All fixes of the default settings, those that want a review included. */
export function fixedBy(engine: Engine, { text }: Example, targetVersion: TargetVersion): Fixed {
  const document = openDocument(engine, text, 0, { ...DEFAULT_SETTINGS, targetVersion })
  try {
    const { findings } = document.report()
    return { findings, text: fixAll(document, 'unsafe').text }
  } finally {
    document.dispose()
  }
}
