import { expect, test } from 'vitest'
import { openDocument } from '../../server/src/service/analyser.ts'
import { mergeSettings } from '../../server/src/service/config.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'

const { engine } = await openEngine({ prefer: 'wasm' })

/** The hover at the name after the caret `^`, which is taken out of the text. */
function hoverIn(marked: string): string | null {
  const at = marked.indexOf('^')
  const document = openDocument(engine, marked.replace('^', ''), 1, mergeSettings())
  try {
    return document.hover(at)?.text ?? null
  } finally {
    document.dispose()
  }
}

const REPORT = `import json
import time

def report(path):
    rows = json.load(open(path))
    print(len(^rows))
    time.sleep(5)
    return 1
`

test('says what it is, until when and through what it is held, and what letting go does', () => {
  expect(hoverIn(REPORT)).toMatch(/^\*\*`rows`\*\*: .*json\.load\(\)[^\n]*\n\n- not used after line 6, but held until the function returns\n- meanwhile `time\.sleep\(5\)` runs\n- `del rows` there frees it at once$/)
})

test('says who holds it where letting go frees nothing', () => {
  expect(hoverIn(REPORT.replace('    time.sleep', '    keep.append(rows)\n    time.sleep'))).toMatch(/\n- `del rows` there frees nothing: /)
})

test('says so of an object that is used to the end', () => {
  expect(hoverIn(REPORT.replace('return 1', 'return rows'))).toMatch(/It is used as long as it is held/)
})

test('says nothing of small objects, nor where there is no name', () => {
  expect(hoverIn('def f():\n    ^x = 1\n    return x\n')).toBeNull()
  expect(hoverIn(REPORT.replace('^', '').replace('import time', 'import^ time'))).toBeNull()
})

test('says of what the next round of a loop makes anew that two exist at a time', () => {
  expect(hoverIn(`def total(numbers):
    found = 0
    for number in numbers:
        ^block = bytearray(80_000_000)
        found += len(block)
    return found
`)).toMatch(/\n- not used after line 5, but held until the next round of the loop has made its successor: two exist at a time\n- meanwhile `bytearray\(80_000_000\)` allocates/)
})

test('names the places that a finding speaks of where no name is told about', () => {
  expect(hoverIn('pages = {}\n\ndef page(url):\n    pages[url] = url * 2\n    return len(pages)\n'.replace('pages', '^pages'))).toBe('**`pages`**\n\n- line 4: page() adds to it')
  expect(hoverIn(REPORT.replace('^', '').replace('    time.sleep', '    keep.append(rows)\n    ^del rows\n    time.sleep'))).toMatch(/^\*\*`rows`\*\*\n\n- line 7: /)
})

/** Who keeps it unseen, for each rule that knows such a holder: its name, its line, and why, at the object's name, marked by `^`. */
const HIDDEN: readonly (readonly [string, string, RegExp])[] = [
  ['a view', `import numpy as np
import time
def f(path):
    ^volume = np.load(path)
    border = volume[:1]
    time.sleep(5)
    return border.sum()
`, /`border` shows a part of its memory, which is no copy, and so keeps all of it \(line 5\)/],
  ['a match', `import re
import time
def f(path):
    ^text = open(path).read()
    found = re.search("x+", text)
    time.sleep(5)
    return found.group(0)
`, /`found` is a match, which keeps the text that it was found in \(line 5\)/],
  ['an iterator', `import json
import time
def f(path):
    ^rows = json.load(open(path))
    steps = iter(rows)
    time.sleep(5)
    return next(steps)
`, /`steps` walks it, and keeps it until it has come to the end \(line 5\)/],
  ['a default argument', `import json
import time
def f(path):
    ^rows = json.load(open(path))
    count = lambda rows=rows: len(rows)
    time.sleep(5)
    return count()
`, /`count` is a function that was given it, and keeps it for its calls \(line 5\)/],
  ['a method without its call', `import time
def f(path):
    ^rows = open(path).readlines()
    count = rows.count
    time.sleep(5)
    return count("")
`, /`count` is a function that was given it, and keeps it for its calls \(line 4\)/],
  ['an inner function', `import json
import time
def f(path):
    ^rows = json.load(open(path))
    def first():
        return rows[0]
    print(first())
    time.sleep(5)
    return 1
`, /- line 5: the inner function `first\(\)` reads it, so that it stays for as long as that may be called/],
  ['an inner function, where it reads it', `import json
import time
def f(path):
    rows = json.load(open(path))
    def first():
        return ^rows[0]
    time.sleep(5)
    return first
`, /^\*\*`rows`\*\*: .*json\.load[^]*- line 5: the inner function `first\(\)` reads it/],
  ['a function that calls itself', `import json
def f(path):
    ^rows = json.load(open(path))
    def walk(n):
        return rows[n] if n < 3 else walk(n - 1)
    return walk(10)
`, /- line 4: `walk` refers to itself, so that it stays until the garbage collector comes by, and what it reads stays with it/],
  ['the caller', `import pickle
import time
def send(rows):
    count = len(rows)
    time.sleep(5)
    return count
def f(path):
    ^rows = pickle.load(open(path, "rb"))
    return send(rows)
`, /- line 9: the caller has its own name for it, `rows`, until the call is over: `send\(\)` cannot free it/],
  ['the caller, at the parameter', `import pickle
import time
def send(^rows):
    count = len(rows)
    time.sleep(5)
    return count
def f(path):
    records = pickle.load(open(path, "rb"))
    return send(records)
`, /^\*\*`rows`\*\*: .*pickle\.load[^]*- line 9: the caller has its own name for it, `records`[^]*- `del rows` there does not end that/],
  ['an exception that is stored', `import numpy as np
class Worker:
    def run(self, path):
        ^volume = np.load(path)
        try:
            self.process(volume)
        except ValueError as problem:
            self.problem = problem
`, /- line 8: the exception that is kept here remembers the functions it came through, with all their variables/],
  ['an exception that is handled', `import json
def load(path):
    rows = json.load(open(path))
    return check(rows)
def f(path):
    try:
        return load(path)
    except MemoryError as ^problem:
        print(problem)
        return load(path)
`, /- line 7: what `load\(path\)` had made is kept until the `except` block ends: the exception remembers it/],
]

test.each(HIDDEN)('names the hidden holder: %s', (_, program, expected) => {
  expect(hoverIn(program)).toMatch(expected)
})

test('says of a parameter that the caller may have it, too', () => {
  const program = 'import time\nimport pandas as pd\ndef f(^rows: pd.DataFrame):\n    print(rows)\n    time.sleep(5)\n'
  expect(hoverIn(program)).toMatch(/\n- `del rows` there frees it only if the caller passed it without a name of its own$/)
})
