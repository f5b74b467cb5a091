/** Whether CPython accepts a text: asked of the `python3` of this machine, if there is one. */
import { spawnSync } from 'node:child_process'
import { onDemand } from '../../server/src/text/on-demand.ts'

/** The executable itself: what stands on the PATH may be a script that looks for it, which takes longer than the question. Null: there is none, 3.10 or newer. */
const python = onDemand((): string | null => {
  const probe = spawnSync('python3', ['-I', '-c', 'import sys; print(sys.executable); sys.exit(sys.version_info < (3, 10))'], { encoding: 'utf8' })
  return probe.status === 0 ? probe.stdout.trim() : null
})

const SCRIPT = `
import ast, json, sys
def error(text):
    try:
        ast.parse(text)
    except SyntaxError as e:
        return f"line {e.lineno}: {e.msg}"
json.dump([error(text) for text in json.load(sys.stdin)], sys.stdout)
`

/** For each text CPython's complaint, or null where it parses; null where there is no Python 3.10 or newer to ask. */
export function complaints(texts: readonly string[]): readonly (string | null)[] | null {
  const command = python()
  if (command === null) return null
  const run = spawnSync(command, ['-I', '-c', SCRIPT], { input: JSON.stringify(texts), encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`python3 failed: ${run.stderr}`)
  return JSON.parse(run.stdout) as (string | null)[]
}

/** What the programs print, or how they fail, each within ten seconds; null where there is no Python 3.10 or newer. */
export function outputs(texts: readonly string[]): readonly string[] | null {
  const command = python()
  if (command === null) return null
  return texts.map(text => {
    const run = spawnSync(command, ['-I', '-'], { input: text, encoding: 'utf8', timeout: 10_000 })
    return run.status === 0 ? run.stdout : `${run.stdout}failed: ${run.stderr}`
  })
}
