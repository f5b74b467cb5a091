/** Rules on the module as a whole: they see every version, their failures stay their own, and what they read off a statement is kept. */
import { expect, test } from 'vitest'
import { builtinLibraries } from '../../server/src/models/builtin.ts'
import { createModelTable } from '../../server/src/models/table.ts'
import { perObject } from '../../server/src/text/on-demand.ts'
import { keptPer, perPart } from '../../server/src/rules/kept.ts'
import type { ModuleRule, ModuleView } from '../../server/src/rules/rule.ts'
import { createModuleFrames } from '../../server/src/service/module-frames.ts'
import { NOBODY } from '../../server/src/values/foreign.ts'
import { createModuleAnalyser } from '../../server/src/service/module-analysis.ts'
import type { Stmt } from '../../server/src/syntax/ast.ts'
import { openSource } from '../../server/src/syntax/document.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'

const { engine } = await openEngine({ prefer: 'wasm' })
const OPTIONS = { minimumSize: 1, assumeLarge: false, confidence: 'possible', target: '3.12', session: 'process', isRun: false, inTests: false, inExamples: false } as const

function rule(checkModule: ModuleRule['checkModule']): ModuleRule {
  return { name: 'useless-del', summary: '', checkModule }
}

function analyserOf(...rules: readonly ModuleRule[]) {
  return createModuleAnalyser(createModuleFrames(createModelTable(builtinLibraries, []), OPTIONS.target, NOBODY), rules, OPTIONS, () => null)
}

test('a module rule sees the functions, frames and facts of each version', () => {
  const seen: (readonly string[])[] = []
  const look = (m: ModuleView) => seen.push([...m.parts.flatMap(p => p.functions.map(f => f.name)), String(m.facts.get('f')?.kind), String(m.frames.ofModule().flow.graph.body === m.body)])
  const analyser = analyserOf(rule(m => { look(m); return [] }))
  const document = openSource(engine, 'def f():\n    pass\nclass C:\n    def g(self): pass\n')
  analyser.analyse(document.source)
  document.update([{ start: 0, end: 0, newText: 'f = 1\n' }])
  analyser.analyse(document.source)
  document.dispose()
  expect(seen).toEqual([['f', 'C.g', 'function', 'true'], ['f', 'C.g', 'ambiguous', 'true']])
})

test('a module rule that fails is logged, the next one still runs', () => {
  let ran = false
  const analyser = analyserOf(rule(() => { throw new Error('no') }), rule(() => { ran = true; return [] }))
  const document = openSource(engine, 'x = 1\n')
  expect(analyser.analyse(document.source).failures).toEqual(['rule useless-del failed in <module>: no'])
  expect(ran).toBe(true)
  document.dispose()
})

test('what is read off a statement is kept until it is edited', () => {
  const looked: string[] = []
  const kindOf = perObject((stmt: Stmt) => { looked.push(stmt.kind); return stmt.kind })
  const analyser = analyserOf(rule(m => { m.body.forEach(kindOf); return [] }))
  const document = openSource(engine, 'x = 1\ndef f(): pass\n')
  analyser.analyse(document.source)
  document.update([{ start: 4, end: 5, newText: '2' }])
  analyser.analyse(document.source)
  document.dispose()
  expect(looked).toEqual(['Assign', 'FunctionDef', 'Assign'])
})

test('what is worked out is worked out anew where an answer is another one, and only there', () => {
  const worked: string[] = []
  const assigned = perPart(({ stmt }) => (stmt.kind === 'Assign' ? [stmt] : []))
  const usesOfEach = keptPer((stmt: Extract<Stmt, { kind: 'Assign' }>, { uses }) => {
    const [target] = stmt.targets
    const name = target?.kind === 'Name' ? target.id : ''
    const count = uses.ofGlobal('common').length + uses.ofGlobal(name).length
    worked.push(name)
    return [`${name} ${count}`]
  })
  const given: (readonly string[])[] = []
  const analyser = analyserOf(rule(m => { given.push(usesOfEach(assigned(m), m)); return [] }))
  const document = openSource(engine, 'x = 1\ny = 2\ndef f(): return x\n')
  const edit = (start: number, end: number, newText: string): void => {
    document.update([{ start, end, newText }])
    analyser.analyse(document.source)
  }
  analyser.analyse(document.source)
  edit(28, 29, 'z')
  edit(28, 29, 'z, 1')
  edit(28, 32, 'common')
  document.dispose()
  expect(worked).toEqual(['x', 'y', 'x', 'x', 'y'])
  expect(given).toEqual([['x 2', 'y 1'], ['x 1', 'y 1'], ['x 1', 'y 1'], ['x 2', 'y 2']])
  expect(given[2]).toBe(given[1])
})
