/** Attributes that one method of a class alone binds and reads: candidates for locals, told by the text alone. */
import type { Attribute, ClassDef, Expr, FunctionDef, Node, Stmt } from '../../syntax/ast.ts'
import { mentionsOf } from '../../semantic/mentions.ts'
import { isNone, lastName } from '../../syntax/expressions.ts'
import { nodesIn } from '../../syntax/ancestors.ts'
import { forEachChild } from '../../syntax/walk.ts'
import type { ModuleFacts } from '../../values/module-facts.ts'
import { perPart, type Questions } from '../kept.ts'
import { perObject } from '../../text/on-demand.ts'

export interface OwnAttribute {
  readonly attr: string
  readonly cls: ClassDef
  readonly method: FunctionDef
  /** Every `self.attr` of the method, in the order of the text. */
  readonly places: readonly Attribute[]
  /** Statements `self.attr = None` of other methods of the class. */
  readonly placeholders: readonly Placeholder[]
}

export interface Placeholder {
  readonly method: FunctionDef
  readonly stmt: Stmt
}

/** An attribute that a method binds to what may be large, told by the text of the class alone. */
export interface Candidate {
  readonly attr: string
  readonly cls: ClassDef
  readonly touched: Touched
}

export const candidatesIn = perPart(({ stmt }) => (stmt.kind === 'ClassDef' ? candidatesOf(stmt) : []))

const candidatesOf = perObject((cls: ClassDef): readonly Candidate[] => attributesSet(cls).flatMap(touched => [...touched.set].map(attr => ({ attr, cls, touched }))))

/** Null: others use it, too. */
export function ownAttribute({ attr, cls, touched: { method, places } }: Candidate, questions: Questions): OwnAttribute | null {
  const { mentions, facts } = questions
  const own = [...places.get(attr) ?? []].sort((a, b) => a.start - b.start)
  const isDunder = attr.startsWith('__') && attr.endsWith('__')
  if (isDunder || own.length < 2) return null
  const placeholders = (placeholdersOf(cls).get(attr) ?? []).filter(placeholder => placeholder.method !== method)
  if (mentions.countOf(attr) !== own.length + placeholders.length) return null
  const classes = plainClasses(cls, questions)
  if (classes === null || comesBack(method, classes, facts)) return null
  return { attr, cls, method, places: own, placeholders }
}

/** What a method does with attributes of its own object. */
export interface Touched {
  readonly method: FunctionDef
  readonly places: ReadonlyMap<string, readonly Attribute[]>
  /** Bound to what may be large. */
  readonly set: ReadonlySet<string>
}

/** The methods that bind attributes to what may be large; of every other method nothing is kept. */
const attributesSet = perObject((cls: ClassDef): readonly Touched[] =>
  cls.body.flatMap(stmt => (stmt.kind === 'FunctionDef' && !stmt.broken && stmt.header.decorators.length === 0 && !stmt.header.isAsync ? touchedIn(stmt) ?? [] : [])))

const touchedIn = perObject((method: FunctionDef): Touched | null => {
  const self = selfOf(method)
  if (self === null) return null
  const places = new Map<string, Attribute[]>()
  const set = new Set<string>()
  const visit = (node: Node): void => {
    if (node.kind === 'FunctionDef' || node.kind === 'Lambda' || node.kind === 'ClassDef') return
    // What it walks is evaluated at once, all else when it is walked.
    if (node.kind === 'Comprehension' && node.form === 'generator') return visit(node.generators[0]!.iter)
    if (node.kind === 'Attribute' && isName(node.value, self)) places.set(node.attr, [...places.get(node.attr) ?? [], node])
    if (node.kind === 'Assign' && mayBeLarge(node.value)) for (const target of node.targets) note(target)
    if (node.kind === 'AnnAssign' && node.value !== null && mayBeLarge(node.value)) note(node.target)
    forEachChild(node, visit)
  }
  const note = (target: Expr): void => {
    if (target.kind === 'Tuple' || target.kind === 'List') target.elts.forEach(note)
    else if (target.kind === 'Attribute' && isName(target.value, self)) set.add(target.attr)
  }
  method.body.forEach(visit)
  return set.size === 0 ? null : { method, places, set }
})

/** Null: nothing that methods are called with is their object. */
function selfOf({ header }: FunctionDef): string | null {
  const [first] = header.params
  return first?.form.startsWith('positional') ? first.name.id : null
}

function isName(expr: Expr, name: string): boolean {
  return expr.kind === 'Name' && expr.id === name
}

function mayBeLarge(value: Expr): boolean {
  return ['Call', 'Comprehension', 'BinOp', 'Subscript', 'IfExp'].includes(value.kind)
}

