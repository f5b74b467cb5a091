import { describe, expect, test } from 'vitest'
import { readNotebook, type NotebookFile } from '../../../server/src/text/notebook/ipynb.ts'

const FILE = `{
 "cells": [
  { "cell_type": "markdown", "metadata": {}, "source": [ "# title" ] },
  {
   "cell_type": "code", "execution_count": 7,
   "metadata": { "source": "not this one" },
   "outputs": [ { "text": [ "caf\\u00e9 \\" ] }" ], "n": -1.5e3 } ],
   "source": [
    "a = '\\u00e9'\\n",
    "b = a"
   ]
  },
  {"cell_type":"code","source":"x = 1\\ny = 2","outputs":[],"metadata":{}},
  {"cell_type":"code","source":[],"outputs":[],"metadata":{}}
 ],
 "metadata": { "kernelspec": { "language": "python" } },
 "nbformat": 4, "nbformat_minor": 5
}
`

function read(text: string): NotebookFile {
  const file = readNotebook(text)
  if ('problem' in file) throw new Error(file.problem)
  return file
}

test('code cells are numbered among all cells', () => {
  expect(read(FILE).cells).toEqual([{ number: 2, text: "a = 'é'\nb = a" }, { number: 3, text: 'x = 1\ny = 2' }, { number: 4, text: '' }])
})

describe('writing', () => {
  test('nothing leaves every byte', () => expect(read(FILE).withTexts(new Map())).toBe(FILE))

  test('a cell changes its source and nothing else, in the form it had', () => {
    expect(read(FILE).withTexts(new Map([[2, "a = 'é'\nb = a\ndel a"]]))).toBe(FILE.replace('"b = a"', '"b = a\\n",\n    "del a"'))
    expect(read(FILE).withTexts(new Map([[3, 'x = 1']]))).toBe(FILE.replace('x = 1\\ny = 2', 'x = 1'))
  })

  test('gives back what was written', () => {
    const texts = new Map([[2, 'print("ü")\r\n\\'], [3, 'é'], [4, 'n\n']])
    expect(read(read(FILE).withTexts(texts)).cells.map(({ number, text }) => [number, text])).toEqual([...texts])
  })
})

test.each([
  ['{', /not valid JSON/],
  ['[]', /no nbformat/],
  ['{"nbformat": 3, "worksheets": []}', /format 3/],
  ['{"nbformat": 4, "cells": [], "metadata": {"language_info": {"name": "R"}}}', /in r, not in Python/],
])('%s is no notebook of ours', (text, problem) => {
  expect(readNotebook(text)).toMatchObject({ problem: expect.stringMatching(problem) })
})
