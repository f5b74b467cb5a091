/** Input that nobody writes by hand neither overflows the stack nor grows out of proportion. */
import { expect, it } from 'vitest'
import { analyse } from '../../server/src/flow/analyse.ts'
import { buildModuleFlow } from '../../server/src/flow/build.ts'
import type { FlowGraph } from '../../server/src/flow/graph.ts'
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import { parse } from './parse.ts'

function graphOf(text: string): FlowGraph {
  const { body } = parse(text)
  return buildModuleFlow(body, resolveScopes(body))
}

/** The answers for a variable where control leaves the module. */
function atEnd(graph: FlowGraph, name: string): unknown[] {
  const analysis = analyse(graph)
  const variable = graph.variables.find((known) => known.name === name)!
  const end = { block: graph.exit, index: 0 }
  return [analysis.liveAt(end, variable), analysis.boundAt(end, variable), analysis.reachingAt(end, variable).length]
}

it('finally bodies in finally bodies: copies are shared below the second', () => {
  const depth = 60
  const lines = Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}try: a()\n${' '.repeat(i)}finally:\n`)
  const graph = graphOf(`${lines.join('')}${' '.repeat(depth)}x = 1\n`)
  expect(graph.blocks.length).toBeLessThan(20 * depth)
  expect(atEnd(graph, 'x')).toEqual([false, 'yes', 1])
})

it('finally bodies around each other: as many copies as ways out', () => {
  const depth = 60
  const tries = Array.from({ length: depth }, (_, i) => `${' '.repeat(i)} try:\n`).join('')
  const finals = Array.from({ length: depth }, (_, i) => `${' '.repeat(depth - i)}finally: x = ${i}\n`).join('')
  const graph = graphOf(`while a:\n${tries}${' '.repeat(depth + 1)}if a(): break\n${' '.repeat(depth + 1)}elif a(): continue\n${finals}`)
  expect(graph.blocks.length).toBeLessThan(20 * depth)
  expect(atEnd(graph, 'x')).toEqual([false, 'maybe', 1])
})

it('hundreds of elif', () => {
  const count = 400
  const graph = graphOf(`if a: pass\n${Array.from({ length: count }, (_, i) => `elif a == ${i}: x = ${i}\n`).join('')}`)
  expect(atEnd(graph, 'x')).toEqual([false, 'maybe', count])
})

it('thousands of variables and branches', () => {
  const count = 2000
  const graph = graphOf(Array.from({ length: count }, (_, i) => `if a: x${i} = a(x${i >> 1})\n`).join(''))
  expect(graph.variables.length).toBe(count + 1)
  expect(atEnd(graph, 'x7')).toEqual([false, 'maybe', 1])
})

it('hundreds of clauses in one comprehension', () => {
  const graph = graphOf(`x = [y ${Array.from({ length: 500 }, (_, i) => `for y${i} in a`).join(' ')}]\n`)
  const analysis = analyse(graph)
  const source = graph.variables.find(({ name }) => name === 'a')!
  expect(analysis.liveAt({ block: graph.reachable >> 1, index: 0 }, source)).toBe(true)
})
