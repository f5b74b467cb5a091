/** Answers of a suite that outlive the run, so that one that was stopped goes on where it was. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cases } from './cases.ts'
import type { RunPart, Side } from './comparison.ts'

/** Runs no part twice on one side, in this run or another with the same folder, unless it is asked to. */
export function keptIn(folder: string, runPart: RunPart): RunPart {
  return async (part, side, again) => {
    const path = join(folder, `${side}-${fileName(part)}.json`)
    if (!again && existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Cases
    const cases = await runPart(part, side, again)
    if (!again) writeFileSync(path, JSON.stringify(cases))
    return cases
  }
}

/** Of a part: a test, a folder or file of tests, or '' for all. */
export function fileName(part: string): string {
  return part === '' ? 'all' : part.replaceAll('/', '.')
}

/** The code of that side has changed. */
export function forget(folder: string, side: Side): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) if (name.startsWith(`${side}-`) && name.endsWith('.json')) rmSync(join(folder, name))
}
