/**
 * What the names of a module mean to its functions: functions, classes, imports, constants. A name that is bound
 * twice in different ways means nothing. Read off the statements alone, without following control flow.
 */
import type { AnnAssign, Assign, ClassDef, Expr, FunctionDef, Import, ImportFrom, Stmt, Suite } from '../syntax/ast.ts'
import { isNone } from '../syntax/expressions.ts'
import { perObject } from '../text/on-demand.ts'

export type ModuleFact =
  | { readonly kind: 'function'; readonly def: FunctionDef }
  | { readonly kind: 'class'; readonly def: ClassDef }
  | { readonly kind: 'import'; readonly dotted: string }
  | { readonly kind: 'assignment'; readonly value: Expr; readonly annotation: Expr | null }
  /** `imported`: one of the things that it may be, where that is imported (`try: from numba import njit`, and a `def` where that fails). */
  | { readonly kind: 'ambiguous'; readonly imported: string | null }

export interface ModuleFacts {
  get(name: string): ModuleFact | undefined
}

/** The dotted name that the module imports under a name; null: it does not. */
export function importedAs(name: string, facts: ModuleFacts): string | null {
  const fact = facts.get(name)
  return fact?.kind === 'import' ? fact.dotted : null
}

/** The facts of a module that is there as a whole. */
export interface AllFacts extends ModuleFacts {
  /** Those of which there is a fact. */
  names(): Iterable<string>
}

/** What names meant that no longer mean the same, or may not: the facts before, by name. */
export type FactChanges = ReadonlyMap<string, ModuleFact | undefined>

/** What one statement says of one name. */
interface Saying {
  readonly stmt: Stmt
  readonly fact: ModuleFact
}

/**
 * The facts of a body, brought up to date statement by statement. A later import of the same thing under `try … except ImportError`
 * does not make a name ambiguous when both agree.
 */
export class FactTable implements AllFacts {
  /** What is said of each name, in the order of the body, and what follows from it. */
  private readonly sayings = new Map<string, { readonly sayings: readonly Saying[]; readonly fact: ModuleFact }>()

  get(name: string): ModuleFact | undefined {
    return this.sayings.get(name)?.fact
  }

  names(): Iterable<string> {
    return this.sayings.keys()
  }

  /** `body` has the statements `added` where the one before had those of `removed`. */
  update(removed: Suite, added: Suite, body: Suite): FactChanges {
    const fresh = sayingsOf(added)
    const touched = new Set([...sayingsOf(removed).keys(), ...fresh.keys()])
    const changes = new Map([...touched].map(name => [name, this.get(name)]))
    const gone = new Set(removed)
    const positions = new Positions(body)
    for (const name of touched) {
      const kept = this.sayings.get(name)?.sayings.filter(s => !gone.has(s.stmt)) ?? []
      const more = fresh.get(name) ?? []
      this.put(name, kept.length === 0 ? more : [...kept, ...more].sort((a, b) => positions.of(a.stmt) - positions.of(b.stmt)))
    }
    return changes
  }

  private put(name: string, sayings: readonly Saying[]): void {
    const fact = sayings.map(s => s.fact).reduce<ModuleFact | undefined>(combined, undefined)
    if (fact === undefined) this.sayings.delete(name)
    else this.sayings.set(name, { sayings, fact })
  }
}

/** Where statements stand in a body: asked for names only that several of them bind. */
class Positions {
  private readonly body: Suite
  private known: ReadonlyMap<Stmt, number> | null = null

  constructor(body: Suite) {
    this.body = body
  }

  of(stmt: Stmt): number {
    this.known ??= new Map(this.body.map((s, index) => [s, index]))
    return this.known.get(stmt) ?? 0
  }
}

/** What names mean inside functions, as far as the statements of these say; `around`: outermost first. */
export function factsWithin(around: readonly FunctionDef[], facts: ModuleFacts): ModuleFacts {
  return around.reduce((outer, def) => ({ get: name => factsInside(def).get(name) ?? outer.get(name) }), facts)
}

const factsInside: (def: FunctionDef) => ModuleFacts = perObject(def => {
  const facts = new FactTable()
  facts.update([], def.body, def.body)
  return facts
})

