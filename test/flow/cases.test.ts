/**
 * Each file in `cases/` holds Python with what is known about it in comments (see `assertions.ts`), followed by the graph of its first
 * function (after ```` ```python module ````: of the module). `UPDATE_FLOW=1 npx vitest run test/flow` writes the graphs; read them before committing.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { analyse } from '../../server/src/flow/analyse.ts'
import { buildFlow, buildModuleFlow } from '../../server/src/flow/build.ts'
import type { FlowGraph } from '../../server/src/flow/graph.ts'
import { printFlow } from '../../server/src/flow/print.ts'
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import type { FunctionDef } from '../../server/src/syntax/ast.ts'
import type { Source } from '../../server/src/syntax/source.ts'
import { assertionsOf, check } from './assertions.ts'
import { parse } from './parse.ts'

const FOLDER = fileURLToPath(new URL('cases/', import.meta.url))
const CASE = /^## (.+)\n\n(?:(?!```|## )[^\n]*\n)*```python( module)?\n([\s\S]*?)```\n(?:\n```flow\n([\s\S]*?)```\n)?/gm

function graphOf(source: Source, ofModule: boolean): FlowGraph {
  const scopes = resolveScopes(source.body)
  const frame = source.body.find((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef')
  if (ofModule) return buildModuleFlow(source.body, scopes)
  if (frame === undefined) throw new Error('the case has no function')
  return buildFlow(frame, scopes)
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.md')).sort()
let count = 0

for (const file of files) {
  const text = readFileSync(FOLDER + file, 'utf8')
  describe(file, () => {
    for (const [, title, module, python = '', expected = ''] of text.matchAll(CASE)) {
      count++
      const source = parse(python)
      const graph = graphOf(source, module !== undefined)
      if (process.env['UPDATE_FLOW'] === undefined) {
        it(`${title}: the graph`, () => expect(printFlow(graph, source), python).toBe(expected))
      }
      for (const assertion of assertionsOf(python)) {
        it(`${title}: line ${assertion.line}: ${assertion.text}`, () => {
          const actual = check(assertion, analyse(graph), source)
          expect(actual, `${python}\n${printFlow(graph, source)}\nline ${assertion.line}: expected ${assertion.text}, but ${actual}`).toBeNull()
        })
      }
    }
  })
  if (process.env['UPDATE_FLOW'] !== undefined) writeFileSync(FOLDER + file, text.replace(CASE, updated))
}

function updated(whole: string, _title: string, module: string | undefined, python: string): string {
  const source = parse(python)
  const end = whole.indexOf('```\n', whole.indexOf('```python') + 3) + 4
  return `${whole.slice(0, end)}\n\`\`\`flow\n${printFlow(graphOf(source, module !== undefined), source)}\`\`\`\n`
}

it('finds cases, and every heading is one', () => {
  const headings = files.flatMap((file) => readFileSync(FOLDER + file, 'utf8').match(/^## /gm) ?? [])
  expect(count).toBeGreaterThan(0)
  expect(count).toBe(headings.length)
})
