import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDocument } from '../../server/src/service/analyser.ts'
import { mergeSettings } from '../../server/src/service/config.ts'
import { fixAll } from '../../server/src/service/fix-all.ts'
import { openNotebook, type NotebookDocument } from '../../server/src/service/notebook.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { placeName } from '../../server/src/text/notebook/cells.ts'

const { engine } = await openEngine({ prefer: 'wasm' })

function open(...cells: string[]): NotebookDocument {
  return openNotebook((code, version, options, _path, cellsOf) => openDocument(engine, code, version, options, cellsOf), numbered(cells), 1, mergeSettings())
}

const numbered = (cells: readonly string[]) => cells.map((text, index) => ({ number: index + 1, text }))
const found = (document: NotebookDocument): string[] => document.report().findings.map(finding => `${finding.rule} ${finding.name} in ${placeName(document.cells, finding.range.start)}`)
const texts = (document: NotebookDocument): string[] => document.cells.map(({ text }) => text)

const IMPORTS = 'import time\nimport numpy as np'
const MAKE = 'grid = np.zeros((5000, 5000))'
const USE = 'total = grid.sum()'
const WORK = '%%time\ntime.sleep(5)\nother = np.ones((5000, 5000))\nprint(other.sum(), total)'

describe('a name that dies in the cell that makes it', () => {
  test('is let go there', () => {
    const document = open(IMPORTS, `${MAKE}\n${USE}`, WORK)
    expect(found(document)).toEqual(['held-after-last-use grid in line 2 of cell 2'])
    expect(document.report().findings[0]).toMatchObject({ heldUntil: 'kernel exit', fixes: [{ safety: 'safe' }] })
    fixAll(document, 'safe')
    expect(texts(document)).toEqual([IMPORTS, `${MAKE}\n${USE}\ndel grid`, WORK])
  })
})

describe('a name that dies in another cell', () => {
  test('is a matter for the reader', () => {
    const document = open(IMPORTS, MAKE, USE, WORK)
    const [fix] = document.report().findings[0]!.fixes
    expect(fix).toMatchObject({ safety: 'unsafe', title: 'Insert `del grid`: a cell that reads grid then fails when it is run again alone' })
    fixAll(document, 'safe')
    expect(texts(document)[2]).toBe(USE)
    fixAll(document, 'unsafe')
    expect(texts(document)).toEqual([IMPORTS, MAKE, `${USE}\ndel grid`, WORK])
  })

  test('is let go in the next cell where the cell shows a value', () => {
    const document = open(IMPORTS, MAKE, 'grid.sum()', 'time.sleep(5)\nother = np.ones((5000, 5000))\nprint(other.sum())')
    fixAll(document, 'unsafe')
    expect(texts(document)[3]).toMatch(/^del grid\ntime/)
  })
})

test('a magic that reads a name keeps it alive', () => {
  expect(found(open(IMPORTS, `${MAKE}\n${USE}`, WORK, '%store grid'))).toEqual([])
  expect(found(open(IMPORTS, `${MAKE}\n${USE}`, WORK, '%time print(grid)'))).toEqual([])
  expect(found(open(IMPORTS, `${MAKE}\n${USE}`, WORK, '%run -i report.py'))).toEqual([])
})

test('functions are analysed as in files', () => {
  const cell = `def f(path, send):\n    volume = np.load(path)\n    mean = volume.mean()\n    other = np.load("o.npy")\n    send(mean, other)`
  expect(found(open(IMPORTS, cell))).toEqual(['held-after-last-use volume in line 3 of cell 2'])
})

test('an unfinished cell hides itself only', () => {
  const document = open(IMPORTS, 'f(', `${MAKE}\n${USE}`, WORK)
  expect(found(document)).toEqual(['held-after-last-use grid in line 2 of cell 3'])
  expect(document.report().remarks.map(({ message }) => message)).toEqual(['this cell is not complete: it is not analysed'])
})

test('hovers name cells', () => {
  const document = open(IMPORTS, `${MAKE}\n${USE}`, WORK)
  expect(document.hover(document.cells[1]!.start)?.text).toMatch(/not used after line 2 of cell 2, but held until the kernel ends/)
})

test('cells that are split or moved are another program', () => {
  const document = open(IMPORTS, `${MAKE}\ngrid`, WORK)
  expect(found(document)).toEqual(['held-after-last-use grid in line 2 of cell 2'])
  document.replaceCells(numbered([IMPORTS, MAKE, 'grid', 'del grid', WORK]), 2)
  expect(found(document)).toEqual(['output-history-holds grid in line 1 of cell 3'])
})

test('after any edits the findings are those of the notebook opened anew', () => {
  const parts = fc.constantFrom(IMPORTS, MAKE, USE, WORK, `${MAKE}\n${USE}`, 'grid', 'del grid', 'np.zeros((5000, 5000))', '!ls', '', 'f(', '%%bash\nls', 'x = """')
  fc.assert(fc.property(fc.array(fc.array(parts, { maxLength: 6 }), { minLength: 1, maxLength: 6 }), (versions) => {
    const document = open(...versions[0]!)
    versions.slice(1).forEach((cells, index) => {
      document.replaceCells(numbered(cells), index + 2)
      const fresh = open(...cells)
      expect({ ...document.report(), version: 0 }).toEqual({ ...fresh.report(), version: 0 })
      fresh.dispose()
    })
    document.dispose()
  }), { numRuns: 60, seed: 7 })
})

test('a file with `# %%` lines is run cell by cell, too', () => {
  const script = (...cells: string[]) => cells.map(cell => `# %%\n${cell}\n`).join('')
  const safety = (text: string) => openDocument(engine, text, 1, mergeSettings()).report().findings[0]?.fixes[0]?.safety
  const work = 'time.sleep(5)\nother = np.ones((5000, 5000))\nprint(other.sum(), total)\nfor x in range(3):\n    print(x)'
  expect(safety(script(IMPORTS, `${MAKE}\n${USE}`, work))).toBe('unsafe')
  expect(safety(script(IMPORTS, MAKE, USE, work))).toBe('unsafe')
})

test('a file with cells and lines of IPython is analysed, and fixed, as its Python', () => {
  const script = `# %%\n%matplotlib inline\n${IMPORTS}\n\n# %%\n%%time\n${MAKE}\n${USE}\n# %%\n!echo \\\n  done\ntime.sleep(5)\nprint(np.ones((5000, 5000)).sum())\n`
  const document = openDocument(engine, script, 0, mergeSettings())
  expect(document.report()).toMatchObject({ findings: [{ rule: 'held-after-last-use', name: 'grid' }], remarks: [] })
  fixAll(document, 'unsafe')
  expect(document.text).toBe(script.replace(USE, `${USE}\ndel grid`))
})

test('that much happens in the rest of a session, or one `del`, does not make what is computed a large object', () => {
  const work = ['import pandas as pd\nsales = pd.read_csv("sales.csv")', 'totals = sales.groupby("region").sum()\nbest = totals.idxmax()', 'a = sales.merge(sales)\nprint(a, best)', 'n = a.sort_values("day")\nprint(n.sum(), sales)\nn.to_csv("n.csv")']
  expect(found(open(...work))).not.toContainEqual(expect.stringContaining('totals'))
  expect(found(open(...work, 'x = pd.merge(n, n)[0]\ndel x\nprint(n.sum(), sales, a)'))).not.toContainEqual(expect.stringContaining('totals'))
  expect(found(open('import gc', ...work, 'x = pd.merge(n, n)[0]\ndel x\ngc.collect()\nprint(n.sum(), sales, a)'))).not.toEqual(found(open(...work)))
})
