import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { createDiskReader } from '../../server/src/cli/disk.ts'
import { createWorkspace } from '../../server/src/service/workspace.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { refleak, temporaryFolder, tree, type Outcome } from './harness.ts'

const { engine } = await openEngine({ prefer: 'wasm' })
const folder = temporaryFolder()

const NOTEBOOK = `{
 "cells": [
  {"cell_type": "markdown", "metadata": {}, "source": ["# Grids"]},
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "a1",
   "metadata": {"tags": []},
   "outputs": [{"name": "stdout", "output_type": "stream", "text": ["caf\\u00e9\\n"]}],
   "source": [
    "%matplotlib inline\\n",
    "import time\\n",
    "import numpy as np\\n",
    "grid = np.zeros((5000, 5000))\\n",
    "total = grid.sum()"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "a2",
   "metadata": {},
   "outputs": [],
   "source": [
    "%%time\\n",
    "time.sleep(5)\\n",
    "print(np.ones((5000, 5000)).sum(), total)"
   ]
  }
 ],
 "metadata": {
  "language_info": {"name": "python"}
 },
 "nbformat": 4,
 "nbformat_minor": 5
}`
const FIXED = NOTEBOOK.replace('    "total = grid.sum()"', '    "total = grid.sum()\\n",\n    "del grid"')

function run(cwd: string, ...args: string[]): Promise<Outcome> {
  return refleak(['check', ...args], { cwd, installation: { openAnalysis: async (roots) => createWorkspace(engine, createDiskReader(), roots, { isBatch: true }).open } })
}

