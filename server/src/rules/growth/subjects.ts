/** The containers of a module that outlive its functions, each with all that the module does with it. */
import type { ClassDef, Expr, FunctionDef, Name, Stmt, Suite } from '../../syntax/ast.ts'
import { isNone } from '../../syntax/expressions.ts'
import type { Use } from '../../semantic/uses/use.ts'
import { type Questions } from '../kept.ts'
import type { Part } from '../rule.ts'
import { collectionOf, mayHold, type CollectionKind } from './collections.ts'
import { perObject } from '../../text/on-demand.ts'

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

/** What a statement may make outlive functions, told by its text alone. What it comes to depends on the rest of the module. */
export interface Candidate {
  subjects(questions: Questions): readonly Subject[]
}

export function candidatesIn({ stmt, functions }: Part): readonly Candidate[] {
  return [...candidatesAt(stmt), ...functions.flatMap(place => defaultsOf(place.def))]
}

const candidatesAt = perObject((stmt: Stmt): readonly Candidate[] => (stmt.kind === 'ClassDef' ? ofClass(stmt, stmt.name.id) : ofStatement(stmt)))

function ofStatement(stmt: Stmt): readonly Candidate[] {
  const own = bindingsIn(stmt).filter(b => mayHold(b.value) || isNone(b.value)).flatMap(b => [singleton(b), global(b)])
  return [...own, ...suitesOf(stmt).flat().flatMap(inner => candidatesAt(inner))]
}

function ofClass(cls: ClassDef, path: string): readonly Candidate[] {
  return cls.body.flatMap(stmt => [
    ...(stmt.kind === 'ClassDef' ? ofClass(stmt, `${path}.${stmt.name.id}`) : []),
    ...bindingsIn(stmt).filter(b => mayHold(b.value)).map(b => attribute(cls, path, b)),
  ])
}

function global({ target, value }: Bound): Candidate {
  return {
    subjects: questions => {
      if (!isNone(value) && collectionOf(value, questions.facts) === null) return []
      const uses = questions.uses.ofGlobal(target.id)
      // One finding for a name, at its first binding.
      const made = uses.find(isMadeByModule)?.node === target ? madeBy(value, uses, questions) : null
      return made === null ? [] : [{ form: 'global', title: target.id, name: target.id, ...made, binding: target, home: null, scope: '<module>', uses }]
    },
  }
}

/** An assignment that runs once, with the module. */
function isMadeByModule({ deed, place, act, node, around }: Use): boolean {
  const isAssigned = act.kind === 'Assign' ? act.targets.some(t => t === node) : act.kind === 'AnnAssign' && act.target === node
  return deed === 'bind' && isAssigned && isOnce(place, around)
}

function isOnce({ atImport, cls }: Use['place'], around: readonly Stmt[]): boolean {
  return atImport && cls === null && around.every((s, i) => i === around.length - 1 || s.kind === 'If' || s.kind === 'With' || s.kind === 'Try')
}

/** What it holds: bound here, or `None` here and a container in the function that needs it first. */
function madeBy(value: Expr, uses: readonly Use[], { facts }: Questions): Pick<Subject, 'kind' | 'value'> | null {
  const values = isNone(value) ? uses.flatMap(u => (u.deed === 'bind' && u.value !== null && !isNone(u.value) ? [u.value] : [])) : [value]
  const kinds = values.map(v => collectionOf(v, facts))
  const [kind] = kinds
  return kind && kinds.every(k => k === kind) ? { kind, value: values[0]! } : null
}

function attribute(cls: ClassDef, path: string, { target, value }: Bound): Candidate {
  return {
    subjects: questions => {
      const kind = collectionOf(value, questions.facts)
      if (kind === null) return []
      const uses = questions.uses.ofAttribute(target.id).filter(u => !isOfAnother(u, path, questions))
      // What an instance binds for itself is not shared.
      if (uses.some(u => u.deed === 'bind' && !u.place.atImport)) return []
      return [{ form: 'class', title: `${path}.${target.id}`, name: target.id, kind, binding: target, value, home: cls, scope: path, uses }]
    },
  }
}

/** `manager = Manager()` at the top of the module: what its methods put into its attributes lives as long as the module. */
function singleton({ target, value }: Bound): Candidate {
  return {
    subjects: questions => {
      if (value.kind !== 'Call' || value.func.kind !== 'Name') return []
      const fact = questions.facts.get(value.func.id)
      const init = fact?.kind === 'class' ? methodOf(fact.def, '__init__') : undefined
      if (fact?.kind !== 'class' || init === undefined) return []
      const first = questions.uses.ofGlobal(value.func.id).find(isNamedByModule)
      if (first?.act !== value || !isFirstTarget(target, first.around.at(-1)!)) return []
      return attributesBoundIn(init).flatMap(({ binding, value: made }) => instanceAttribute(fact.def, target, binding, made, questions) ?? [])
    },
  }
}

/** The module makes an object of the class, and gives it a name. */
function isNamedByModule({ deed, place, act, around }: Use): boolean {
  const stmt = around.at(-1)
  return deed === 'call' && stmt !== undefined && bindingsIn(stmt).some(b => b.value === act) && isOnce(place, around)
}

function isFirstTarget(target: Name, stmt: Stmt): boolean {
  return bindingsIn(stmt)[0]?.target === target
}

function instanceAttribute(cls: ClassDef, holder: Name, binding: Expr & { readonly attr: string }, value: Expr, questions: Questions): Subject | null {
  const kind = collectionOf(value, questions.facts)
  if (kind === null) return null
  const path = cls.name.id
  const uses = questions.uses.ofAttribute(binding.attr).filter(u => !isOfAnother(u, path, questions))
  const isInitial = (u: Use): boolean => u.deed === 'bind' && u.place.scope === `${path}.__init__`
  if (uses.some(u => u.deed === 'bind' && !isInitial(u))) return null
  return {
    form: 'singleton', title: `${holder.id}.${binding.attr}`, name: binding.attr, kind, binding, value, home: cls, scope: `${path}.__init__`, uses: uses.filter(u => !isInitial(u)),
  }
}

/** An attribute of the same name that surely belongs to another class: one that has it itself. */
function isOfAnother({ owner, name }: Use, path: string, { facts }: Questions): boolean {
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

/** A parameter whose default is a container, which the function binds to nothing else. The defaults of an inner function go with it. */
const defaultsOf = perObject((def: FunctionDef): readonly Candidate[] => {
  const given = isCalledByPython(def) ? [] : def.header.params.flatMap(({ name, default: value }) => (value !== null && mayHold(value) ? [{ name, value }] : []))
  return given.length === 0 ? [] : [{ subjects: questions => given.flatMap(({ name, value }) => defaultOf(def, name, value, questions)) }]
})

/** `__deepcopy__(self, memo={})`: whoever calls it passes all there is to pass. Those that make objects and calls are called by people. */
function isCalledByPython({ header }: FunctionDef): boolean {
  return /^__\w+__$/.test(header.name.id) && !['__init__', '__new__', '__call__'].includes(header.name.id)
}

function defaultOf(def: FunctionDef, binding: Name, value: Expr, { uses, facts }: Questions): readonly Subject[] {
  const own = uses.ofDefault(binding.id).filter(u => u.owner.kind === 'default' && u.owner.def === def)
  const [first] = own
  const kind = collectionOf(value, facts)
  if (kind === null || first === undefined || own.some(u => u.deed === 'bind') || first.place.functions[0] !== def) return []
  return [{ form: 'default', title: binding.id, name: binding.id, kind, binding, value, home: def, scope: first.place.scope, uses: own }]
}
