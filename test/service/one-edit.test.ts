/**
 * What an edit inside one function costs (invariant 4), counted in work and not in time: what is parsed, which statements and frames are made
 * anew, which frames the rules look at, and which findings are worked out again.
 */
import { beforeAll, expect, test } from 'vitest'
import { builtinLibraries } from '../../server/src/models/builtin.ts'
import { createModelTable } from '../../server/src/models/table.ts'
import type { FrameRule } from '../../server/src/rules/rule.ts'
import { RULES } from '../../server/src/rules/rules.ts'
import { createModuleAnalyser, type ModuleAnalysis } from '../../server/src/service/module-analysis.ts'
import { createModuleFrames } from '../../server/src/service/module-frames.ts'
import type { FunctionDef } from '../../server/src/syntax/ast.ts'
import { openSource } from '../../server/src/syntax/document.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import type { Source } from '../../server/src/syntax/source.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { NOBODY } from '../../server/src/values/foreign.ts'

const OPTIONS = { minimumSize: 1, assumeLarge: false, confidence: 'possible', target: '3.12', session: 'process', isRun: false, inTests: false, inExamples: false } as const
const COUNT = 200

let engine: Engine
beforeAll(async () => { engine = (await openEngine({ prefer: 'wasm' })).engine })

/** Each function holds something too long, and adds to a global of its own; every other one calls the one before. */
function textOf(count: number): string {
  const globals = Array.from({ length: count }, (_, i) => `pages_${i} = {}\n`)
  const functions = Array.from({ length: count }, (_, i) => `
def work_${i}(url):
    rows = json.load(open(url))
    total = len(rows)
    time.sleep(1)
    pages_${i}[url] = total
    return ${i % 2 === 0 ? 'total' : `work_${i - 1}(total)`}
`)
  return `import json\nimport time\n${globals.join('')}${functions.join('')}`
}

/** A file under analysis, with a count of what is done for it. */
function watched(text: string) {
  const counts = { parsed: 0, looked: [] as string[] }
  const counting: Engine = { name: engine.name, dispose: () => {}, parse: (part, read) => { counts.parsed += part.length; return engine.parse(part, read) } }
  const looking: FrameRule = { name: 'useless-del', summary: '', check: ({ scope }) => { counts.looked.push(scope); return [] } }
  const document = openSource(counting, text)
  const analyser = createModuleAnalyser(createModuleFrames(createModelTable(builtinLibraries, []), OPTIONS.target, NOBODY), [...RULES, looking], OPTIONS, () => null)
  const look = () => {
    counts.looked = []
    const { source } = document
    const { drafts, frames, failures } = analyser.analyse(source)
    expect(failures).toEqual([])
    const defs = source.body.filter((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef')
    return { source, drafts, module: frames.ofModule(), frames: new Map(defs.map(def => [def.header.name.id, frames.of(def, null)])), looked: counts.looked }
  }
  const replace = (before: string, after: string) => {
    const start = document.source.text.indexOf(before)
    counts.parsed = 0
    document.update([{ start, end: start + before.length, newText: after }])
    return counts.parsed
  }
  return { look, replace }
}

/** Those of `after` that are not among those of `before`. */
function fresh<T>(before: Iterable<T>, after: Iterable<T>): readonly T[] {
  const known = new Set(before)
  return [...after].filter(item => !known.has(item))
}

function remade(before: ReadonlyMap<string, object>, after: ReadonlyMap<string, object>): readonly string[] {
  return [...after].flatMap(([name, frame]) => (frame === before.get(name) ? [] : [name]))
}

function subjects(drafts: ModuleAnalysis['drafts'], source: Source): readonly string[] {
  return drafts.flatMap(draft => draft(source) ?? []).map(({ rule, name, scope }) => `${rule}: ${name} in ${scope}`).sort()
}

test('an edit in one function parses, analyses and judges that function alone', () => {
  const { look, replace } = watched(textOf(COUNT))
  const before = look()
  expect(before.looked.length).toBe(COUNT + 1)
  expect(before.drafts.length).toBe(2 * COUNT)
  const parsed = replace('pages_76[url] = total', 'time.sleep(2); pages_76[url] = total')
  const after = look()
  expect(parsed).toBeLessThan(400)
  expect(fresh(before.source.body, after.source.body).length).toBe(1)
  expect(remade(before.frames, after.frames)).toEqual(['work_76'])
  expect(after.module).toBe(before.module)
  expect(after.looked).toEqual(['work_76'])
  expect(after.drafts.length).toBe(2 * COUNT)
  expect(subjects(fresh(before.drafts, after.drafts), after.source)).toEqual(['grow-only-collection: pages_76 in <module>', 'held-after-last-use: rows in work_76'])
})

test('an edit that changes what a function returns is looked at where it is called, too', () => {
  const { look, replace } = watched(textOf(COUNT))
  const before = look()
  replace('pages_76[url] = total\n    return total', 'pages_76[url] = total\n    return 1')
  const after = look()
  expect(remade(before.frames, after.frames)).toEqual(['work_76', 'work_77'])
  expect(after.looked).toEqual(['work_76', 'work_77'])
})

test('rules on the module look again at what the edited function mentions, and at nothing else', () => {
  const { look, replace } = watched(textOf(COUNT))
  const before = look()
  replace('pages_76[url] = total', 'pages_76[url] = total; pages_3.clear()')
  const after = look()
  expect(subjects(fresh(before.drafts, after.drafts), after.source)).toEqual(['grow-only-collection: pages_76 in <module>', 'held-after-last-use: rows in work_76'])
  expect(subjects(fresh(after.drafts, before.drafts), before.source)).toEqual(['grow-only-collection: pages_3 in <module>', 'grow-only-collection: pages_76 in <module>', 'held-after-last-use: rows in work_76'])
})
