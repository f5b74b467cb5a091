/** String literals, f-strings, t-strings and their concatenations. */
import type { Constant, Expr, FormattedValue, JoinedStr } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { expression } from './expressions.ts'
import type { Lowering } from './lowering.ts'
import { TextBuilder } from './text.ts'
import type { LiteralForm } from './text.ts'

const {
  string: STRING, interpolation: INTERPOLATION, "'=": EQUALS, format_specifier: SPECIFIER,
  format_expression: FORMAT_EXPRESSION, concatenated_string: CONCATENATED, named_expression: NAMED,
} = NODE_TYPES

interface Prefix extends LiteralForm {
  readonly formatted: boolean
  readonly template: boolean
  /** Length of prefix and opening quotes, and of the closing quotes. */
  readonly open: number
  readonly close: number
}

/** The pieces of one literal or concatenation, in order. */
class Pieces {
  readonly values: Expr[] = []
  private text: TextBuilder | null = null
  private textStart = 0
  private textEnd = 0
  formatted = false
  template = false
  bytes = false

  /** The text `[from, to)` of a literal, which stands for the stretch `[start, end)` of the code. */
  add(l: Lowering, from: number, to: number, form: LiteralForm, start = from, end = to): void {
    this.text ??= this.opened(start)
    this.text.add(l.text.slice(from, to), form)
    this.textEnd = end
  }

  private opened(start: number): TextBuilder {
    this.textStart = start
    return new TextBuilder()
  }

  /** Ends the literal text read so far; empty text between placeholders is no value. */
  flush(l: Lowering): void {
    if (this.text !== null && this.text.length > 0) this.values.push(this.constant(l, this.textStart, this.textEnd))
    this.text = null
  }

  constant(l: Lowering, start: number, end: number): Constant {
    const { text } = this
    return {
      kind: 'Constant', start: l.shift + start, end: l.shift + end, type: this.bytes ? 'bytes' : 'str',
      value: text === null ? '' : this.bytes ? null : text.value, length: text?.length ?? 0, width: text?.width ?? 'ascii',
    }
  }
}

/** A `string` or `concatenated_string`. */
export function string(l: Lowering, type: number): Constant | JoinedStr | Expr {
  l.measure()
  const { start, end } = l
  const pieces = new Pieces()
  const read = type === CONCATENATED ? concatenation(l, pieces) : literal(l, pieces)
  l.start = start
  l.end = end
  if (!read) return l.unreadable()
  if (!pieces.formatted) return pieces.constant(l, start, end)
  pieces.flush(l)
  return { kind: 'JoinedStr', start: l.shift + start, end: l.shift + end, values: pieces.values, template: pieces.template }
}

function concatenation(l: Lowering, pieces: Pieces): boolean {
  let read = true
  for (let type = l.enter(); type !== NONE; type = l.next()) {
    if (type !== STRING) continue
    l.measure()
    read = literal(l, pieces) && read
  }
  l.leave()
  return read
}

/** Adds the measured `string` under the cursor; false where it is none (Python 2's backquotes). */
function literal(l: Lowering, pieces: Pieces): boolean {
  const prefix = prefixOf(l.text, l.start)
  if (prefix === null) return false
  pieces.bytes ||= prefix.bytes
  if (!prefix.formatted) {
    pieces.add(l, l.start + prefix.open, Math.max(l.start + prefix.open, l.end - prefix.close), prefix, l.start, l.end)
    return true
  }
  pieces.formatted = true
  pieces.template ||= prefix.template
  const { start, end } = l
  mixed(l, pieces, prefix, start + prefix.open, end - prefix.close)
  return true
}

function prefixOf(text: string, start: number): Prefix | null {
  let at = start
  let letters = ''
  for (; at < start + 3; at++) {
    const char = text[at] ?? ''
    if (char === '"' || char === "'") break
    letters += char.toLowerCase()
  }
  const quote = text[at]
  if (quote !== '"' && quote !== "'") return null
  const quotes = text[at + 1] === quote && text[at + 2] === quote ? 3 : 1
  const template = letters.includes('t')
  const formatted = template || letters.includes('f')
  return {
    raw: letters.includes('r'), bytes: letters.includes('b'), braces: formatted, formatted, template,
    open: at - start + quotes, close: quotes,
  }
}

/** An `interpolation` or `format_expression`: the value, and for `{x=}` the text before it. */
function placeholder(l: Lowering, pieces: Pieces, form: LiteralForm): void {
  const start = l.cursor.startIndex
  const end = l.cursor.endIndex
  l.enter()
  const first = l.next()
  let formatSpec: Expr | null = null
  let value = expression(l, first)
  if (first === NAMED && value.kind === 'NamedExpr') {
    formatSpec = literalSpecifier(l, form, value.target.end - l.shift, end - 1)
    value = value.target
  }
  for (let type = l.next(); type !== NONE; type = l.next()) {
    if (type === EQUALS) echo(l, pieces, start + 1)
    else if (type === SPECIFIER) formatSpec = specifier(l, form)
  }
  l.leave()
  pieces.flush(l)
  const placed: FormattedValue = { kind: 'FormattedValue', start: l.shift + start, end: l.shift + end, value, formatSpec }
  pieces.values.push(placed)
}

const VERBATIM: LiteralForm = { raw: true, bytes: false, braces: false }

/** `{x = }` prints the source text `x = ` too. The cursor is on the equals sign. */
function echo(l: Lowering, pieces: Pieces, from: number): void {
  let to = l.cursor.endIndex
  while (/\s/.test(l.text[to] ?? '')) to++
  pieces.add(l, from, to, VERBATIM)
}

/** In `{x:=10}` the grammar sees an assignment where Python sees the format `=10`. The colon is looked for in `[from, to)`. */
function literalSpecifier(l: Lowering, form: LiteralForm, from: number, to: number): JoinedStr {
  const start = l.text.indexOf(':', from)
  const pieces = new Pieces()
  pieces.add(l, start + 1, to, form)
  pieces.flush(l)
  return { kind: 'JoinedStr', start: l.shift + start, end: l.shift + to, values: pieces.values, template: false }
}

/** The colon belongs to the node, not to its text. */
function specifier(l: Lowering, form: LiteralForm): JoinedStr {
  const start = l.cursor.startIndex
  const end = l.cursor.endIndex
  const pieces = new Pieces()
  mixed(l, pieces, form, start + 1, end)
  pieces.flush(l)
  return { kind: 'JoinedStr', start: l.shift + start, end: l.shift + end, values: pieces.values, template: false }
}

/** The placeholders under the node of the cursor, and the text `[from, to)` around them. */
function mixed(l: Lowering, pieces: Pieces, form: LiteralForm, from: number, to: number): void {
  for (let type = l.enter(); type !== NONE; type = l.next()) {
    if (type !== INTERPOLATION && type !== FORMAT_EXPRESSION) continue
    if (l.cursor.startIndex > from) pieces.add(l, from, l.cursor.startIndex, form)
    from = l.cursor.endIndex
    placeholder(l, pieces, form)
  }
  l.leave()
  if (to > from) pieces.add(l, from, to, form)
}
