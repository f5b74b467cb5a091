/** What stands in files of tests, and in the scripts of examples, is small, unless its size is known; and a test that is soon over needs no hint. */
import { expect, test } from 'vitest'
import { isExampleFile, isTestFile } from '../../server/src/rules/test-code.ts'
import { mergeSettings } from '../../server/src/service/config.ts'
import { MemoryWorkspace } from './memory.ts'
import { ROOT } from './projects.ts'

test.each([
  ['/home/a/p/tests/helpers/tables.py', true], ['/home/a/p/test_tables.py', true], ['/home/a/p/tables_test.py', true], ['/home/a/p/conftest.py', true],
  ['/home/a/p/tables.py', false], ['/home/a/p/latest.py', false], ['/home/tests/a/b/c/d/tables.py', false], ['/home/a/test/tables.py', false], ['/home/a/p/testsuite/chunks.py', true], ['/home/a/p/autotest/run.py', true], ['/home/a/p/table_tests.py', true], ['/home/a/p/test.py', false],
])('%s: %s', (path, expected) => expect(isTestFile(path)).toBe(expected))

test.each([
  ['/home/a/p/examples/tables.py', true], ['/home/a/p/docs/source/pages/tables.py', true], ['/home/a/p/tutorials/one.ipynb', true],
  ['/home/a/p/tables.py', false], ['/home/a/docs/p/a/b/c/tables.py', false], ['/home/a/p/docs/notebooks/one.ipynb', false], ['/home/a/p/examples.py', false],
])('%s: %s, an example', (path, expected) => expect(isExampleFile(path)).toBe(expected))

const TEXT = `import time
import numpy as np

_pages = {}
_TABLE = np.load("table.npy")
ROWS = len(_TABLE)

def page(url):
    _pages[url] = read(url)

def total(path):
    volume = np.load(path)
    result = volume.sum()
    time.sleep(60)
    return result

def zeros():
    volume = np.zeros(100_000_000)
    result = volume.sum()
    for second in range(60):
        time.sleep(second)
    return result

def ones():
    volume = np.ones(100_000_000)
    result = volume.sum()
    time.sleep(60)
    return result
`

function rulesFor(path: string): readonly string[] {
  const workspace = new MemoryWorkspace(new Map([[`${ROOT}/${path}`, TEXT]]), mergeSettings(), true)
  return workspace.open(`${ROOT}/${path}`).report().findings.map(f => `${f.rule} ${f.scope} ${f.confidence}`).sort()
}

test('of what a file of tests reads or collects nothing is said', () => {
  expect(rulesFor('tables.py')).toEqual(['grow-only-collection <module> likely', 'held-after-last-use ones certain', 'held-after-last-use total likely', 'held-after-last-use zeros certain', 'long-lived-global <module> likely'])
  expect(rulesFor('tests/tables.py')).toEqual(['held-after-last-use zeros certain'])
})

test('of what the script of an example reads nothing is said, but for a model', () => {
  const text = 'import time\nimport numpy as np\nfrom transformers import AutoModel\n\nmodel = AutoModel.from_pretrained("large")\nprint(model.answer("why"))\nvolume = np.load("volume.npy")\nprint(volume.sum())\nfor _ in range(10):\n    time.sleep(60)\n'
  const names = (path: string) => new MemoryWorkspace(new Map([[`${ROOT}/${path}`, text]]), mergeSettings(), true).open(`${ROOT}/${path}`).report().findings.map(f => f.name)
  expect(names('show.py')).toEqual(['model', 'volume'])
  expect(names('examples/show.py')).toEqual(['model'])
})

test('a table that importers fill while they are imported does not grow', () => {
  const files = (call: string) => new Map([
    [`${ROOT}/patterns.py`, '_examples = []\n\n\ndef kept(regex, path):\n    _examples.append((regex, path))\n    return len(regex)\n'],
    [`${ROOT}/user.py`, `from patterns import kept\n\n${call}\n`],
  ])
  const found = (call: string) => new MemoryWorkspace(files(call), mergeSettings(), true).open(`${ROOT}/patterns.py`).report().findings.map(f => f.name)
  expect(found('WORD = kept("a+", "a")')).toEqual([])
  expect(found('def f(path):\n    return kept("a+", path)')).toEqual(['_examples'])
})
