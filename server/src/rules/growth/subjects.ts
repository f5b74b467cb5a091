/** The containers of a module that outlive its functions, each with all that the module does with it. */
import type { ClassDef, Expr, FunctionDef, Name, Stmt, Suite } from '../../syntax/ast.ts'
import { usesOf, type ModuleUses } from '../../semantic/uses/uses.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { ModuleView } from '../rule.ts'
import { collectionOf, type CollectionKind } from './collections.ts'

export interface Subject {
  readonly form: 'global' | 'class' | 'singleton' | 'default'
  /** As a reader of the module would write it: `JOBS`, `Session.cache`, `manager.jobs`. */
  readonly title: string
  /** The global, attribute or parameter. */
  readonly name: string
  readonly kind: CollectionKind
  /** Where the squiggle is. */
  readonly binding: Expr
  /** What makes it. */
  readonly value: Expr
  /** The class it belongs to, or the function. */
  readonly home: ClassDef | FunctionDef | null
  readonly scope: string
  readonly uses: readonly Use[]
}

export function subjectsOf(view: ModuleView): readonly Subject[] {
  const uses = usesOf(view.facts, view.body, view.scopes)
  const found = new Finder(view, uses)
  found.inBody(view.body)
  return [...found.subjects, ...defaults(view, uses)]
}

class Finder {
  readonly subjects: Subject[] = []
  private readonly view: ModuleView
  private readonly uses: ModuleUses
  private readonly seen = new Set<string>()

  constructor(view: ModuleView, uses: ModuleUses) {
    this.view = view
    this.uses = uses
  }

  inBody(body: Suite): void {
    for (const stmt of body) this.inStatement(stmt)
  }

  private inStatement(stmt: Stmt): void {
    if (stmt.kind === 'ClassDef') return this.inClass(stmt, stmt.name.id)
    for (const { target, value } of bindingsIn(stmt)) {
      this.singleton(target, value)
      this.global(target, value)
    }
    for (const body of suitesOf(stmt)) this.inBody(body)
  }

  /** One finding for a name, at its first binding. */
  private global(target: Name, value: Expr): void {
    if (this.seen.has(target.id)) return
    this.seen.add(target.id)
    const uses = this.uses.ofGlobal(target.id)
    const made = this.made(value, uses)
    if (made !== null) this.subjects.push({ form: 'global', title: target.id, name: target.id, ...made, binding: target, home: null, scope: '<module>', uses })
  }

  /** What it holds: bound here, or `None` here and a container in the function that needs it first. */
  private made(value: Expr, uses: readonly Use[]): Pick<Subject, 'kind' | 'value'> | null {
    const values = isNone(value) ? uses.flatMap(u => (u.deed === 'bind' && u.value !== null && !isNone(u.value) ? [u.value] : [])) : [value]
    const kinds = values.map(v => collectionOf(v, this.view.facts))
    const [kind] = kinds
    return kind && kinds.every(k => k === kind) ? { kind, value: values[0]! } : null
  }

  private inClass(cls: ClassDef, path: string): void {
    for (const stmt of cls.body) {
      if (stmt.kind === 'ClassDef') this.inClass(stmt, `${path}.${stmt.name.id}`)
      for (const { target, value } of bindingsIn(stmt)) this.attribute(cls, path, target, value)
    }
  }

  private attribute(cls: ClassDef, path: string, target: Name, value: Expr): void {
    const kind = collectionOf(value, this.view.facts)
    if (kind === null) return
    const uses = this.uses.ofAttribute(target.id).filter(u => !isOfAnother(u, path, this.view))
    // What an instance binds for itself is not shared.
    if (uses.some(u => u.deed === 'bind' && !u.place.atImport)) return
    this.subjects.push({ form: 'class', title: `${path}.${target.id}`, name: target.id, kind, binding: target, value, home: cls, scope: path, uses })
  }

  /** `manager = Manager()` at the top of the module: what its methods put into its attributes lives as long as the module. */
  private singleton(target: Name, value: Expr): void {
    if (value.kind !== 'Call' || value.func.kind !== 'Name') return
    const fact = this.view.facts.get(value.func.id)
    const init = fact?.kind === 'class' ? methodOf(fact.def, '__init__') : undefined
    if (fact?.kind !== 'class' || init === undefined || this.seen.has(fact.def.name.id)) return
    this.seen.add(fact.def.name.id)
    for (const { binding, value: made } of attributesBoundIn(init)) this.instanceAttribute(fact.def, target, binding, made)
  }

