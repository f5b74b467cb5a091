/** Edits in several files: what changes where, and what does not. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeSettings } from '../../server/src/service/config.ts'
import type { AnalysedDocument } from '../../server/src/service/document.ts'
import { MemoryWorkspace } from './memory.ts'
import { ROOT } from './projects.ts'

const settings = mergeSettings({ confidence: 'possible', assumeLarge: true })

const LOADING = `import json
import time

def load(path):
    rows = json.load(open(path))
    return rows

def wait(n):
    time.sleep(n)

def keep(rows):
    print(len(rows))
`

const USER = `import loading

def use(path):
    rows = loading.load(path)
    loading.keep(rows)
    loading.wait(60)
`

function at(name: string): string {
  return `${ROOT}/${name}`
}

function project(files: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(files).map(([name, text]) => [at(name), text]))
}

function replace(document: AnalysedDocument, old: string, fresh: string): void {
  const start = document.text.indexOf(old)
  if (start < 0) throw new Error(`not in the text: ${old}`)
  document.update([{ start, end: start + old.length, newText: fresh }], document.version + 1)
}

const namesFound = (document: AnalysedDocument) => document.report().findings.map(f => f.name)

test('an edit in one open file changes a finding in another', () => {
  const memory = new MemoryWorkspace(project({ 'loading.py': LOADING, 'user.py': USER }), settings)
  const user = memory.open(at('user.py'))
  const loading = memory.open(at('loading.py'))
  expect(namesFound(user)).toEqual(['rows'])
  replace(loading, 'print(len(rows))', 'KEPT.append(rows)')
  expect(namesFound(user)).toEqual([])
  replace(loading, 'KEPT.append(rows)', 'print(rows)')
  expect(namesFound(user)).toEqual(['rows'])
})

test('an edit that leaves the summary as it was re-analyses nothing elsewhere', () => {
  const memory = new MemoryWorkspace(project({ 'loading.py': LOADING, 'user.py': USER }), settings)
  const user = memory.open(at('user.py'))
  const loading = memory.open(at('loading.py'))
  user.report()
  for (const [old, fresh] of [['print(len(rows))', 'print(len(rows), 1)'], ['rows = json.load(open(path))\n    return rows', 'data = json.load(open(path))\n    return data'], ['import time', 'import time\nimport sys']] as const) {
    replace(loading, old, fresh)
    loading.report()
    expect(user.isStale, `${old} → ${fresh}`).toBe(false)
    user.report()
  }
  replace(loading, 'time.sleep(n)', 'pass')
  loading.report()
  expect(user.isStale).toBe(true)
  expect(namesFound(user)).toEqual([])
})

test('only the modules that are asked for are read, once', () => {
  const files = project({ 'loading.py': LOADING, 'user.py': USER, 'other.py': 'import loading\n', 'unused.py': 'X = 1\n' })
  const memory = new MemoryWorkspace(files, settings)
  memory.open(at('user.py')).report()
  expect(memory.disk.reads).toEqual([at('loading.py')])
})

test('unsaved text wins over the file; closed, the file counts again', () => {
  const memory = new MemoryWorkspace(project({ 'loading.py': LOADING, 'user.py': USER }), settings)
  const user = memory.open(at('user.py'))
  expect(namesFound(user)).toEqual(['rows'])
  const loading = memory.open(at('loading.py'), LOADING.replace('print(len(rows))', 'KEPT.append(rows)'))
  expect(namesFound(user)).toEqual([])
  loading.dispose()
  expect(namesFound(user)).toEqual(['rows'])
})

test('files that change, come and go on disk', () => {
  const memory = new MemoryWorkspace(project({ 'user.py': USER }), settings)
  const user = memory.open(at('user.py'))
  const put = (text: string | null, isMoved: boolean): void => {
    if (text === null) memory.disk.files.delete(at('loading.py'))
    else memory.disk.files.set(at('loading.py'), text)
    memory.workspace.filesChanged([at('loading.py')], isMoved)
  }
  const alone = namesFound(user)
  put(LOADING, true)
  expect(user.isStale).toBe(true)
  expect(namesFound(user)).toEqual(['rows'])
  put(LOADING.replace('print(len(rows))', 'KEPT.append(rows)'), false)
  expect(namesFound(user)).toEqual([])
  put(null, true)
  expect(namesFound(user)).toEqual(alone)
})

test('a class of one file, edited, changes what its users in others find', () => {
  const memory = new MemoryWorkspace(project({
    'base.py': 'import json\n\nclass Base:\n    def read(self, path):\n        return json.load(open(path))\n',
    'leaf.py': 'from base import Base\n\nclass Leaf(Base):\n    pass\n',
    'user.py': 'import time\nfrom leaf import Leaf\n\ndef use(path):\n    leaf = Leaf()\n    rows = leaf.read(path)\n    n = len(rows)\n    time.sleep(60)\n    return n\n',
  }), mergeSettings())
  const user = memory.open(at('user.py'))
  const base = memory.open(at('base.py'))
  const leaf = memory.open(at('leaf.py'))
  expect(namesFound(user)).toEqual(['rows'])
  replace(base, 'json.load(open(path))', '3')
  expect(namesFound(user)).toEqual([])
  replace(base, 'return 3', 'return json.load(open(path))')
  expect(namesFound(user)).toEqual(['rows'])
  replace(leaf, '    pass', '    def read(self, path):\n        return 4')
  expect(namesFound(user)).toEqual([])
})

const STAR_USER = USER.replace('import loading', 'from pkg import *').replaceAll('loading.', '')

test('names that only `import *` binds, through packages that take all names themselves, change with what binds them', () => {
  const files = { 'loading.py': LOADING, 'pkg/__init__.py': 'from .inner import *\n', 'pkg/inner.py': 'from loading import *\n', 'user.py': STAR_USER }
  const memory = new MemoryWorkspace(project(files), settings)
  const user = memory.open(at('user.py'))
  const loading = memory.open(at('loading.py'))
  const inner = memory.open(at('pkg/inner.py'))
  expect(namesFound(user)).toEqual(['rows'])
  replace(loading, 'print(len(rows))', 'KEPT.append(rows)')
  expect(namesFound(user)).toEqual([])
  replace(loading, 'def keep(rows)', 'def held(rows)')
  replace(loading, 'KEPT.append(rows)', 'print(len(rows))')
  const unknown = namesFound(user)
  replace(inner, 'from loading import *\n', 'from loading import *\n\ndef keep(rows):\n    KEPT.append(rows)\n')
  expect(namesFound(user)).toEqual([])
  replace(inner, 'KEPT.append', 'len')
  expect(namesFound(user)).toEqual(['rows'])
  replace(inner, 'def keep', 'def other')
  expect(namesFound(user)).toEqual(unknown)
  replace(loading, 'def held(rows)', 'def keep(rows)')
  expect(namesFound(user)).toEqual(['rows'])
})

test('a module that begins or ends to take all names of another is looked at anew', () => {
  const memory = new MemoryWorkspace(project({ 'loading.py': LOADING.replace('print(len(rows))', 'KEPT.append(rows)'), 'user.py': STAR_USER.replace('from pkg import *', 'import other') }), settings)
  const user = memory.open(at('user.py'))
  const without = namesFound(user)
  replace(user, 'import other', 'from loading import *')
  expect(namesFound(user)).toEqual([])
  replace(user, 'from loading import *', 'import other')
  expect(namesFound(user)).toEqual(without)
})

test('modules that take all names of one another', () => {
  const memory = new MemoryWorkspace(project({ 'loading.py': `${LOADING}\nfrom pkg import *\n`, 'pkg.py': 'from loading import *\n', 'user.py': STAR_USER }), settings)
  expect(namesFound(memory.open(at('user.py')))).toEqual(['rows'])
})

const GROWING = 'pages = {}\n\ndef page(url):\n    if url not in pages:\n        pages[url] = download(url)\n    return pages[url]\n'

test('what another file does with a global counts at the next edit of its own', () => {
  const memory = new MemoryWorkspace(project({ 'cache.py': GROWING, 'user.py': 'import cache\n\ndef forget():\n    pass\n' }), settings)
  for (const _ of memory.workspace.indexing());
  const cache = memory.open(at('cache.py'))
  const user = memory.open(at('user.py'))
  const isTold = (): boolean => namesFound(cache).includes('pages')
  expect(isTold()).toBe(true)
  replace(user, 'pass', 'cache.pages.clear()')
  replace(cache, 'download', 'fetch')
  expect(isTold()).toBe(false)
  replace(user, 'cache.pages.clear()', 'pass')
  replace(cache, 'def page(', '\ndef page(')
  expect(isTold()).toBe(true)
})

test('what a file does with its own names is heeded at once', () => {
  const memory = new MemoryWorkspace(project({ 'cache.py': `${GROWING}\ndef other():\n    pass\n` }), settings)
  for (const _ of memory.workspace.indexing());
  const cache = memory.open(at('cache.py'))
  const doubt = (): boolean => cache.report().findings.some(f => f.name === 'pages' && f.message.includes('looks names of the module up'))
  expect(doubt()).toBe(false)
  replace(cache, 'pass', 'globals()[name].clear()')
  expect(doubt()).toBe(true)
  replace(cache, 'globals()[name].clear()', 'pass')
  expect(doubt()).toBe(false)
})

const FILES = {
  'a.py': `import time
import b
from c import Store

def first(path):
    rows = b.second(path)
    n = len(rows)
    time.sleep(1)
    return n

def feed(path):
    store = Store()
    rows = store.read(path)
    store.keep(rows)
    time.sleep(1)
    return rows
`,
  'b.py': `import json
from c import third

def second(path):
    rows = third(path)
    return rows

def raw(path):
    return json.load(open(path))
`,
  'c.py': `import b
import time

class Store:
    def read(self, path):
        return b.raw(path)

    def keep(self, rows):
        self.rows = rows

def third(path):
    rows = b.raw(path)
    other = [r for r in rows]
    time.sleep(1)
    return other
`,
} as const

/** Lines that change what functions return, keep, cost and ask for. */
const LINES = [
  '    return rows', '    return None', '    rows = []', '    time.sleep(5)', '    KEPT.append(rows)', '    rows = b.raw(path)', '    n = len(rows)', 'import json', 'from b import raw',
  'def second(path):', 'class Store:', '    def keep(self, rows):', '        return rows', '    del rows', 'X = 1', 'from b import *', 'from c import *', '    rows = raw(path)', 'def raw(path):',
]

