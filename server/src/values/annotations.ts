/** Types from annotations: `pd.DataFrame`, `list[int]`, `Optional[X]`, `X | None`, and the same as strings. */
import type { Expr, Subscript } from '../syntax/ast.ts'
import { isEllipsis, isNone } from '../syntax/expressions.ts'
import type { TypeName } from '../models/model.ts'
import type { FrameContext } from './context.ts'
import { dottedName, globalFact } from './names.ts'

export interface AnnotatedType {
  readonly type: TypeName
  readonly element: AnnotatedType | null
  /** Of a mapping's keys. */
  readonly key?: AnnotatedType | null
  /** Of a tuple whose items are named one by one. */
  readonly items?: readonly (AnnotatedType | null)[]
}

/** Generic aliases of `typing` and `collections.abc` and the builtin they stand for. */
const GENERIC: Readonly<Record<string, TypeName>> = {
  List: 'list', Dict: 'dict', Set: 'set', FrozenSet: 'frozenset', Tuple: 'tuple', Deque: 'collections.deque', DefaultDict: 'collections.defaultdict',
  Iterator: 'iterator', Generator: 'generator', AsyncIterator: 'iterator', Text: 'str', ByteString: 'bytes',
}

/** The type an annotation names, or null where it names none or several. */
export function annotatedType(annotation: Expr, context: FrameContext): AnnotatedType | null {
  switch (annotation.kind) {
    case 'Name':
    case 'Attribute': return named(dottedName(annotation, context) ?? localClass(annotation, context), context)
    case 'Constant': return annotation.type === 'str' && typeof annotation.value === 'string' ? fromText(annotation.value, context) : null
    case 'BinOp': return annotation.op === '|' ? either([annotation.left, annotation.right], context) : null
    case 'Subscript': return generic(annotation, context)
    default: return null
  }
}

function localClass(expr: Expr, context: FrameContext): string | null {
  return expr.kind === 'Name' && globalFact(expr, context)?.kind === 'class' ? expr.id : null
}

function named(dotted: string | null, context: FrameContext): AnnotatedType | null {
  if (dotted === null) return null
  const last = dotted.slice(dotted.lastIndexOf('.') + 1)
  const alias = /^(typing|typing_extensions|collections\.abc)\./.test(dotted) ? GENERIC[last] : undefined
  const type = alias ?? context.models.canonical(dotted) ?? dotted
  return { type, element: null }
}

/** `X | None` is X; a real choice between types is nothing. */
function either(parts: readonly Expr[], context: FrameContext): AnnotatedType | null {
  const real = parts.filter(p => !isNone(p))
  return real.length === 1 ? annotatedType(real[0]!, context) : null
}

function generic(annotation: Subscript, context: FrameContext): AnnotatedType | null {
  const dotted = dottedName(annotation.value, context)
  const args = annotation.slice.kind === 'Tuple' ? annotation.slice.elts : [annotation.slice]
  const last = dotted?.slice(dotted.lastIndexOf('.') + 1)
  if (last === 'Optional') return annotatedType(args[0]!, context)
  if (last === 'Union') return either(args, context)
  if (last === 'Annotated' || last === 'Final' || last === 'ClassVar') return annotatedType(args[0]!, context)
  const base = named(dotted, context)
  if (base === null) return null
  const typeOf = (arg: Expr | undefined) => (arg ? annotatedType(arg, context) : null)
  if (context.models.type(base.type)?.kind === 'dict') return { type: base.type, key: typeOf(args[0]), element: typeOf(args[1]) }
  // `tuple[int, ...]` has any number of the same.
  if (base.type === 'tuple' && !args.some(isEllipsis)) return { type: 'tuple', element: null, items: args.map(typeOf) }
  return { type: base.type, element: typeOf(args[0]) }
}

/** A string annotation that is one dotted name, as `"pd.DataFrame"` or `"list[int]"`'s outer part. */
function fromText(text: string, context: FrameContext): AnnotatedType | null {
  const match = /^\s*(?:Optional\[)?\s*([A-Za-z_][\w.]*)/.exec(text)
  if (!match || text.includes('|')) return null
  const [root = '', ...rest] = match[1]!.split('.')
  const fact = context.facts.get(root)
  const base = fact?.kind === 'import' ? fact.dotted : fact?.kind === 'class' ? root : fact === undefined ? root : null
  return base === null ? null : named([base, ...rest].join('.'), context)
}
