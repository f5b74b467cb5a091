/** Attributes that one method of a class alone binds and reads: candidates for locals, told by the text alone. */
import type { Attribute, ClassDef, Expr, FunctionDef, Node, Stmt } from '../../syntax/ast.ts'
import { isNone, lastName } from '../../syntax/expressions.ts'
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
export function ownAttribute({ attr, cls, touched: { method, places } }: Candidate, { mentions, facts }: Questions): OwnAttribute | null {
  const own = [...places.get(attr) ?? []].sort((a, b) => a.start - b.start)
  const isDunder = attr.startsWith('__') && attr.endsWith('__')
  if (isDunder || own.length < 2) return null
  const placeholders = (placeholdersOf(cls).get(attr) ?? []).filter(placeholder => placeholder.method !== method)
  if (mentions.countOf(attr) !== own.length + placeholders.length || !isPlain(cls, facts, new Set()) || comesBack(method, cls, facts)) return null
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

/** The method calls itself, by itself or through others of the class: two runs share the attribute. Functions of modules are no methods. */
function comesBack(method: FunctionDef, cls: ClassDef, facts: ModuleFacts): boolean {
  const methods = new Map(cls.body.flatMap(stmt => (stmt.kind === 'FunctionDef' ? [[stmt.header.name.id, stmt] as const] : [])))
  const seen = new Set<string>()
  const queue = [method]
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const { attr, value } of attributesIn(next)) {
      if (value.kind === 'Name' && facts.get(value.id)?.kind === 'import') continue
      if (attr === method.header.name.id) return true
      const inner = methods.get(attr)
      if (inner && !seen.has(attr)) queue.push(inner)
      seen.add(attr)
    }
  }
  return false
}

const attributesIn = perObject((method: FunctionDef): readonly Attribute[] => {
  const found: Attribute[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'Attribute') found.push(node)
    forEachChild(node, visit)
  }
  method.body.forEach(visit)
  return found
})

/** Its attributes are names and nothing more: no slots or fields, no own way of looking them up or storing them, in no base either. */
function isPlain(cls: ClassDef, facts: ModuleFacts, seen: Set<ClassDef>): boolean {
  if (seen.has(cls) || cls.decorators.length > 0 || definesHooks(cls)) return false
  seen.add(cls)
  return cls.args.every(({ form, name, value }) => {
    if (form === 'keyword') return name === 'metaclass' && value.kind === 'Name' && value.id === 'ABCMeta'
    if (form !== 'positional') return false
    const base = value.kind === 'Subscript' ? value.value : value
    const bare = lastName(base) ?? ''
    if (OPEN_BASES.has(bare)) return true
    const fact = base.kind === 'Name' ? facts.get(base.id) : undefined
    return fact?.kind === 'class' && isPlain(fact.def, facts, seen)
  })
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
