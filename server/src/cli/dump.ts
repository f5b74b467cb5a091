/** `refleak dump`: what the analyser believes of one file, as JSON. Lines of a notebook are counted over its code cells, in order. */
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { dumpScopes } from '../semantic/dump.ts'
import { resolveScopes } from '../semantic/scopes.ts'
import { ConfigFinder, mergeSettings } from '../service/config.ts'
import { dumpFlow } from '../service/dump-flow.ts'
import { dumpValues } from '../service/dump-values.ts'
import { openSource } from '../syntax/document.ts'
import type { Source } from '../syntax/source.ts'
import { lineStarts, positionAt } from '../text/line-starts.ts'
import type { TargetVersion } from '../text/target-version.ts'
import type { Installation } from './installation.ts'
import type { Io } from './io.ts'
import { EXIT, complain } from './io.ts'
import { readText, reasonOf } from './files.ts'
import { readProgram } from './subject.ts'

const DUMPERS: Readonly<Record<string, (source: Source, target: TargetVersion) => unknown>> = {
  scopes: (source, target) => {
    const starts = lineStarts(source.text)
    return dumpScopes(resolveScopes(source.body, target), (position) => positionAt(starts, source.offsetOf(position)).line + 1)
  },
  flow: dumpFlow,
  values: dumpValues,
}

export const DUMPS: readonly string[] = Object.keys(DUMPERS)

/** `target` null: what the file's pyproject.toml says. The answer is the exit status. */
export async function runDump(what: string, file: string, target: TargetVersion | null, io: Io, installation: Installation): Promise<number> {
  const dumper = Object.hasOwn(DUMPERS, what) ? DUMPERS[what] : undefined
  if (dumper === undefined) return failed(io, `cannot dump "${what}"; known are ${DUMPS.join(', ')}`)
  let bytes: Uint8Array
  try {
    bytes = file === '-' ? await io.readStdin() : readFileSync(resolve(io.cwd, file))
  } catch (error) {
    return failed(io, `${file}: ${reasonOf(error)}`)
  }
  const program = readProgram(file, bytes)
  if ('problem' in program) return failed(io, `${file}: ${program.problem}`)
  const engine = await installation.openEngine()
  const document = openSource(engine, program.text)
  try {
    io.out(`${JSON.stringify(dumper(document.source, target ?? targetOf(resolve(io.cwd, file))), null, 2)}\n`)
    return EXIT.clean
  } finally {
    document.dispose()
    engine.dispose()
  }
}

function targetOf(path: string): TargetVersion {
  return mergeSettings(new ConfigFinder(readText).configOf(dirname(path)).values).targetVersion
}

function failed(io: Io, message: string): number {
  complain(io, message)
  return EXIT.failed
}
