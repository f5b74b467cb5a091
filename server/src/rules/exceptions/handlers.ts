/** What a handler is about, by the names of its exceptions, what the attempt before it may have had, and the calls in both. */
import type { Call, Expr, Node } from '../../syntax/ast.ts'
import { forEachChild } from '../../syntax/walk.ts'
import type { Value } from '../../values/value.ts'

/** A large object that a function had which the attempt called. */
export interface Held {
  readonly value: Value
  /** Something else may raise once the object is there. */
  readonly failsLater: boolean
  readonly callee: string
}

/** The last parts of the names of the exceptions a handler takes. */
export function namesOf(type: Expr): readonly string[] {
  if (type.kind === 'Tuple') return type.elts.flatMap(namesOf)
  return type.kind === 'Name' ? [type.id] : type.kind === 'Attribute' ? [type.attr] : []
}

/** Raised by what reads, hardly by what works with what was read. */
export const READING_FAILED: ReadonlySet<string> = new Set(['UnicodeDecodeError', 'JSONDecodeError', 'ParserError', 'ParseError', 'EmptyDataError', 'XMLSyntaxError', 'UnpicklingError', 'BadZipFile', 'EOFError'])

/** Those that run with the statements: not those of functions and classes in them. */
export function callsIn(body: readonly Node[]): readonly Call[] {
  const calls: Call[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'Call') calls.push(node)
    if (node.kind !== 'FunctionDef' && node.kind !== 'Lambda' && node.kind !== 'ClassDef') forEachChild(node, visit)
  }
  for (const node of body) visit(node)
  return calls
}
