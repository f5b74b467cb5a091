/** Stand-ins for definitions that the parser could not read, so that the names they bind stay bound while they are edited. */
import type { ClassDef, FunctionDef } from '../ast.ts'
import type { Piece } from '../split/splitter.ts'

/** The piece is a function, decorated or not. */
export function beginsFunction(text: string): boolean {
  return /^(?:@|(?:async\s+)?def\b)/.test(text)
}

/** A function of which only the header could be read. `shift` is the position of the piece's start. */
export function damagedFunction(header: FunctionDef, shift: number, { length, head }: Piece): FunctionDef {
  const end = shift + length
  return { ...header, end, body: [{ kind: 'ErrorStmt', start: shift + Math.min(head, length), end }], broken: true }
}

/** A class of which nothing but the name could be read. `shift` is the position of the header's start. */
export function damagedClass(text: string, shift: number): ClassDef {
  const match = /^(?:@.*\n\s*)*(class\s*)(\w*)/.exec(text)
  const keyword = shift + (match === null ? 0 : match[0].length - (match[1] ?? '').length - (match[2] ?? '').length)
  const start = keyword + (match?.[1] ?? '').length
  const id = match?.[2] ?? ''
  return {
    kind: 'ClassDef', start: shift, end: shift + text.length, keyword, name: { kind: 'Name', start, end: start + id.length, id },
    decorators: [], typeParams: [], args: [], body: [],
  }
}
