import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { mergeSettings } from '../../server/src/service/config.ts'
import { parsePyproject } from '../../server/src/service/pyproject.ts'
import { MemoryWorkspace } from './memory.ts'
import { readProjects, ROOT } from './projects.ts'

/** A comment `# <- rule: name` at the end of a line expects a finding there, and there are no others. */
const EXPECTATION = /[ \t]*# <-(.*)$/

const projects = readProjects(readFileSync(fileURLToPath(new URL('findings.md', import.meta.url)), 'utf8'))

interface Expected {
  readonly files: ReadonlyMap<string, string>
  readonly lines: readonly string[]
}

function expectedOf(files: ReadonlyMap<string, string>): Expected {
  const plain = new Map<string, string>()
  const lines: string[] = []
  for (const [path, text] of files) {
    plain.set(path, text.split('\n').map((line, index) => {
      const match = EXPECTATION.exec(line)
      if (match === null) return line
      lines.push(...match[1]!.split(';').map(item => `${path.slice(ROOT.length + 1)}:${index + 1} ${item.trim()}`))
      return line.slice(0, match.index)
    }).join('\n'))
  }
  return { files: plain, lines: lines.sort() }
}

function found(files: ReadonlyMap<string, string>, order: readonly string[], isBatch: boolean): readonly string[] {
  const memory = new MemoryWorkspace(files, mergeSettings(parsePyproject(files.get(`${ROOT}/pyproject.toml`) ?? '').values), isBatch)
  if (!isBatch) for (const _ of memory.workspace.indexing());
  return order.flatMap(path => {
    const document = memory.open(path)
    const { findings } = document.report()
    const text = document.text
    document.dispose()
    return findings.map(f => `${path.slice(ROOT.length + 1)}:${text.slice(0, f.range.start).split('\n').length} ${f.rule}: ${f.name}`)
  }).sort()
}

test('the page has cases, with findings and without', () => {
  const counts = projects.map(p => expectedOf(p.files).lines.length)
  expect(counts.filter(n => n > 0).length).toBeGreaterThan(7)
  expect(counts).toContain(0)
})

describe.each(projects)('$heading', ({ files }) => {
  const expected = expectedOf(files)
  const paths = [...files.keys()]

  test('has the findings that the page tells', () => expect(found(expected.files, paths, true)).toEqual(expected.lines))
  test('has the same in whatever order files are looked at', () => expect(found(expected.files, [...paths].reverse(), true)).toEqual(expected.lines))
  test('has the same where files may change', () => expect(found(expected.files, paths, false)).toEqual(expected.lines))
})
