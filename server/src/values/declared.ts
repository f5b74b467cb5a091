/** What an annotation adds to a value. */
import type { Expr } from '../syntax/ast.ts'
import { annotatedType, type AnnotatedType } from './annotations.ts'
import type { FrameContext } from './context.ts'
import { kindOf, ofType } from './parts.ts'
import type { Value } from './value.ts'

/** The value of something that is declared to be of this type: of what it is known to be, nothing is taken back. */
export function withDeclared(value: Value, declared: AnnotatedType, context: FrameContext): Value {
  return completed(value, ofType(declared, context))
}

/** What a function gives whose result is annotated, where the annotation names a kind of data. */
export function returnedAs(value: Value, annotation: Expr, context: FrameContext): Value {
  const declared = annotatedType(annotation, context)
  return declared && isKnown(declared, context) ? withDeclared(value, declared, context) : value
}

/** Not so are any types (`Any`, `T`), and classes: what is given may be of a class derived from them, and do more. */
function isKnown({ type }: AnnotatedType, context: FrameContext): boolean {
  const kind = kindOf(type, context)
  return kind !== null && kind !== 'object'
}

function completed(value: Value, declared: Value): Value {
  if (value.type !== null && value.type !== declared.type) return value
  const items = value.items ?? declared.items
  return {
    ...value,
    type: declared.type,
    guessed: value.type !== null && value.guessed,
    size: value.size.origin === 'unknown' ? declared.size : value.size,
    element: value.element && declared.element ? completed(value.element, declared.element) : value.element ?? declared.element,
    items: items && declared.items?.length === items.length ? items.map((item, i) => completed(item, declared.items![i]!)) : items,
  }
}