const placeholdersOf = perObject((cls: ClassDef): ReadonlyMap<string, readonly Placeholder[]> => {
  const found = new Map<string, Placeholder[]>()
  for (const method of cls.body) {
    if (method.kind !== 'FunctionDef') continue
    for (const stmt of method.body) {
      const attr = placeholderIn(stmt, selfOf(method))
      if (attr !== null) found.set(attr, [...found.get(attr) ?? [], { method, stmt }])
    }
  }
  return found
})

/** The attribute that the statement binds to None. */
function placeholderIn(stmt: Stmt, self: string | null): string | null {
  const target = stmt.kind === 'Assign' && stmt.targets.length === 1 ? stmt.targets[0]! : stmt.kind === 'AnnAssign' ? stmt.target : null
  if (target?.kind !== 'Attribute' || self === null || !isName(target.value, self)) return null
  const { value } = stmt as { readonly value: Expr | null }
  return isNone(value) ? target.attr : null
}

/** The method calls itself, by itself or through others of its classes: two runs share the attribute. Functions of modules are no methods. */
function comesBack(method: FunctionDef, classes: readonly ClassDef[], facts: ModuleFacts): boolean {
  const methods = new Map<string, FunctionDef[]>()
  for (const stmt of classes.flatMap(cls => cls.body)) if (stmt.kind === 'FunctionDef') methods.set(stmt.header.name.id, [...methods.get(stmt.header.name.id) ?? [], stmt])
  const seen = new Set<string>()
  const queue = [method]
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const { attr, value } of attributesIn(next)) {
      if (value.kind === 'Name' && facts.get(value.id)?.kind === 'import') continue
      if (attr === method.header.name.id) return true
      if (!seen.has(attr)) queue.push(...methods.get(attr) ?? [])
      seen.add(attr)
    }
  }
  return false
}

const attributesIn = perObject((method: FunctionDef): readonly Attribute[] => method.body.flatMap(stmt => nodesIn(stmt, (node): node is Attribute => node.kind === 'Attribute')))

/**
 * The class and those above it, wherever they are; null where its attributes are more than names: slots or fields, an own way of looking them up
 * or storing them, in some of them or in one that nobody here sees.
 */
function plainClasses(cls: ClassDef, { facts, workspace }: Questions): readonly ClassDef[] | null {
  const found: ClassDef[] = []
  const own: Home = { path: workspace?.path ?? '', facts }
  const queue: { readonly def: ClassDef; readonly home: Home }[] = [{ def: cls, home: own }]
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { def, home } = next
    if (found.includes(def)) continue
    if (def.decorators.length > 0 || definesHooks(def) || (home !== own && mentionsOf(def).isDynamic)) return null
    found.push(def)
    for (const argument of def.args) {
      if (argument.form === 'keyword' && argument.name === 'metaclass' && argument.value.kind === 'Name' && argument.value.id === 'ABCMeta') continue
      const base = argument.form === 'positional' ? baseOf(argument.value, home, workspace) : null
      if (base === null) return null
      if (base !== 'open') queue.push(base)
    }
  }
  return found
}

/** The file that a class stands in; what its names mean is known of the file that is looked at. */
interface Home {
  readonly path: string
  readonly facts: ModuleFacts | null
}

/** `open`: one that adds nothing. Null: who knows. */
function baseOf(expr: Expr, home: Home, workspace: Questions['workspace']): { readonly def: ClassDef; readonly home: Home } | 'open' | null {
  const base = expr.kind === 'Subscript' ? expr.value : expr
  if (OPEN_BASES.has(lastName(base) ?? '')) return 'open'
  const fact = base.kind === 'Name' ? home.facts?.get(base.id) : undefined
  if (fact?.kind === 'class') return { def: fact.def, home }
  const written = dottedName(base)
  const found = written === null ? null : workspace?.classNamed(written, home.path) ?? null
  return found && { def: found.def, home: { path: found.path, facts: null } }
}

function dottedName(expr: Expr): string | null {
  if (expr.kind === 'Name') return expr.id
  const inner = expr.kind === 'Attribute' ? dottedName(expr.value) : null
  return inner && expr.kind === 'Attribute' ? `${inner}.${expr.attr}` : null
}

const OPEN_BASES: ReadonlySet<string> = new Set(['object', 'ABC', 'Generic', 'Protocol'])

const definesHooks = perObject((cls: ClassDef): boolean => cls.body.some(stmt => {
  if (stmt.kind === 'FunctionDef') return HOOKS.has(stmt.header.name.id)
  const targets = stmt.kind === 'Assign' ? stmt.targets : stmt.kind === 'AnnAssign' ? [stmt.target] : []
  return targets.some(t => t.kind === 'Name' && (HOOKS.has(t.id) || t.id === '__slots__'))
}))

const HOOKS: ReadonlySet<string> = new Set([
  '__getattr__', '__getattribute__', '__setattr__', '__delattr__', '__dir__', '__getstate__', '__setstate__', '__reduce__', '__reduce_ex__', '__copy__', '__deepcopy__',
])