const edit = fc.record({ file: fc.constantFrom('a.py', 'b.py', 'c.py'), at: fc.nat(20), remove: fc.nat(2), line: fc.option(fc.constantFrom(...LINES), { nil: null }), look: fc.constantFrom('a.py', 'b.py', 'c.py') })

test('after any edits in any files the findings are those of a fresh analysis', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 10 }), edits => {
      const memory = new MemoryWorkspace(project(FILES), settings)
      const documents = new Map(Object.keys(FILES).map(name => [name, memory.open(at(name))]))
      for (const document of documents.values()) document.report()
      for (const { file, at: line, remove, line: added, look } of edits) {
        const document = documents.get(file)!
        const lines = document.text.split('\n')
        lines.splice(line % lines.length, remove, ...(added === null ? [] : [added]))
        document.update([{ start: 0, end: document.text.length, newText: lines.join('\n') }], 0)
        const now = new Map([...documents].map(([name, d]) => [at(name), d.text]))
        for (const name of [look, file]) {
          expect(documents.get(name)!.report().findings, `${name} of ${JSON.stringify([...now], null, 1)}`).toEqual(MemoryWorkspace.fresh(now, at(name), settings).findings)
        }
      }
    }),
    { numRuns: Number(process.env['REFLEAK_RUNS'] ?? 60), seed: 7, interruptAfterTimeLimit: 40_000 },
  )
})

