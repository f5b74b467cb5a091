/** Functions under `functools.cache` or `lru_cache(maxsize=None)`, and what their entries hang on. */
import type { ClassDef, Expr, Parameter } from '../syntax/ast.ts'
import { isNone, lastName } from '../syntax/expressions.ts'
import { someNode } from '../syntax/ancestors.ts'
import type { FunctionPlace } from '../semantic/functions.ts'
import { importedAs, type ModuleFacts } from '../values/module-facts.ts'
import type { ModuleUses } from '../semantic/uses/uses.ts'
import { isEverlasting, isLogger } from './class-bases.ts'
import { isGivenClosed } from './growth/keys.ts'
import { MADE_ONCE } from './growth/occasions.ts'
import { keptPer, perPart, type Questions } from './kept.ts'
import type { ModuleView } from './rule.ts'

export interface Cache {
  readonly place: FunctionPlace
  readonly decorator: Expr
  /** `cache`: `@cache`; `none`: `maxsize=None` is written. */
  readonly form: 'cache' | 'none'
  /** Some parameter may have any number of values; without parameters there is one entry. */
  readonly hasOpenKeys: boolean
  /**
   * Of a method: the objects it is called on. `everlasting`: classes and enum members, which stay anyway; `single`: made once, while
   * importing, as loggers are; `none`: a static or class method.
   */
  readonly owner: 'many' | 'single' | 'everlasting' | 'none'
}

/** Those of the module and its classes: what is made in a function goes with its cache. */
export function cachesIn(view: ModuleView): readonly Cache[] {
  return cachesAmong(decoratedIn(view), view)
}

const decoratedIn = perPart(({ functions }) => functions.filter(({ def, name }) => {
  const isNested = functions.some(f => f.def !== def && name.startsWith(`${f.name}.`))
  return def.header.decorators.length > 0 && !def.header.isAsync && !isNested
}))

const cachesAmong = keptPer((place: FunctionPlace, questions): readonly Cache[] => {
  const found = place.def.header.decorators.map(decorator => ({ decorator, form: formOf(decorator, questions.facts) })).find(d => d.form !== null)
  return found ? [{ place, decorator: found.decorator, form: found.form!, hasOpenKeys: hasOpenKeys(place, questions), owner: ownerOf(place, questions) }] : []
})

function formOf(decorator: Expr, facts: ModuleFacts): Cache['form'] | null {
  if (decorator.kind !== 'Call') return dotted(decorator, facts) === 'functools.cache' ? 'cache' : null
  if (dotted(decorator.func, facts) !== 'functools.lru_cache') return null
  const size = decorator.args.find(a => a.name === 'maxsize') ?? decorator.args.find(a => a.form === 'positional')
  return isNone(size?.value) ? 'none' : null
}

function dotted(expr: Expr, facts: ModuleFacts): string | null {
  if (expr.kind === 'Attribute') return expr.value.kind === 'Name' && importedAs(expr.value.id, facts) === 'functools' ? `functools.${expr.attr}` : null
  return expr.kind === 'Name' ? importedAs(expr.id, facts) : null
}

function hasOpenKeys({ def, ownClass }: FunctionPlace, { facts, uses, workspace }: Questions): boolean {
  const at = { functions: [], cls: null, around: [], facts, uses, workspace }
  return def.header.params.some(p => !isClosed(p, facts) && (ownClass !== null || !isGivenClosed(def, p, at)))
}

/** Flags, classes, enums and literals: as many as the program's text has. */
function isClosed({ annotation, default: value }: Parameter, facts: ModuleFacts): boolean {
  if (annotation === null) return value?.kind === 'Constant' && (value.type === 'True' || value.type === 'False')
  const head = annotation.kind === 'Subscript' ? annotation.value : annotation
  const name = lastName(head) ?? ''
  if (CLOSED.has(name)) return true
  const fact = facts.get(name)
  return fact?.kind === 'class' && isEverlasting(fact.def)
}

const CLOSED: ReadonlySet<string> = new Set(['bool', 'Literal', 'type', 'Type', 'None'])

function ownerOf({ def, ownClass }: FunctionPlace, { uses }: Questions): Cache['owner'] {
  if (ownClass === null || def.header.params.length === 0) return 'none'
  const isBound = (d: Expr) => d.kind === 'Name' && (d.id === 'staticmethod' || d.id === 'classmethod')
  if (def.header.decorators.some(isBound) || def.header.name.id === '__new__') return 'none'
  if (isEverlasting(ownClass)) return 'everlasting'
  return MADE_ONCE.test(ownClass.name.id) || isLogger(ownClass) || isMadeOnce(ownClass, uses) ? 'single' : 'many'
}

/** The file makes objects of the class at its top level only. */
function isMadeOnce({ name }: ClassDef, uses: ModuleUses): boolean {
  const calls = uses.ofGlobal(name.id).filter(u => u.deed === 'call')
  return calls.length > 0 && calls.every(u => u.place.atImport && !u.around.some(s => s.kind === 'For' || s.kind === 'While' || someNode(s, n => n.kind === 'Comprehension' && someNode(n, m => m === u.act))))
}

/** Names of functions whose cache somebody empties: `f.cache_clear`. */
export function clearedCaches({ uses }: ModuleView): ReadonlySet<string> {
  return new Set(uses.ofAttribute('cache_clear').map(({ node }) => (node.kind !== 'Attribute' ? '' : lastName(node.value) ?? '')))
}
