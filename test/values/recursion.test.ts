/** Functions that call one another in a circle: what a function does is told the same whoever is asked first, and whatever was edited before. */
import { afterAll, expect, it } from 'vitest'
import { corpus } from '../fuzz/corpus.ts'
import { builtinLibraries } from '../../server/src/models/builtin.ts'
import { createModelTable, type ModelTable } from '../../server/src/models/table.ts'
import { functionsOf, type FunctionPlace } from '../../server/src/semantic/functions.ts'
import { createModuleFrames, type ModuleFrames } from '../../server/src/service/module-frames.ts'
import { openSource, type SourceDocument } from '../../server/src/syntax/document.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { NOBODY } from '../../server/src/values/foreign.ts'
import type { Summary } from '../../server/src/values/summary.ts'

const { engine } = await openEngine({ prefer: 'wasm' })
afterAll(() => engine.dispose())

const models = createModelTable(builtinLibraries)

function opened(text: string, known: ModelTable = models): { readonly document: SourceDocument; readonly frames: ModuleFrames } {
  return { document: openSource(engine, text), frames: createModuleFrames(known, '3.12', NOBODY) }
}

/** What each function of the text does, where they are asked for in this order. */
function summaries({ document: { source }, frames }: ReturnType<typeof opened>, order: (places: readonly FunctionPlace[]) => readonly FunctionPlace[]): ReadonlyMap<string, Summary | null> {
  const { frames: known } = frames.update(source.body)
  const asker = known.ofModule().values.context.summaries
  const places = functionsOf(source.body)
  const found = new Map(order(places).map(place => [place, asker.ofFunction(place.def, place.ownClass)]))
  return new Map(places.map((place, i) => [`${place.name} ${i}`, found.get(place) ?? null]))
}

const forwards = (places: readonly FunctionPlace[]): readonly FunctionPlace[] => places
const backwards = (places: readonly FunctionPlace[]): readonly FunctionPlace[] => [...places].reverse()

const MUTUAL = `
def read(path):
    text = open(path).read()
    return parse(text) if text else more(path)

def more(path):
    rows = read(path + '.more')
    return rows or [path]

def parse(text):
    return [nested(line) for line in text.splitlines()]

def nested(line):
    return parse(line[1:]) if line.startswith('>') else line

class Node:
    def walk(self, out):
        out.append(self)
        for child in self.children:
            child.walk(out)
        return self.all(out)

    def all(self, out):
        return out if out else self.walk(out)
`

it('what a function does is the same whoever is asked first', () => {
  for (const text of [MUTUAL, ...corpus(undefined)]) {
    expect(summaries(opened(text), backwards), text).toEqual(summaries(opened(text), forwards))
  }
})

function expectSameAfterEdit(start: string, end: string): void {
  const edited = opened(start)
  summaries(edited, forwards)
  edited.document.replace(end)
  expect(summaries(edited, backwards)).toEqual(summaries(opened(end), forwards))
}

it('and whatever the text was before: two functions edited at once, each in a circle of its own', () => {
  const apart = MUTUAL.replace("read(path + '.more')", "[path + '.more']").replace('return parse(line[1:])', 'return line[1:]')
  for (const [start, end] of [[MUTUAL, apart], [apart, MUTUAL]] as const) {
    expectSameAfterEdit(start, end)
  }
})

const HANDED_ON = `
STORE = []

def keep(row):
    STORE.append(row)
    HAND_ON

def hand_on(row):
    keep(row)

def store(row):
    STORE.append(row)
    GIVE_ON

def give_on(row):
    store(row)
`

it('each of several functions edited at once is asked whether its circle is another', () => {
  const circles = HANDED_ON.replace('HAND_ON', 'hand_on(row)').replace('GIVE_ON', 'give_on(row)')
  const open = HANDED_ON.replace('HAND_ON', 'pass').replace('GIVE_ON', 'pass')
  expectSameAfterEdit(open, circles)
  expectSameAfterEdit(circles, open)
})

it.each([
  ['a call that closes a circle', 'return parse(line[1:])', 'return line[1:]'],
  ['a call that opened it', "if line.startswith('>') else line", 'if read(line) else line'],
  ['another name in the circle', 'rows or [path]', 'parse(rows) or [path]'],
  ['what a function of it gives', 'return rows or [path]', 'return path'],
  ['a method', 'return out if out else self.walk(out)', 'return out'],
  ['a name that comes to mean a function', 'def nested(line):', 'more = parse\n\ndef nested(line):'],
])('and whatever the text was before: %s', (_, before, after) => {
  for (const [from, to] of [[before, after], [after, before]] as const) {
    const start = from === before ? MUTUAL : MUTUAL.replace(before, after)
    const end = MUTUAL.replace(before, to === after ? after : before)
    expect(end).not.toEqual(start)
    expectSameAfterEdit(start, end)
  }
})

function chainOf(bindings: number): string {
  const body = (i: number): string => Array.from({ length: bindings }, (_, j) => `    x${j + 1} = [((x${j}, 1)[0])][0]\n`).join('') + `    return f${i + 1}(x${bindings})\n`
  return `${Array.from({ length: 1000 }, (_, i) => `def f${i}(x0):\n${body(i)}`).join('\n')}\ndef f1000(x):\n    return [x] * 1000\n`
}

it('a chain of calls may be long, each in a chain of bindings', () => {
  expect(summaries(opened(chainOf(20)), forwards).get('f0 0')).toMatchObject({ returns: { type: 'list', count: { low: 1000, high: 1000 } } })
})

it('a failure leaves nothing behind: whoever asks next is told, and chains of calls may be as long as before', () => {
  let fails = true
  const broken = Object.assign(Object.create(models) as ModelTable, {
    call(name: string) {
      if (fails && name === 'open') throw new Error('a model is broken')
      return models.call(name)
    },
  })
  const readers = Array.from({ length: 40 }, (_, i) => `def read${i}(path):\n    return open(path).read()\n\ndef again${i}(path):\n    return again${i}(path + '.old') or open(path).read()\n`).join('\n')
  const text = `${readers}\n${chainOf(1)}`
  const module = opened(text, broken)
  const { frames } = module.frames.update(module.document.source.body)
  const asker = frames.ofModule().values.context.summaries
  for (const { def, name } of functionsOf(module.document.source.body)) {
    for (let time = 0; time < 2; time++) if (!name.startsWith('f')) expect(() => asker.ofFunction(def, null)).toThrow('a model is broken')
  }
  fails = false
  expect(summaries(module, forwards)).toEqual(summaries(opened(text), forwards))
})
