import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskScript } from '../../../server/src/text/notebook/script.ts'

test.each([
  ['line magics', '# %%\n%matplotlib inline\nx = 1\n', `# %%\n0;${' '.repeat(10)}inline\nx = 1\n`],
  ['before the first cell, too', '!ls\n# %% one\nx = 1\n', '0; \n# %% one\nx = 1\n'],
  ['of a cell magic with Python the line', '#%%\n%%time\nx = f()\n', '#%%\n0;    \nx = f()\n'],
  ['shell lines that read names', '# %%\nfiles = !ls {a}\n', '# %%\nfiles = _   |a \n'],
  ['shell lines that go on, as lines', '# %%\n!pip install \\\n    numpy\nx = 1\n', `# %%\n0;${' '.repeat(12)}\n${' '.repeat(9)}\nx = 1\n`],
  ['cells in another language', '# %%\n%%bash\r\nls -l\n\n# %%\nx = 1\n', '# %%\n      \r\n     \n\n# %%\nx = 1\n'],
])('%s are replaced', (_, text, code) => expect(maskScript(text)).toBe(code))

test.each([
  ['without cells', '%matplotlib inline\nx = 1\n'],
  ['with plain Python in its cells', '# %%\nx = a %b\ny = (a\n  %b)\nok = a != b\n'],
  ['with magics in comments', '# %%\n# %matplotlib inline\n# !ls\n'],
  ['with a mark in a string', 'x = """\n# %%\n!ls {a}"""\n'],
  ['with names in another language, over lines', '# %%\n%%sql\nselect *\nfrom frame\n'],
  ['with an open bracket', '# %%\n!ls\nf(\n'],
])('a file %s stays as it is', (_, text) => expect(maskScript(text)).toBe(text))

test('whatever the text is, places and lines stay', () => {
  const pieces = fc.constantFrom('# %%\n', '%%time\n', '%%sql\n', '!ls {a} \\\n', '%matplotlib inline', '\r\n', '\n', '"""', '(', ')', 'x = !ls', 'df?', '  ', 'f(a)', '\\')
  fc.assert(fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
    const text = parts.join('')
    const code = maskScript(text)
    expect(code).toHaveLength(text.length)
    expect(code.replace(/[^\r\n]/g, '.')).toBe(text.replace(/[^\r\n]/g, '.'))
  }))
})
