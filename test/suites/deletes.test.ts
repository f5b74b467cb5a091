/** A report on a name is left out only where its place shows that it tells nothing. Needs a Python; the embedded one has no processes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standings, type Standing } from '../../scripts/suites/deletes.ts'
import { everyPython, findPythons } from '../values/sizes/pythons.ts'

const [python] = await findPythons(everyPython())
let folder: string
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'refleak-test-')) })
afterAll(() => { rmSync(folder, { recursive: true }) })

/** The text has a mark at the end of each line on which `x` is reported: what is to be said of it. */
const CASES: readonly (readonly [string, string])[] = [
  ['deleted where its use was got through', 'def f():\n    if c: x = 1\n    use(x)  # telling\n    del x  # proven\n'],
  ['used in the head of an if', 'def f():\n    if c: x = 1\n    if x:  # telling\n        more()\n        del x  # proven\n'],
  ['used in a suite around', 'def f():\n    if c: x = 1\n    use(x)  # telling\n    for y in z:\n        del x  # proven\n'],
  ['used on one path only', 'def f():\n    if c: x = 1\n    if d:\n        use(x)  # telling\n    del x  # telling\n'],
  ['perhaps not used', 'def f():\n    if c: x = 1\n    y = d and use(x)  # telling\n    del x  # telling\n'],
  ['used in another function', 'def g():\n    use(x)  # telling\ndef f():\n    del x  # telling\n'],
  ['used later by what is made', 'def f():\n    if c: x = 1\n    g = lambda: use(x)  # telling\n    del x  # telling\n'],
  ['used after the delete', 'def f():\n    if c: x = 1\n    del x  # telling\n    use(x)  # telling\n'],
  ['behind a branch that deletes', 'def f():\n    x = 1\n    if c:\n        del x\n        return\n    use(x)  # apart\n'],
  ['straight behind a delete', 'def f():\n    x = 1\n    if c:\n        del x\n        use(x)  # telling\n'],
  ['in another case than the delete', 'def f():\n    if c:\n        use(x)\n        del x\n    else:\n        del x  # apart\n'],
  ['in a function that is over', 'def f():\n    def g():\n        use(x)  # apart\n    x = g()\n    del x\n'],
  ['in a function that is called again', 'def f():\n    def g():\n        use(x)  # telling\n    x = g()\n    del x\n    g()\n'],
  ['in the key of a sort', 'def f(rows):\n    x = {}\n    y = max(x, key=lambda r: x[r])  # apart\n    del x\n'],
  ['in the key of a sort behind the delete', 'def f(rows):\n    x = {}\n    del x\n    y = max(rows, key=lambda r: x[r])  # telling\n'],
  ['in what is kept beside a key', 'def f(rows):\n    x = {}\n    y = kept(x, lambda: x)  # telling\n    del x\n'],
  ['in another function than the delete', 'def f():\n    if c:\n        del x\ndef g():\n    use(x)  # telling\n'],
]

describe.skipIf(python === undefined)('reports', () => {
  it.each(CASES)('%s', async (_, text) => {
    writeFileSync(join(folder, 'm.py'), text)
    const marked = text.split('\n').flatMap((line, i) => (line.includes('#') ? [[i + 1, line.split('# ')[1] as Standing] as const] : []))
    const reports = marked.map(([line]) => ({ file: 'm.py', line, name: 'x', message: '' }))
    expect(await standings(python!.command, folder, reports)).toEqual(marked.map(([, said]) => said))
  })
})
