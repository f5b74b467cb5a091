/**
 * Cells as Python: what IPython adds to the language is replaced, character by character, by Python that reads the same names,
 * so that offsets stay what they are. Source: IPython's `inputtransformer2` and the documentation of its magics.
 */
import { KEYWORDS } from '../keywords.ts'
import { logicalLines, type LogicalLine } from './logical-lines.ts'

export interface MaskedCell {
  /** Python, as long as the cell's text. */
  readonly code: string
  /** The value of an expression at its end is shown, and kept in `Out`. */
  readonly displays: boolean
  /** Python may be written before its first line. False where that line is a cell magic. */
  readonly opensFreely: boolean
  /** False: it ends inside a string or a bracket, so that only the names it mentions are known. */
  readonly isComplete: boolean
}

/** Cell magics after which Python runs in the notebook's namespace, and whether the last value is shown. */
const PYTHON_CELLS: Readonly<Record<string, boolean>> = { time: true, capture: false, prun: false, memit: false, debug: false }

/** Cell magics whose text knows nothing of the notebook's names. */
const FOREIGN_CELLS: ReadonlySet<string> = new Set([
  'bash', 'cmd', 'file', 'html', 'HTML', 'javascript', 'js', 'latex', 'markdown', 'perl', 'pypy', 'python', 'python2', 'python3', 'ruby', 'script', 'sh',
  'svg', 'SVG', 'system', 'sx', '!', 'writefile',
])

/** Line magics that run one statement in the notebook's namespace. */
const STATEMENT_MAGIC = /^(\s*)%(?:time|prun|memit)(?:[ \t]+-\w+(?:[ \t]+\d+)?)*[ \t]+(?!-|(?:for|while|if|with|try|def|class|async)\b)(?=\S)/

/** Runs a file in the notebook's namespace: it may read and bind anything. */
const RUN_HERE = /^(\s*)%run\b.*\s-\w*i/

function isMagicLine(line: string): boolean {
  return /^\s*(?:%{1,2}[\p{L}_]|!|\?)/u.test(line) || HELP.test(line) || ASSIGNED.test(line)
}

const HELP = /^\s*%{0,2}[\p{L}_][\p{L}\p{N}_.*]*\?{1,2}\s*$/u
const ASSIGNED = /^(\s*[\p{L}_][\p{L}\p{N}_.,[\]"' \t]*=[ \t]*)(?:!|%[\p{L}_])/u

export function maskCell(text: string): MaskedCell {
  const magic = /^\s*%%([\p{L}_!][\p{L}\p{N}_.]*|!)[^\r\n]*/u.exec(text)
  if (magic === null) return maskedPython(text, 0, true)
  const name = magic[1]!
  const shows = Object.hasOwn(PYTHON_CELLS, name) ? PYTHON_CELLS[name]! : null
  if (shows !== null) return { ...maskedPython(text, magic[0].length, shows), opensFreely: false }
  const code = FOREIGN_CELLS.has(name) ? blank(text) : statementOf(text, namesIn(text))
  return { code, displays: false, opensFreely: false, isComplete: true }
}

/** Lines before `from` are a magic's. */
function maskedPython(text: string, from: number, shows: boolean): MaskedCell {
  const lines = logicalLines(text.slice(from), isMagicLine).map(line => ({ ...line, start: line.start + from, end: line.end + from }))
  const head = text.slice(0, from)
  const isComplete = lines.every(line => line.isComplete)
  if (!isComplete) return { code: statementOf(text, namesIn(text)), displays: false, opensFreely: from === 0, isComplete }
  let code = from === 0 ? '' : statementOf(head, namesIn(head))
  let at = from
  for (const line of lines.filter(each => each.isMagic)) {
    code += text.slice(at, line.start) + maskedLine(text.slice(line.start, line.end))
    at = line.end
  }
  return { code: code + text.slice(at), displays: shows && displaysLast(lines, text), opensFreely: true, isComplete }
}

function displaysLast(lines: readonly LogicalLine[], text: string): boolean {
  const last = lines.findLast(line => line.isMagic || line.last !== '')
  if (last === undefined) return false
  if (!last.isMagic) return last.last !== ';'
  const line = text.slice(last.start, last.end)
  return /^\s*%time\b/.test(line) && !/;\s*$/.test(line)
}

function maskedLine(line: string): string {
  const run = STATEMENT_MAGIC.exec(line)
  if (run !== null) return `${run[1]}0;`.padEnd(run[0].length) + line.slice(run[0].length)
  const assigned = ASSIGNED.exec(line)
  if (assigned !== null) return assigned[1] + valueOf(line.slice(assigned[1]!.length))
  const indent = /^\s*/.exec(line)![0]
  const rest = line.slice(indent.length)
  if (RUN_HERE.test(line)) return `${indent}exec()`.padEnd(line.length)
  return indent + statementOf(rest, isShell(rest) ? expandedNames(rest) : HELP.test(line) || rest.startsWith('?') ? [] : namesIn(rest))
}

function isShell(text: string): boolean {
  return text.startsWith('!')
}

type NameSpan = readonly [start: number, end: number]

/** `0; a, b`: a statement that reads the names and does nothing. */
function statementOf(text: string, names: readonly NameSpan[]): string {
  const start = /^\s*/.exec(text)![0].replace(/[\r\n]/g, ' ').length
  const usable = names.filter(([from]) => from >= start + 2)
  const masked = spread(text, usable, ',')
  if (text.trim() === '') return blank(text)
  return masked.slice(0, start) + (text.length - start > 1 ? '0;' : '0') + masked.slice(start + 2)
}

/** `_|a|b`: a value of which nothing is known. */
function valueOf(text: string): string {
  return `_${spread(text, (isShell(text) ? expandedNames(text) : namesIn(text)).filter(([from]) => from >= 2), '|', true).slice(1)}`
}

/** The names in their places, a separator before each (the first one only where asked for), blanks elsewhere. */
function spread(text: string, names: readonly NameSpan[], separator: string, separatesFirst = false): string {
  let spelt = ''
  for (const [index, [start, end]] of names.entries()) {
    const before = index > 0 || separatesFirst ? separator : ' '
    spelt = `${spelt.padEnd(start - 1)}${before}${text.slice(start, end)}`
  }
  return spelt.padEnd(text.length)
}

function blank(text: string): string {
  return ' '.repeat(text.length)
}

const NAME = /[\p{L}_][\p{L}\p{N}_]*/gu

/** Every word that may be a name, but for that of the magic. */
function namesIn(text: string): readonly NameSpan[] {
  const from = /^\s*%{0,2}[\p{L}_!]?[\p{L}\p{N}_.]*/u.exec(text)![0].length
  return spans(text, NAME).filter(([start]) => start > from)
}

/** `{name}` and `$name`, which IPython replaces in shell commands. */
function expandedNames(text: string): readonly NameSpan[] {
  const braces = Array.from(text.matchAll(/\{([^{}]*)\}/g)).flatMap(match =>
    spans(match[1]!, NAME).map(([start, end]): NameSpan => [start + match.index + 1, end + match.index + 1]))
  const dollars = Array.from(text.matchAll(/\$([\p{L}_][\p{L}\p{N}_]*)/gu), (match): NameSpan => [match.index + 1, match.index + match[0].length])
  return [...braces, ...dollars].sort((a, b) => a[0] - b[0])
}

function spans(text: string, pattern: RegExp): readonly NameSpan[] {
  return Array.from(text.matchAll(pattern), (match): NameSpan => [match.index, match.index + match[0].length])
    .filter(([start, end]) => !KEYWORDS.has(text.slice(start, end)))
}
