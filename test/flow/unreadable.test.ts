/** What the parser cannot read may use every name in it, so that nothing is taken to be dead above it. */
import { expect, it } from 'vitest'
import { buildModuleFlow } from '../../server/src/flow/build.ts'
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import { parse } from './parse.ts'

function namesUsed(text: string): readonly string[] {
  const { body } = parse(text)
  const { blocks } = buildModuleFlow(body, resolveScopes(body))
  return blocks.flatMap(b => b.events.flatMap(e => (e.kind === 'use' ? [e.node.id] : [])))
}

it.each([
  ['half a statement', 'if t:\n    x = 1\n    y = x +\n', ['t', 'y', 'x']],
  ['a valid one that the parser gets lost in', 'if t:\n    a, (b, *k) = c, v(3)\n    #\n    [d, *k] = go(a)\n', ['t', 'a', 'b', 'k', 'c', 'v', 'd', 'go']],
  ['one at the margin', 'x = (y\nz = 1\n', ['x', 'y', 'z']],
])('%s', (_, text, expected) => {
  expect(namesUsed(text)).toEqual(expected)
})

it('the body of a function counts as its code, which runs later', () => {
  const { body } = parse('rows = load()\ndef f():\n    return rows +\n')
  const { blocks } = buildModuleFlow(body, resolveScopes(body))
  const captured = blocks.flatMap(b => b.events.flatMap(e => (e.kind === 'closure' ? e.captures.map(v => v.name) : [])))
  expect(captured).toContain('rows')
})