describe('a notebook', () => {
  it('is found in a folder, and its findings name cells', async () => {
    const cwd = tree(folder, 'text', { 'a.ipynb': NOTEBOOK, '.ipynb_checkpoints/a.ipynb': NOTEBOOK })
    const { out, status } = await run(cwd)
    expect(status).toBe(1)
    expect(out).toMatch(/^a\.ipynb:cell 2:5:9: held-after-last-use: `grid`/)
    expect(out).toMatch(/5 \| total = grid\.sum\(\)/)
    expect(out).toMatch(/drag: cell 3, line 2: `time\.sleep\(5\)` waits/)
  })

  it('gives ranges in cells as JSON, as the schema says', async () => {
    const cwd = tree(folder, 'json', { 'a.ipynb': NOTEBOOK })
    const json = JSON.parse((await run(cwd, '--format', 'json')).out)
    const schema = JSON.parse(readFileSync(new URL('../../docs/findings.schema.json', import.meta.url), 'utf8'))
    const validate = new Ajv().compile(schema)
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true)
    const position = { line: 4, character: 18 }
    expect(json.findings).toMatchObject([{
      range: { cell: 2, start: { line: 4, character: 8 } }, binding: { cell: 2 }, drag: [{ range: { cell: 3 } }, {}, {}],
      fixes: [{ safety: 'safe', edits: [{ path: 'a.ipynb', range: { cell: 2, start: position, end: position }, newText: '\ndel grid' }] }],
    }])
  })

  it('has no lines of its file in the formats for machines that show files', async () => {
    const cwd = tree(folder, 'machines', { 'a.ipynb': NOTEBOOK })
    const { runs } = JSON.parse((await run(cwd, '--format', 'sarif')).out)
    expect(runs[0].results[0].locations).toMatchObject([{ physicalLocation: { artifactLocation: { uri: 'a.ipynb' } }, logicalLocations: [{}, { name: 'cell 2, line 5' }] }])
    expect(runs[0].results[0].locations[0].physicalLocation).not.toHaveProperty('region')
    expect((await run(cwd, '--format', 'github')).out).toMatch(/^::notice file=a\.ipynb,title=[^:]*::cell 2, line 5: |^::warning file=a\.ipynb,title=.*::cell 2, line 5: /)
  })

  it('is mended in place, and everything else in it stays as it is', async () => {
    const cwd = tree(folder, 'fix', { 'a.ipynb': NOTEBOOK })
    expect(await run(cwd, '--fix')).toMatchObject({ status: 0, err: '' })
    expect(readFileSync(join(cwd, 'a.ipynb'), 'utf8')).toBe(FIXED)
    writeFileSync(join(cwd, 'a.ipynb'), NOTEBOOK.replaceAll('\n', '\r\n'))
    await run(cwd, '--fix')
    expect(readFileSync(join(cwd, 'a.ipynb'), 'utf8')).toBe(FIXED.replaceAll('\n', '\r\n'))
  })

  it('shows in a diff what would change, cell by cell', async () => {
    const cwd = tree(folder, 'diff', { 'a.ipynb': NOTEBOOK })
    expect((await run(cwd, '--diff')).out).toMatch(/^--- a\.ipynb:cell 2\n\+\+\+ a\.ipynb:cell 2\n[^]*\n\+del grid\n/)
    expect(readFileSync(join(cwd, 'a.ipynb'), 'utf8')).toBe(NOTEBOOK)
  })

  it('that is none, or not in Python, is named', async () => {
    const cwd = tree(folder, 'bad', { 'a.ipynb': '{', 'b.ipynb': '{}', 'c.ipynb': NOTEBOOK.replace('"python"', '"julia"'), 'd.ipynb': NOTEBOOK.replace('"nbformat": 4', '"nbformat": 3') })
    const { err, status } = await run(cwd, 'a.ipynb', 'b.ipynb', 'c.ipynb', 'd.ipynb')
    expect(status).toBe(2)
    expect(err).toMatch(/a\.ipynb: is not a notebook: not valid JSON[^\n]*\n[^\n]*b\.ipynb: is not a notebook[^\n]*\n[^\n]*c\.ipynb: is a notebook in julia[^\n]*\n[^\n]*d\.ipynb: [^\n]*format 3/)
  })

  const using = (code: string) => NOTEBOOK.replace('"grid = np.zeros((5000, 5000))\\n"', `"${code}\\n"`)

  it('knows the modules beside it', async () => {
    const notebook = using('from helpers import load; grid = load()')
    const cwd = tree(folder, 'helpers', { 'a.ipynb': notebook, 'helpers.py': 'import numpy as np\ndef load():\n    return np.zeros((5000, 5000))\n' })
    expect((await run(cwd, 'a.ipynb')).out).toMatch(/^a\.ipynb:cell 2:5:9: held-after-last-use: `grid`.*what load\(\) returns/)
    expect((await run(tree(folder, 'alone', { 'a.ipynb': notebook }), 'a.ipynb')).out).toMatch(/^nothing found/)
  })

  it('counts among those who use a global of a module', async () => {
    const module = 'import numpy as np\nGRID = np.zeros((5000, 5000))\nTOTAL = GRID.sum()\n'
    const found = async (name: string, notebook: string) => (await run(tree(folder, name, { 'table.py': module, 'a.ipynb': notebook }), '--confidence', 'possible', 'table.py')).out
    expect(await found('unused', using('import table; grid = table.TOTAL'))).toMatch(/^table\.py:2:1: long-lived-global/)
    expect(await found('used', using('import table; grid = table.GRID'))).toMatch(/^nothing found/)
    expect(await found('julia', NOTEBOOK.replace('"python"', '"julia"'))).toMatch(/^table\.py:2:1: long-lived-global/)
  })

  it('is dumped as one program', async () => {
    const cwd = tree(folder, 'dump', { 'a.ipynb': NOTEBOOK })
    const dumped = await refleak(['dump', 'values', 'a.ipynb'], { cwd, installation: { openEngine: async () => ({ ...engine, dispose: () => {} }) } })
    expect(JSON.parse(dumped.out).frames[0].values).toMatchObject([{ name: 'time', line: 2 }, { name: 'np', line: 3 }, { name: 'grid', line: 4, type: 'numpy.ndarray' }, { name: 'total', line: 5 }])
    expect(await refleak(['dump', 'flow', 'b.ipynb'], { cwd: tree(folder, 'dump', { 'b.ipynb': '{}' }) })).toMatchObject({ status: 2, err: 'refleak: b.ipynb: is not a notebook: it has no nbformat\n' })
  })

  it('with an unfinished cell says which', async () => {
    const cwd = tree(folder, 'open', { 'a.ipynb': NOTEBOOK.replace('"%%time\\n"', '"f(\\n"') })
    expect((await run(cwd)).err).toMatch(/a\.ipynb: cell 3, line 1: this cell is not complete/)
  })
})
