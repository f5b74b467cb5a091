/** The `.ipynb` format, version 4: its code cells, and their sources written back with everything else as it was. Pure. */
import { jsonSpans, type JsonSpan } from '../json-spans.ts'
import type { Cell } from './cells.ts'
import { isTable } from '../json.ts'

export interface NotebookFile {
  /** The code cells in Python, in order. */
  readonly cells: readonly Cell[]
  /** The file with the text of some cells replaced, by their number. */
  withTexts(texts: ReadonlyMap<number, string>): string
}

/** One line for a person, without the file's name. */
export interface NotebookProblem {
  readonly problem: string
  /** It is a sound notebook in another language: no Python is in it. */
  readonly isForeign: boolean
}

/** Source: nbformat's "The Notebook file format". */
export function readNotebook(text: string): NotebookFile | NotebookProblem {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return problem(`is not a notebook: not valid JSON (${error instanceof Error ? error.message : String(error)})`)
  }
  const format = isTable(json) ? json['nbformat'] : undefined
  if (!isTable(json) || typeof format !== 'number') return problem('is not a notebook: it has no nbformat')
  if (format !== 4 || !Array.isArray(json['cells'])) return problem(`is a notebook of format ${format}; only format 4 is supported`)
  const language = languageOf(json)
  if (language !== null && language !== 'python') return problem(`is a notebook in ${language}, not in Python`, true)
  const cells = json['cells'].flatMap((cell: unknown, index): Cell[] => {
    const source = isTable(cell) && cell['cell_type'] === 'code' ? sourceOf(cell['source']) : null
    return source === null ? [] : [{ number: index + 1, text: source }]
  })
  return { cells, withTexts: (texts) => rewritten(text, texts) }
}

function problem(text: string, isForeign = false): NotebookProblem {
  return { problem: text, isForeign }
}

/** Null: not said. */
function languageOf({ metadata }: Readonly<Record<string, unknown>>): string | null {
  const info = isTable(metadata) ? metadata : {}
  const names = [isTable(info['language_info']) ? info['language_info']['name'] : null, isTable(info['kernelspec']) ? info['kernelspec']['language'] : null]
  const name = names.find((each) => typeof each === 'string')
  return typeof name === 'string' ? name.toLowerCase().replace(/^i?python\d*$/, 'python') : null
}

function sourceOf(source: unknown): string | null {
  if (typeof source === 'string') return source
  return Array.isArray(source) && source.every((line) => typeof line === 'string') ? source.join('') : null
}

function rewritten(text: string, texts: ReadonlyMap<number, string>): string {
  const cells = jsonSpans(text).members.get('cells')?.elements ?? []
  let result = ''
  let at = 0
  for (const [index, cell] of cells.entries()) {
    const next = texts.get(index + 1)
    const source = cell.members.get('source')
    if (next === undefined || source === undefined) continue
    result += text.slice(at, source.start) + written(text, source, next)
    at = source.end
  }
  return result + text.slice(at)
}

/** The source in the form it had: one string, or one per line, as they were indented. */
function written(text: string, source: JsonSpan, next: string): string {
  const raw = text.slice(source.start, source.end)
  const isAscii = !/[^\0-\x7f]/.test(raw)
  const spell = (value: string): string => (isAscii && /\\u/.test(raw) ? withEscapes(JSON.stringify(value)) : JSON.stringify(value))
  const [first, last] = [source.elements[0], source.elements.at(-1)]
  if (first === undefined || last === undefined) return spell(next)
  const kept = new Map(source.elements.map(({ start, end }) => [JSON.parse(text.slice(start, end)) as string, text.slice(start, end)]))
  const second = source.elements[1]
  const before = text.slice(source.start + 1, first.start)
  const between = second === undefined ? `,${before === '' ? ' ' : before}` : text.slice(first.end, second.start)
  const lines = next.match(/[^\n]*\n|[^\n]+/g) ?? []
  return `[${before}${lines.map((line) => kept.get(line) ?? spell(line)).join(between)}${text.slice(last.end, source.end)}`
}

/** As writers that keep to ASCII spell it. */
function withEscapes(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
