/** What is carried around loops: no value depends on what is asked for first, and none is what only one round can show. */
import { afterAll, expect, it } from 'vitest'
import { corpus } from '../fuzz/corpus.ts'
import type { Binding } from '../../server/src/flow/graph.ts'
import { builtinLibraries } from '../../server/src/models/builtin.ts'
import { createModelTable } from '../../server/src/models/table.ts'
import { functionsOf } from '../../server/src/semantic/functions.ts'
import { createModuleFrames } from '../../server/src/service/module-frames.ts'
import { openSource } from '../../server/src/syntax/document.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { createEvaluator } from '../../server/src/values/evaluator.ts'
import { NOBODY } from '../../server/src/values/foreign.ts'
import type { FrameAnalysis } from '../../server/src/values/frames.ts'
import type { Site, Value } from '../../server/src/values/value.ts'

const { engine } = await openEngine({ prefer: 'wasm' })
afterAll(() => engine.dispose())

function framesOf(text: string): readonly FrameAnalysis[] {
  const { source } = openSource(engine, text)
  const { frames } = createModuleFrames(createModelTable(builtinLibraries), '3.12', NOBODY).update(source.body)
  return [frames.ofModule(), ...functionsOf(source.body).map(f => frames.of(f.def, f.ownClass))]
}

const nameOf = (site: Site): string => (typeof site === 'string' ? site : 'variable' in site ? `binding ${site.id}` : `${site.kind} ${site.start}`)

function described({ type, size, count, number, element, links }: Value): object {
  return { type, size, count, number, element: element && described(element), links: links.map(l => `${l.how} ${nameOf(l.site)} ${l.certain} ${l.share}`) }
}

/** What each binding of a frame holds, where they are asked for in this order. */
function asked({ values }: FrameAnalysis, order: (bindings: readonly Binding[]) => readonly Binding[]): ReadonlyMap<string, object> {
  const evaluator = createEvaluator(values.context)
  const found = order(values.context.flow.graph.bindings).map(b => [`${b.variable.name} ${b.id}`, described(evaluator.ofBinding(b))] as const)
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const LOOPS = [
  'def f(rows):\n    total = 0\n    for row in rows:\n        total += row\n        last = total\n    return last\n',
  'def f(path):\n    a = b = c = open(path).read()\n    for _ in range(9):\n        c = b\n        b = a\n        a = c + b\n    return a\n',
  'def f(rows):\n    out = []\n    for row in rows:\n        item = make(len(out), out[-1] if out else row)\n        out.append(item)\n    return item\n',
  'def f(node):\n    seen = [node]\n    while seen:\n        node = seen.pop()\n        more = list(node.children)\n        seen.extend(more)\n    return node\n',
  'def f(n):\n    a = []\n    b = [a]\n    a.append(b)\n    c = a[0]\n    b.append(c)\n    return c\n',
  'def f(xs):\n    best = None\n    try:\n        while True:\n            old = best\n            best = step(old, xs)\n    finally:\n        best = old\n    return best\n',
]

it('no value depends on what is asked for first', () => {
  for (const text of [...LOOPS, ...corpus(undefined)]) {
    for (const frame of framesOf(text)) {
      expect(asked(frame, b => [...b].reverse()), text).toEqual(asked(frame, b => b))
    }
  }
})

function valueAtReturn(text: string): Value {
  const frame = framesOf(text)[1]!
  const { blocks } = frame.flow.graph
  const returned = blocks.flatMap(b => b.events).find(e => e.kind === 'return')
  if (returned?.kind !== 'return' || !returned.node.value) throw new Error('nothing is returned')
  return frame.values.ofExpr(returned.node.value)
}

it('a number that a loop computes from itself is not known', () => {
  expect(valueAtReturn('def f(rows):\n    n = 1\n    for row in rows:\n        n = n * 2\n    return [0] * n\n').count).toBeNull()
  expect(valueAtReturn('def f(rows):\n    n = 1\n    for row in rows:\n        n = 2\n    return [0] * n\n').count).toEqual({ low: 1, high: 2 })
})

it('an object is followed through several rounds', () => {
  const text = 'def f(path):\n    a = b = c = None\n    while more():\n        d = c\n        c = b\n        b = a\n        a = open(path).read()\n    return d\n'
  expect(valueAtReturn(text)).toMatchObject({ type: 'str', size: { origin: 'outside' } })
})

it('a chain of bindings may be long, whatever is asked for first', () => {
  const chain = (n: number): string => Array.from({ length: n }, (_, i) => `    x${i + 1} = (x${i}, [x${i}])[0]\n`).join('')
  for (const n of [20, 60, 3000]) expect(valueAtReturn(`def f(path):\n    x0 = open(path).read()\n${chain(n)}    return x${n}\n`)).toMatchObject({ type: 'str', size: { origin: 'outside' } })
})

it('a loop of many additions is looked at once, not once for each of them', { timeout: 60_000 }, () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `        x += ${i}\n`).join('')
  expect(valueAtReturn(`def f(rows):\n    x = 0\n    for row in rows:\n${lines}    return x\n`)).toMatchObject({ number: null })
})
