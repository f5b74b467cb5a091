/** The function of this file that a call runs: by its name, a method of an object whose class is known, `__init__` where it makes one. */
import type { Call, ClassDef, Expr, FunctionDef } from '../syntax/ast.ts'
import type { FunctionPlace } from '../semantic/functions.ts'
import { methodNamed } from '../values/class-body.ts'
import type { FrameContext } from '../values/context.ts'
import { decoratorScope } from '../values/decorators.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { definitionOf, isSelf } from '../values/names.ts'
import { decorated, isLazy, type Decorated } from '../values/replacements.ts'
import type { ModuleView, Part } from './rule.ts'

export interface Callee extends FunctionPlace {
  /** Its first parameter is the object or class it is called on. */
  readonly isBound: boolean
  /** The call makes an object of a class, and runs this for it. */
  readonly isInit: boolean
  /** For a person: what holds the arguments until the function returns, whatever that does; null: nothing does. */
  readonly between: string | null
}

/** `part`: that of the caller. Null for functions of other files, and those of which decorators may have made anything. */
export function calleeIn({ func }: Call, { values }: FrameAnalysis, part: Part | null, module: ModuleView): Callee | null {
  const { context } = values
  const definition = definitionOf(func, context)
  if (definition?.kind === 'class') return initOf(definition.def, context, module)
  if (definition?.kind === 'function') return methodAt(definition.def, () => false, context, module)
  if (func.kind !== 'Attribute') return null
  if (isSelf(func.value, context)) {
    const own = part?.functions.find(f => f.ownClass === context.ownClass && f.def.header.name.id === func.attr)
    if (own) return methodAt(own.def, form => form !== 'static', context, module)
  }
  const cls = classOf(func.value, values, module)
  const method = cls && methodIn(cls.def, func.attr, module, new Set())
  return method && methodAt(method, form => form === 'class' || (form === 'plain' && !cls.isClass), context, module)
}

type Form = Decorated['form']

function methodAt(def: FunctionDef, isBound: (form: Form) => boolean, context: FrameContext, module: ModuleView): Callee | null {
  const place = module.placeOf(def)
  const known = place && decorated(def, isLazy(def), { ...decoratorScope(context), facts: module.facts, ownClass: place.ownClass })
  return known && { ...place, isBound: isBound(known.form), isInit: false, between: known.between }
}

/** The class of this file that an expression is, or whose object it is. */
function classOf(expr: Expr, values: FrameAnalysis['values'], { facts }: ModuleView): { readonly def: ClassDef; readonly isClass: boolean } | null {
  const definition = definitionOf(expr, values.context)
  if (definition?.kind === 'class') return { def: definition.def, isClass: true }
  const { type, guessed } = values.ofExpr(expr)
  const fact = type === null || guessed || type.includes('.') ? undefined : facts.get(type)
  return fact?.kind === 'class' ? { def: fact.def, isClass: false } : null
}

/** In the class, or in its bases as far as they are of this file. */
function methodIn(cls: ClassDef, name: string, module: ModuleView, seen: Set<ClassDef>): FunctionDef | null {
  if (seen.has(cls)) return null
  seen.add(cls)
  const own = methodNamed(name, cls)
  if (own) return own
  for (const { form, value } of cls.args) {
    const fact = form === 'positional' && value.kind === 'Name' ? module.facts.get(value.id) : undefined
    const method = fact?.kind === 'class' ? methodIn(fact.def, name, module, seen) : null
    if (method) return method
  }
  return null
}

function initOf(cls: ClassDef, context: FrameContext, module: ModuleView): Callee | null {
  if (cls.decorators.length > 0 || cls.args.some(a => a.form !== 'positional') || methodIn(cls, '__new__', module, new Set())) return null
  const init = methodIn(cls, '__init__', module, new Set())
  const callee = init && methodAt(init, () => true, context, module)
  return callee && { ...callee, isInit: true }
}
