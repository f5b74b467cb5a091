/** Identifiers and dotted names. */
import type { Attribute, Expr, Name } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import type { Lowering } from './lowering.ts'

const { identifier: IDENTIFIER } = NODE_TYPES

/** 1 for the ASCII characters of an identifier. */
const WORD = Uint8Array.from({ length: 128 }, (_, code) => (/\w/.test(String.fromCharCode(code)) ? 1 : 0))

/** An ASCII character that can stand in an identifier. */
export function isWord(code: number): boolean {
  return WORD[code] === 1
}

/** The identifier under the cursor, in the form CPython compares (NFKC, PEP 3131); '' where the parser invented it. */
export function identifier(l: Lowering): string {
  const { text } = l
  const start = l.cursor.startIndex
  let end = start
  while (WORD[text.charCodeAt(end)] === 1) end++
  const ascii = !(text.charCodeAt(end) > 127)
  l.start = start
  l.end = ascii ? end : l.cursor.endIndex
  if (l.hasErrors && l.cursor.nodeIsMissing) {
    l.end = start
    l.flaw = true
    return ''
  }
  return l.interner.of(ascii ? text.slice(start, end) : text.slice(start, l.end).normalize('NFKC'))
}

export function name(l: Lowering): Name {
  const id = identifier(l)
  return { kind: 'Name', start: l.shift + l.start, end: l.shift + l.end, id }
}

/** The identifiers of the `dotted_name` under the cursor, in order. */
function parts(l: Lowering): Name[] {
  const names: Name[] = []
  for (let type = l.enter(); type !== NONE; type = l.next()) if (type === IDENTIFIER) names.push(name(l))
  l.leave()
  return names
}

/** A `dotted_name` as written without blanks, with the Name of its first part. */
export function dottedText(l: Lowering): { readonly dotted: string; readonly first: Name } {
  const names = parts(l)
  const first = names[0] as Name
  l.start = first.start - l.shift
  return { dotted: names.length === 1 ? first.id : l.interner.of(names.map((part) => part.id).join('.')), first }
}

/** A `dotted_name` as the expression it stands for in a pattern. */
export function dottedExpression(l: Lowering): Name | Attribute {
  const [first, ...rest] = parts(l) as [Name, ...Name[]]
  l.start = first.start - l.shift
  return rest.reduce<Name | Attribute>(
    (value: Expr, part) => ({ kind: 'Attribute', start: first.start, end: part.end, value, attr: part.id }), first)
}
