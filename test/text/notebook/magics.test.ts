import { describe, expect, test } from 'vitest'
import { maskCell } from '../../../server/src/text/notebook/magics.ts'

const code = (text: string): string => maskCell(text).code
const displays = (text: string): boolean => maskCell(text).displays

test('Python stays as it is', () => {
  for (const text of ['', 'x = 1', 'def f():\n    return 1\n\nf()', 'a = b % c', 'a = (\n%s\n)', 's = """\n%time x\n!ls\n"""', 'x = 5 \\\n  % 3', '# %time x\n']) {
    expect(code(text)).toBe(text)
  }
})

describe('a line that is not Python', () => {
  test.each([
    ['%matplotlib inline', '0;          inline'],
    ['  !pip install x', '  0;            '],
    ['!ls {folder}/*.csv', '0;   folder       '],
    ['!echo $name "don\'t', '0;     name       '],
    ['%time total = f(df)', '0;    total = f(df)'],
    ['%time -n 3 f(df)', '0;         f(df)'],
    ['%timeit -n 10 f(df.x)', '0;       n   ,f,df,x'],
    ['%store df other', '0;     df,other'],
    ['%run -i helper.py', 'exec()           '],
    ['df.head?', '0;      '],
    ['?df', '0; '],
    ['files = !ls {folder}', 'files = _   |folder '],
    ['rows = %sql select * from df', 'rows = _   |select       |df'],
    ['!a \\\n b', '0;      '],
  ])('%s reads the names it mentions', (text, masked) => {
    expect(code(text)).toHaveLength(text.length)
    expect(code(text).trimEnd()).toBe(masked.trimEnd())
  })

  test('leaves the lines around it alone', () => {
    expect(code('a = 1\n%store a\nif a:\n    !ls\nb = 2')).toBe('a = 1\n0;     a\nif a:\n    0; \nb = 2')
  })
})

describe('a cell magic', () => {
  test('before Python leaves the rest as it is', () => {
    expect(maskCell('%%time\nx = f()\nx')).toMatchObject({ code: '0;    \nx = f()\nx', displays: true, opensFreely: false })
    expect(maskCell('%%capture out\nx')).toMatchObject({ code: '0;        out\nx', displays: false })
  })

  test('of another language hides the cell', () => {
    expect(code('%%bash\necho $df').trim()).toBe('')
    expect(displays('%%bash\nls')).toBe(false)
  })

  test('of which nothing is known reads what it mentions', () => {
    expect(code('%%sql\nselect *\nfrom df')).toMatch(/^0; +select +,df$/)
    expect(code('%%timeit\nf(df)')).toMatch(/^0; +f,df $/)
  })
})

test('the value of the last expression is shown unless a semicolon ends it', () => {
  expect(['x', 'f()', 'a; b', 'x # c;', '%time f()', 'x\n\n# end\n', 's = ";"', 'f(";")'].filter((text) => !displays(text))).toEqual([])
  expect(['', '# only', 'x;', 'x;  # c', 'x ;\n\n', '%time f();', '%store x', '!ls', 'x\n!ls', 'x?', '%%timeit\nx'].filter(displays)).toEqual([])
})

test('a cell that ends inside a bracket or a string is what it mentions', () => {
  expect(maskCell('f(df,\nx')).toMatchObject({ isComplete: false, displays: false })
  expect(maskCell('t = """\nabc')).toMatchObject({ isComplete: false })
  expect(maskCell("t = 'abc\nx")).toMatchObject({ isComplete: true })
  expect(code('g(df,\nx')).toMatch(/^0; *df,? *,x$/)
})
