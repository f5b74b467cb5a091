/** The Python that runs the suites. */
import type { TargetVersion } from '../../server/src/text/target-version.ts'
import { TARGET_VERSIONS } from '../../server/src/text/target-version.ts'
import { Missing, run, type Start } from './command.ts'

export interface Python {
  readonly command: string
  /** `3.11.7`. */
  readonly version: string
  readonly target: TargetVersion
  /** The file that runs, behind links and virtual environments. */
  readonly executable: string
  /** The folder it was installed to, and its library. */
  readonly prefix: string
  readonly library: string
}

const PROBE = `
import json, os, platform, sys, sysconfig
print(json.dumps({
  'version': platform.python_version(), 'executable': os.path.realpath(getattr(sys, '_base_executable', sys.executable)),
  'prefix': sys.base_prefix, 'library': sysconfig.get_path('stdlib', vars={'base': sys.base_prefix, 'installed_base': sys.base_prefix}),
}))
`

/** Throws where there is no such Python, or none the analyser knows. */
export async function findPython(command: string): Promise<Python> {
  const found = JSON.parse(await ask(command, ['-I', '-c', PROBE])) as Omit<Python, 'command' | 'target'>
  const target = TARGET_VERSIONS.find(version => found.version.startsWith(`${version}.`))
  if (target === undefined) throw new Missing(`${command} is Python ${found.version}; known are ${TARGET_VERSIONS.join(', ')}`)
  return { command, target, ...found }
}

/** What Python prints; throws with what it complains of. */
export async function ask(command: string, args: readonly string[], start: Start = {}): Promise<string> {
  const { status, out, err } = await run(command, args, start)
  if (status !== 0) throw new Missing(`${command} ${args.filter(arg => !arg.includes('\n')).join(' ')}: ${err.trim()}`)
  return out.trim()
}
