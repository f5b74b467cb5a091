/** Fixes that edit several files, as `across.md` tells. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../server/src/fixes/apply.ts'
import type { FixKind } from '../../server/src/rules/finding.ts'
import { mergeSettings } from '../../server/src/service/config.ts'
import { parsePyproject } from '../../server/src/service/pyproject.ts'
import type { ReportedFinding, ReportedFix } from '../../server/src/service/report.ts'
import { MemoryWorkspace } from './memory.ts'
import { readProjects, ROOT, type Claim } from './projects.ts'

const projects = readProjects(readFileSync(fileURLToPath(new URL('across.md', import.meta.url)), 'utf8'))

type Files = ReadonlyMap<string, string>

interface Found {
  readonly path: string
  readonly finding: ReportedFinding
}

function foundIn(files: Files, isBatch = true): readonly Found[] {
  const memory = new MemoryWorkspace(files, mergeSettings(parsePyproject(files.get(`${ROOT}/pyproject.toml`) ?? '').values), isBatch)
  memory.disk.published = files.has(`${ROOT}/pyproject.toml`)
  for (const _ of memory.workspace.indexing());
  return [...files.keys()].filter(path => path.endsWith('.py')).flatMap(path => {
    const document = memory.open(path)
    const { findings, remarks } = document.report()
    document.dispose()
    expect(remarks).toEqual([])
    return findings.filter(({ rule }) => rule === 'long-lived-global').map(finding => ({ path, finding }))
  })
}

/** Every file that the fix edits, as it is then. */
function fixed(files: Files, { path, finding }: Found, kind: FixKind): Files {
  const fix = finding.fixes.find(f => f.kind === kind)
  if (fix === undefined) throw new Error(`there is no fix of the kind ${kind}; there are ${finding.fixes.map(f => f.kind).join(', ')}`)
  const paths = [...new Set(fix.edits.map(edit => edit.path ?? path))]
  expect(paths.filter(other => other !== path)).toEqual(fix.others?.map(other => other.path))
  for (const other of fix.others ?? []) expect(other.text).toBe(files.get(other.path))
  return new Map(paths.map(edited => [edited, applyEdits(files.get(edited)!, editsOf(fix, edited, path))]))
}

function editsOf(fix: ReportedFix, edited: string, own: string) {
  return fix.edits.filter(edit => (edit.path ?? own) === edited).sort((a, b) => a.start - b.start || a.end - b.end)
}

function kindsOf(claims: readonly Claim[]): ReadonlyMap<FixKind, ReadonlyMap<string, string>> {
  const kinds = new Map<FixKind, Map<string, string>>()
  for (const { word, args: [path], text } of claims) {
    if (path === undefined || word === 'refuses') continue
    const texts = kinds.get(word as FixKind) ?? new Map<string, string>()
    kinds.set(word as FixKind, texts.set(`${ROOT}/${path}`, text))
  }
  return kinds
}

test('the page has cases of both kinds, refusals and silence', () => {
  const words = projects.flatMap(p => p.claims.map(c => c.word))
  for (const word of ['move', 'local', 'refuses', 'silent']) expect(words, word).toContain(word)
})

describe.each(projects)('$heading', ({ files, claims }) => {
  test.runIf(claims.some(c => c.word === 'silent'))('nothing is said', () => {
    expect(foundIn(files).map(f => f.finding.name)).toEqual([])
    expect(foundIn(files, false).map(f => f.finding.name)).toEqual([])
  })

  const refused = claims.flatMap(c => (c.word === 'refuses' ? c.args : []))
  test.runIf(refused.length > 0)(`offers no fix of the kind ${refused.join(', ')}`, () => {
    const found = foundIn(files)
    expect(found.length).toBe(1)
    expect(found[0]!.finding.fixes.map(f => f.kind).filter(kind => refused.includes(kind))).toEqual([])
  })

  test.each([...kindsOf(claims)])('the fix of the kind %s', (kind, expected) => {
    for (const isBatch of [true, false]) {
      const [found, ...more] = foundIn(files, isBatch)
      expect(more).toEqual([])
      const after = fixed(files, found!, kind)
      expect(Object.fromEntries(after)).toEqual(Object.fromEntries(expected))
      expect(foundIn(new Map([...files, ...after]), isBatch)).toEqual([])
    }
  })
})
