/** Functions under `functools.cache` or `lru_cache(maxsize=None)`, and what their entries hang on. */
import type { ClassDef, Expr, Node, Parameter, Stmt, Suite } from '../syntax/ast.ts'
import { forEachChild } from '../syntax/walk.ts'
import type { FunctionPlace } from '../semantic/functions.ts'
import type { ModuleFacts } from '../values/module-facts.ts'
import { perNode, type ModuleView } from './rule.ts'

export interface Cache {
  readonly place: FunctionPlace
  readonly decorator: Expr
  /** `cache`: `@cache`; `none`: `maxsize=None` is written. */
  readonly form: 'cache' | 'none'
  /** Some parameter may have any number of values; without parameters there is one entry. */
  readonly hasOpenKeys: boolean
  /**
   * Of a method: the objects it is called on. `everlasting`: classes and enum members, which stay anyway; `single`: made once, while
   * importing; `none`: a static or class method.
   */
  readonly owner: 'many' | 'single' | 'everlasting' | 'none'
}

/** Those of the module and its classes: what is made in a function goes with its cache. */
export function cachesIn(view: ModuleView): readonly Cache[] {
  const decorated = view.functions.filter(({ def }) => def.header.decorators.length > 0)
  if (decorated.length === 0) return []
  const names = new Set(view.functions.map(f => f.name))
  const isNested = (name: string) => name.split('.').some((_, i, parts) => i > 0 && names.has(parts.slice(0, i).join('.')))
  return decorated.flatMap(place => {
    if (isNested(place.name) || place.def.header.isAsync) return []
    const found = place.def.header.decorators.map(decorator => ({ decorator, form: formOf(decorator, view.facts) })).find(d => d.form !== null)
    return found ? [{ place, decorator: found.decorator, form: found.form!, hasOpenKeys: hasOpenKeys(place, view.facts), owner: ownerOf(place, view) }] : []
  })
}

function formOf(decorator: Expr, facts: ModuleFacts): Cache['form'] | null {
  if (decorator.kind !== 'Call') return dotted(decorator, facts) === 'functools.cache' ? 'cache' : null
  if (dotted(decorator.func, facts) !== 'functools.lru_cache') return null
  const size = decorator.args.find(a => a.name === 'maxsize') ?? decorator.args.find(a => a.form === 'positional')
  return size?.value.kind === 'Constant' && size.value.type === 'None' ? 'none' : null
}

function dotted(expr: Expr, facts: ModuleFacts): string | null {
  if (expr.kind === 'Attribute') return expr.value.kind === 'Name' && importOf(expr.value.id, facts) === 'functools' ? `functools.${expr.attr}` : null
  return expr.kind === 'Name' ? importOf(expr.id, facts) : null
}

function importOf(name: string, facts: ModuleFacts): string | null {
  const fact = facts.get(name)
  return fact?.kind === 'import' ? fact.dotted : null
}

function hasOpenKeys({ def }: FunctionPlace, facts: ModuleFacts): boolean {
  return def.header.params.some(p => !isClosed(p, facts))
}

/** Flags, classes, enums and literals: as many as the program's text has. */
function isClosed({ annotation, default: value }: Parameter, facts: ModuleFacts): boolean {
  if (annotation === null) return value?.kind === 'Constant' && (value.type === 'True' || value.type === 'False')
  const head = annotation.kind === 'Subscript' ? annotation.value : annotation
  const name = head.kind === 'Attribute' ? head.attr : head.kind === 'Name' ? head.id : ''
  if (CLOSED.has(name)) return true
  const fact = facts.get(name)
  return fact?.kind === 'class' && isEverlasting(fact.def)
}

const CLOSED: ReadonlySet<string> = new Set(['bool', 'Literal', 'type', 'Type', 'None'])

function ownerOf({ def, ownClass }: FunctionPlace, view: ModuleView): Cache['owner'] {
  if (ownClass === null || def.header.params.length === 0) return 'none'
  const isBound = (d: Expr) => d.kind === 'Name' && (d.id === 'staticmethod' || d.id === 'classmethod')
  if (def.header.decorators.some(isBound) || def.header.name.id === '__new__') return 'none'
  if (isEverlasting(ownClass)) return 'everlasting'
  return isMadeOnce(ownClass, view) ? 'single' : 'many'
}

/** A class of classes, or of enum members. */
function isEverlasting({ args }: ClassDef): boolean {
  return args.some(({ value }) => {
    const name = value.kind === 'Attribute' ? value.attr : value.kind === 'Name' ? value.id : ''
    return name === 'type' || /(Enum|Flag|Meta)$/.test(name)
  })
}

/** The file makes objects of the class at its top level only. */
function isMadeOnce({ name }: ClassDef, { body }: ModuleView): boolean {
  const calls = body.flatMap(stmt => mentionsOf(stmt).calls.filter(c => c.name === name.id))
  return calls.length > 0 && calls.every(c => !c.isInside)
}

/** Names of functions whose cache somebody empties: `f.cache_clear`. */
export function clearedCaches(body: Suite): ReadonlySet<string> {
  return new Set(body.flatMap(stmt => mentionsOf(stmt).cleared))
}

interface Mentions {
  readonly cleared: readonly string[]
  /** Calls of names; `isInside`: in a function or class body. */
  readonly calls: readonly { readonly name: string; readonly isInside: boolean }[]
}

const mentionsOf = perNode((stmt: Stmt): Mentions => {
  const cleared: string[] = []
  const calls: { name: string; isInside: boolean }[] = []
  const visit = (node: Node, isInside: boolean): void => {
    if (node.kind === 'Attribute' && node.attr === 'cache_clear') cleared.push(node.value.kind === 'Attribute' ? node.value.attr : node.value.kind === 'Name' ? node.value.id : '')
    if (node.kind === 'Call' && node.func.kind === 'Name') calls.push({ name: node.func.id, isInside })
    const below = isInside || node.kind === 'FunctionDef' || node.kind === 'Lambda' || node.kind === 'For' || node.kind === 'While' || node.kind === 'Comprehension'
    if (node.kind === 'ClassDef' || node.kind === 'FunctionDef') {
      for (const inner of node.body) if (node.kind === 'ClassDef') merge(mentionsOf(inner), below)
      forEachChild(node, child => { if (node.kind === 'FunctionDef' || !node.body.includes(child as Stmt)) visit(child, below) })
    } else forEachChild(node, child => visit(child, below))
  }
  const merge = (inner: Mentions, isInside: boolean): void => {
    cleared.push(...inner.cleared)
    calls.push(...inner.calls.map(c => ({ ...c, isInside: c.isInside || isInside })))
  }
  visit(stmt, false)
  return { cleared, calls }
})