test('what a function of another file does after it is done with its argument is asked anew after each edit, though its summary is as before', () => {
  const uploading = 'import requests\n\ndef announce(rows, url):\n    count = len(rows)\n    requests.post(url, json=count)\n'
  const report = 'import json\nfrom uploading import announce\n\ndef report(path, url):\n    rows = json.load(open(path))\n    announce(rows, url)\n'
  const memory = new MemoryWorkspace(project({ 'uploading.py': uploading, 'report.py': report }), settings)
  const user = memory.open(at('report.py'))
  const callee = memory.open(at('uploading.py'))
  const told = () => user.report().findings.map(f => `${f.rule}: ${f.name}: ${/(\S+) waits/.exec(f.message)?.[1] ?? ''}`)
  expect(told()).toEqual(['argument-held-by-caller: rows: `requests.post()`'])
  replace(callee, 'requests.post(url, json=count)', 'requests.post(url, json=rows)')
  expect(told()).toEqual([])
  replace(callee, 'requests.post(url, json=rows)', 'requests.put(url, json=count)')
  expect(told()).toEqual(['argument-held-by-caller: rows: `requests.put()`'])
})

test('what a decorator of another file puts in the place of a function is told, and told anew when it is edited', () => {
  const wrapping = 'import functools\n\ndef traced(function):\n    @functools.wraps(function)\n    def wrapper(*args, **kwargs):\n        return function(*args, **kwargs)\n    return wrapper\n'
  const uploading = 'import requests\nfrom wrapping import traced\n\n@traced\ndef announce(rows, url):\n    count = len(rows)\n    requests.post(url, json=count)\n'
  const report = 'import json\nfrom uploading import announce\n\ndef report(path, url):\n    rows = json.load(open(path))\n    announce(rows, url)\n'
  const memory = new MemoryWorkspace(project({ 'wrapping.py': wrapping, 'uploading.py': uploading, 'report.py': report, 'own.py': `${uploading}${report.replace('from uploading import announce\n', '')}` }), settings)
  const [user, own, decorator] = [memory.open(at('report.py')), memory.open(at('own.py')), memory.open(at('wrapping.py'))]
  const told = () => [user, own].map(d => d.report().findings.filter(f => f.rule === 'argument-held-by-caller').map(f => f.message.includes('`traced` passes its arguments on')))
  expect(told()).toEqual([[true], [true]])
  replace(decorator, 'return wrapper', 'return function')
  expect(told()).toEqual([[false], [false]])
  replace(decorator, '    return function\n', '    return str(function)\n')
  expect(told()).toEqual([[], []])
})
