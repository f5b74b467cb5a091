/** No name is forgotten and none made up: what a graph evaluates is what the syntax says, in the cases' Python and in the standard library. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { buildFlow, buildModuleFlow } from '../../server/src/flow/build.ts'
import type { FlowGraph } from '../../server/src/flow/graph.ts'
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import type { Name } from '../../server/src/syntax/ast.ts'
import { lineOf } from './assertions.ts'
import { framesIn, namesOfFrame } from './names.ts'
import { parse } from './parse.ts'

/** Every so many-th file of the standard library. */
const STRIDE = 16

function namesInGraph(graph: FlowGraph): Set<Name> {
  const found = new Set<Name>()
  for (const event of graph.blocks.flatMap((block) => block.events)) {
    if (event.kind === 'use' || event.kind === 'delete') found.add(event.node)
    else if (event.kind === 'bind') found.add(event.binding.name)
  }
  return found
}

/** Names that are in one but not in the other, as `missing x in line 3`. */
function differences(text: string): string[] {
  const source = parse(text)
  const scopes = resolveScopes(source.body)
  const frames = framesIn(source.body).map((frame) => ({ expected: namesOfFrame(frame), graph: buildFlow(frame, scopes) }))
  return [{ expected: namesOfFrame(source.body), graph: buildModuleFlow(source.body, scopes) }, ...frames].flatMap(({ expected, graph }) => {
    const actual = namesInGraph(graph)
    const wanted = new Set(expected)
    return [
      ...[...wanted].filter((name) => !actual.has(name)).map((name) => `missing ${name.id} in line ${lineOf(name, source)}`),
      ...[...actual].filter((name) => !wanted.has(name)).map((name) => `extra ${name.id} in line ${lineOf(name, source)}`),
    ]
  })
}

describe('the names in the graphs', () => {
  const folder = fileURLToPath(new URL('cases/', import.meta.url))
  for (const file of readdirSync(folder)) {
    it(`are those of the Python in ${file}`, () => {
      const blocks = [...readFileSync(folder + file, 'utf8').matchAll(/```python[^\n]*\n([\s\S]*?)```/g)].map((match) => match[1]!)
      expect(blocks.length).toBeGreaterThan(0)
      for (const python of blocks) expect(differences(python), python).toEqual([])
    })
  }

  const library = spawnSync('python3', ['-c', 'import os; print(os.path.dirname(os.__file__))'], { encoding: 'utf8' }).stdout?.trim() ?? ''
  it.skipIf(library === '')('are those of the standard library (needs python3)', () => {
    const files = readdirSync(library).filter((file) => file.endsWith('.py')).sort().filter((_, i) => i % STRIDE === 0)
    expect(files.length).toBeGreaterThan(5)
    for (const file of files) expect(differences(readFileSync(`${library}/${file}`, 'utf8')), file).toEqual([])
  })
})
