/** Whether CPython accepts a text: asked of the `python3` of this machine, if there is one. */
import { spawnSync } from 'node:child_process'

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
  const probe = spawnSync('python3', ['-I', '-c', 'import sys; sys.exit(sys.version_info < (3, 10))'])
  if (probe.status !== 0) return null
  const run = spawnSync('python3', ['-I', '-c', SCRIPT], { input: JSON.stringify(texts), encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`python3 failed: ${run.stderr}`)
  return JSON.parse(run.stdout) as (string | null)[]
}

/** What the programs print, or how they fail, each within ten seconds; null where there is no Python 3.10 or newer. */
export function outputs(texts: readonly string[]): readonly string[] | null {
  if (complaints([]) === null) return null
  return texts.map(text => {
    const run = spawnSync('python3', ['-I', '-'], { input: text, encoding: 'utf8', timeout: 10_000 })
    return run.status === 0 ? run.stdout : `${run.stdout}failed: ${run.stderr}`
  })
}
