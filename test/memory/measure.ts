/** Runs a script or a notebook under a Python and measures its memory. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export interface Peak {
  /** Bytes asked of the allocator (`tracemalloc`). */
  readonly peak: number
  /** Bytes resident; null where the system does not tell. */
  readonly resident: number | null
}

const run = promisify(execFile)
const SCRIPT = fileURLToPath(new URL('measure.py', import.meta.url))

/** `name`: of its file, a script or a notebook; a notebook needs IPython. Rejects, with what Python wrote, where it fails. */
export async function measurePeak(python: string, name: string, text: string): Promise<Peak> {
  const folder = await mkdtemp(join(tmpdir(), 'refleak-memory-'))
  try {
    const path = join(folder, name)
    await writeFile(path, text)
    const { stdout } = await run(python, ['-I', SCRIPT, path])
    return JSON.parse(stdout) as Peak
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