  private instanceAttribute(cls: ClassDef, holder: Name, binding: Expr & { readonly attr: string }, value: Expr): void {
    const kind = collectionOf(value, this.view.facts)
    if (kind === null) return
    const path = cls.name.id
    const uses = this.uses.ofAttribute(binding.attr).filter(u => !isOfAnother(u, path, this.view))
    const isInitial = (u: Use): boolean => u.deed === 'bind' && u.place.scope === `${path}.__init__`
    if (uses.some(u => u.deed === 'bind' && !isInitial(u))) return
    this.subjects.push({
      form: 'singleton', title: `${holder.id}.${binding.attr}`, name: binding.attr, kind, binding, value, home: cls, scope: `${path}.__init__`, uses: uses.filter(u => !isInitial(u)),
    })
  }
}

/** An attribute of the same name that surely belongs to another class: one that has it itself. */
function isOfAnother({ owner, name }: Use, path: string, { facts }: ModuleView): boolean {
  if (owner.kind !== 'own' || owner.cls === path) return false
  const fact = facts.get(owner.cls)
  if (fact?.kind !== 'class') return true
  return fact.def.args.length === 0 || fact.def.body.some(s => bindingsIn(s).some(b => b.target.id === name))
}

interface Bound {
  readonly target: Name
  readonly value: Expr
}

function bindingsIn(stmt: Stmt): readonly Bound[] {
  if (stmt.kind === 'Assign') return stmt.targets.flatMap(t => (t.kind === 'Name' ? [{ target: t, value: stmt.value }] : []))
  return stmt.kind === 'AnnAssign' && stmt.target.kind === 'Name' && stmt.value ? [{ target: stmt.target, value: stmt.value }] : []
}

/** The suites of a statement that run when it does. */
function suitesOf(stmt: Stmt): readonly Suite[] {
  switch (stmt.kind) {
    case 'If': return [stmt.body, stmt.orelse]
    case 'With': return [stmt.body]
    case 'Try': return [stmt.body, ...stmt.handlers.map(h => h.body), stmt.orelse, stmt.finalbody]
    default: return []
  }
}

function methodOf(cls: ClassDef, name: string): FunctionDef | undefined {
  return cls.body.find((s): s is FunctionDef => s.kind === 'FunctionDef' && s.header.name.id === name)
}

function attributesBoundIn(init: FunctionDef): readonly { readonly binding: Expr & { readonly attr: string }; readonly value: Expr }[] {
  const self = init.header.params[0]?.name.id
  return init.body.flatMap(stmt => {
    const target = stmt.kind === 'Assign' ? stmt.targets[0] : stmt.kind === 'AnnAssign' ? stmt.target : undefined
    const value = stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' ? stmt.value : null
    return target?.kind === 'Attribute' && target.value.kind === 'Name' && target.value.id === self && value ? [{ binding: target, value }] : []
  })
}

function isNone(expr: Expr): boolean {
  return expr.kind === 'Constant' && expr.type === 'None'
}

/** Parameters whose default is a container, which the function binds to nothing else. The defaults of an inner function go with it. */
function defaults({ facts }: ModuleView, uses: ModuleUses): readonly Subject[] {
  const byParameter = new Map<FunctionDef, Map<string, Use[]>>()
  for (const use of uses.ofDefaults()) {
    const def = (use.owner as Extract<Use['owner'], { kind: 'default' }>).def
    const names = byParameter.get(def) ?? new Map<string, Use[]>()
    byParameter.set(def, names.set(use.name, [...names.get(use.name) ?? [], use]))
  }
  return [...byParameter].flatMap(([def, names]) => [...names].flatMap(([name, list]) => {
    const param = def.header.params.find(p => p.name.id === name)
    const kind = param?.default ? collectionOf(param.default, facts) : null
    if (kind === null || list.some(u => u.deed === 'bind') || list[0]!.place.functions[0] !== def) return []
    const { scope } = list[0]!.place
    return [{ form: 'default' as const, title: name, name, kind, binding: param!.name, value: param!.default!, home: def, scope, uses: list }]
  }))
}
