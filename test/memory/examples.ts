/** The examples whose memory is measured: what the analyser promises of each, and the text after its fixes. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openSubject, readProgram } from '../../server/src/cli/subject.ts'
import { fixAll } from '../../server/src/service/fix-all.ts'
import { DEFAULT_SETTINGS } from '../../server/src/service/config.ts'
import type { ReportedFinding } from '../../server/src/service/report.ts'
import type { TargetVersion } from '../../server/src/text/target-version.ts'
import { MemoryWorkspace } from '../workspace/memory.ts'
import { ROOT } from '../workspace/projects.ts'

/**
 * `saves`: the fix frees what the hint promises. `grows`: a module with a function `serve(rounds=N)`, each round of which adds to what is kept; fixed, it keeps no more
 * after twice as many. `in_vain`: a `del` that frees nothing is there, and the hint says so.
 */
export type Folder = 'saves' | 'grows' | 'in_vain'

export interface Example {
  readonly folder: Folder
  /** Of the file, a script or a notebook. */
  readonly name: string
  readonly text: string
}

export function examplesIn(folder: Folder): readonly Example[] {
  const path = fileURLToPath(new URL(`../../examples/memory/${folder}/`, import.meta.url))
  return readdirSync(path).filter(name => /\.(py|ipynb)$/.test(name)).sort().map(name => ({ folder, name, text: readFileSync(path + name, 'utf8') }))
}

export interface Fixed {
  readonly findings: readonly ReportedFinding[]
  readonly text: string
}

/** All fixes of the default settings, those that want a review included, as the command line applies them to the file where it is. */
export function fixedBy({ folder, name, text }: Example, targetVersion: TargetVersion): Fixed {
  const path = `${ROOT}/examples/memory/${folder}/${name}`
  const settings = { ...DEFAULT_SETTINGS, targetVersion }
  const program = readProgram(name, Buffer.from(text))
  if ('problem' in program) throw new Error(`${name} ${program.problem}`)
  const { workspace } = new MemoryWorkspace(new Map([[path, program.text]]), settings, true)
  const subject = openSubject(text, { shown: name, module: path, settings }, workspace.open)
  if ('problem' in subject) throw new Error(`${name} ${subject.problem}`)
  try {
    const { findings } = subject.document.report()
    const { failure } = fixAll(subject.document, 'unsafe')
    if (failure !== null) throw new Error(`${name}: ${failure}`)
    return { findings, text: subject.fileText() }
  } finally {
    subject.document.dispose()
  }
}
