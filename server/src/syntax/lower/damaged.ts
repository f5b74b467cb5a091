/** Stand-ins for definitions that the parser could not read, so that the names they bind stay bound while they are edited. */
import type { ClassDef, FunctionDef, FunctionHeader, Name } from '../ast.ts'
import type { Pos } from '../position.ts'
import { errorStmt, type Unread } from './unreadable.ts'

/** The piece is a function, decorated or not. A class with decorators may be taken for one, if its name cannot be found. */
export function beginsFunction(text: string): boolean {
  return FUNCTION.test(text)
}

const FUNCTION = /^(?:@[^\n]*\n\s*)*(async\s+)?(def\b\s*)(\w*)/
const CLASS = /^(?:@[^\n]*\n\s*)*()(class\b\s*)(\w*)/

/** A function of which no more than the header could be read, or only the name. `body`: what stands behind it, in the text of the piece. */
export function damagedFunction(head: FunctionDef | null, body: Unread): FunctionDef {
  const { text, shift, end } = body
  const header = head?.header ?? headerOf(text, shift)
  return { kind: 'FunctionDef', start: shift, end: shift + end, header, body: [errorStmt(body)], broken: true }
}

function headerOf(text: string, shift: Pos): FunctionHeader {
  const { keyword, name, isAsync } = declared(FUNCTION, text, shift)
  return { start: shift, end: name.end, keyword, name, isAsync, decorators: [], typeParams: [], params: [], returns: null }
}

/** A class of which nothing but the name could be read. `shift` is the position of the header's start. */
export function damagedClass(text: string, shift: Pos): ClassDef {
  const { keyword, name } = declared(CLASS, text, shift)
  return { kind: 'ClassDef', start: shift, end: shift + text.length, keyword, name, decorators: [], typeParams: [], args: [], body: [] }
}

/** The keyword and name of a definition, as far as the text tells. */
function declared(form: RegExp, text: string, shift: Pos): { readonly keyword: Pos; readonly name: Name; readonly isAsync: boolean } {
  const [whole = '', async = '', word = '', id = ''] = form.exec(text) ?? []
  const end = shift + whole.length
  const start = end - id.length
  return { keyword: start - word.length - async.length, name: { kind: 'Name', start, end, id }, isAsync: async !== '' }
}