/** What the statements say, by name; those in `if`, `try` and `with` included. */
function sayingsOf(body: Suite): ReadonlyMap<string, readonly Saying[]> {
  const found = new Map<string, Saying[]>()
  for (const stmt of body) {
    visit(stmt, (name, fact) => {
      const list = found.get(name)
      if (list) list.push({ stmt, fact })
      else found.set(name, [{ stmt, fact }])
    })
  }
  return found
}

type Say = (name: string, fact: ModuleFact) => void

function visitAll(body: Suite, say: Say): void {
  for (const stmt of body) visit(stmt, say)
}

function visit(stmt: Stmt, say: Say): void {
  switch (stmt.kind) {
    case 'FunctionDef': return say(stmt.header.name.id, { kind: 'function', def: stmt })
    case 'ClassDef': return say(stmt.name.id, { kind: 'class', def: stmt })
    case 'Import': return visitImport(stmt, say)
    case 'ImportFrom': return visitImportFrom(stmt, say)
    case 'Assign': return visitAssignment(stmt, say)
    case 'AnnAssign': return visitAnnotated(stmt, say)
    case 'AugAssign':
      if (stmt.target.kind === 'Name') say(stmt.target.id, AMBIGUOUS)
      return
    case 'If':
      visitAll(stmt.body, say)
      return visitAll(stmt.orelse, say)
    case 'Try':
      for (const handler of stmt.handlers) visitAll(handler.body, say)
      visitAll(stmt.body, say)
      visitAll(stmt.orelse, say)
      return visitAll(stmt.finalbody, say)
    case 'With': return visitAll(stmt.body, say)
  }
}

const AMBIGUOUS: ModuleFact = { kind: 'ambiguous', imported: null }

function visitImport(stmt: Import, say: Say): void {
  for (const alias of stmt.names) {
    say(alias.bound.id, { kind: 'import', dotted: alias.hasAs ? alias.name : alias.bound.id })
  }
}

function visitImportFrom(stmt: ImportFrom, say: Say): void {
  const module = '.'.repeat(stmt.level) + stmt.module
  for (const alias of stmt.names) {
    const separator = module === '' || module.endsWith('.') ? '' : '.'
    say(alias.bound.id, { kind: 'import', dotted: module + separator + alias.name })
  }
}

function visitAssignment(stmt: Assign, say: Say): void {
  for (const target of stmt.targets) {
    if (target.kind === 'Name') say(target.id, { kind: 'assignment', value: stmt.value, annotation: null })
    else for (const name of targetNames(target)) say(name, AMBIGUOUS)
  }
}

function visitAnnotated(stmt: AnnAssign, say: Say): void {
  if (stmt.target.kind === 'Name' && stmt.value) {
    say(stmt.target.id, { kind: 'assignment', value: stmt.value, annotation: stmt.annotation })
  }
}

function targetNames(target: Expr): readonly string[] {
  switch (target.kind) {
    case 'Name': return [target.id]
    case 'Tuple':
    case 'List': return target.elts.flatMap(targetNames)
    case 'Starred': return targetNames(target.value)
    default: return []
  }
}

function combined(old: ModuleFact | undefined, fact: ModuleFact): ModuleFact {
  return old === undefined || agree(old, fact) ? fact : { kind: 'ambiguous', imported: importedBy(old) ?? importedBy(fact) }
}

function importedBy(fact: ModuleFact): string | null {
  return fact.kind === 'import' ? fact.dotted : fact.kind === 'ambiguous' ? fact.imported : null
}

/** `try: import simplejson as json / except ImportError: import json` binds one meaning; so does `np = None` in a handler. */
function agree(old: ModuleFact, fresh: ModuleFact): boolean {
  if (old.kind === 'import' && fresh.kind === 'import') return true
  return old.kind === 'assignment' && isNone(old.value) && fresh.kind !== 'assignment'
}

/** Do both facts let a function conclude the same? Identity of nodes stands for equality of what they say. */
export function sameFact(a: ModuleFact | undefined, b: ModuleFact | undefined): boolean {
  if (!a || !b || a.kind !== b.kind) return a === b
  switch (a.kind) {
    case 'function': return a.def === (b as typeof a).def
    case 'class': return a.def === (b as typeof a).def
    case 'import': return a.dotted === (b as typeof a).dotted
    case 'assignment': return a.value === (b as typeof a).value
    case 'ambiguous': return a.imported === (b as typeof a).imported
  }
}
