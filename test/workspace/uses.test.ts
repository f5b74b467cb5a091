import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import { openSource } from '../../server/src/syntax/document.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { createWorkspaceIndex, type WorkspaceIndex } from '../../server/src/workspace/index.ts'
import { createModuleResolver } from '../../server/src/workspace/modules.ts'
import { recordOfText } from '../../server/src/service/file-records.ts'
import { recordOf } from '../../server/src/workspace/record.ts'
import { readProjects, ROOT, treeOf } from './projects.ts'

const { engine } = await openEngine({ prefer: 'wasm' })
const projects = readProjects(readFileSync(fileURLToPath(new URL('uses.md', import.meta.url)), 'utf8'))

function indexed(files: ReadonlyMap<string, string>, isPublished: boolean): WorkspaceIndex {
  const modules = createModuleResolver([ROOT], treeOf(files))
  const index = createWorkspaceIndex({ modules: () => modules, isPublished: () => isPublished })
  for (const [path, text] of files) {
    index.put(recordOfText(path, text, engine))
  }
  return index
}

function answer(index: WorkspaceIndex, path: string, name: string, text: (path: string) => string): readonly string[] {
  const { uses, doubts } = index.usesOf(`${ROOT}/${path}`, name)
  const lines = uses.map(use => `${use.path.slice(ROOT.length + 1)}:${lineOf(text(use.path), use.start)} ${use.function ?? 'module'} ${use.kind}`)
  return [...lines, ...doubts.map(d => `doubt: ${d.kind}${d.path ? ` ${d.path.slice(ROOT.length + 1)}` : ''}`)]
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

test.each([
  'from __future__ import annotations\nCACHE = {}\ndef f(a: lambda: CACHE, b: [x for x in CACHE]) -> (lambda: 1):\n    c: [y for y in CACHE] = CACHE\n    return c\n',
  'x: [y for y in z]\nw: lambda: 1 = 2\n',
])('annotations that are not evaluated have no scopes: %j', text => {
  const { source } = openSource(engine, text)
  expect(() => recordOf(`${ROOT}/a.py`, source, resolveScopes(source.body, '3.10'))).not.toThrow()
})

test('the page has cases', () => expect(projects.flatMap(p => p.claims).length).toBeGreaterThan(10))

describe.each(projects)('$heading', ({ files, claims }) => {
  test.each(claims)('uses $args (line $pageLine)', ({ args: [path, name, option], lines }) => {
    expect(answer(indexed(files, option === 'published'), path!, name!, p => files.get(p)!)).toEqual(lines)
  })

  test('the order in which files come does not matter', () => {
    const again = indexed(new Map([...files].reverse()), false)
    for (const path of files.keys()) again.put(again.recordOf(path)!)
    for (const { args: [path, name, option], lines } of claims) if (!option) expect(answer(again, path!, name!, p => files.get(p)!)).toEqual(lines)
  })
})
