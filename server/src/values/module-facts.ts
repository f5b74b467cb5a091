/**
 * What the names of a module mean to its functions: functions, classes, imports, constants. A name that is bound
 * twice in different ways means nothing. Read off the statements alone, without following control flow.
 */
import type { AnnAssign, Assign, ClassDef, Expr, FunctionDef, Import, ImportFrom, Stmt, Suite } from '../syntax/ast.ts'

export type ModuleFact =
  | { readonly kind: 'function'; readonly def: FunctionDef }
  | { readonly kind: 'class'; readonly def: ClassDef }
  | { readonly kind: 'import'; readonly dotted: string }
  | { readonly kind: 'assignment'; readonly value: Expr; readonly annotation: Expr | null }
  | { readonly kind: 'ambiguous' }

export type ModuleFacts = ReadonlyMap<string, ModuleFact>

/** The facts of the statements, those in `if`, `try` and `with` included; a later import of the same thing under `try … except ImportError` does not make a name ambiguous when both agree on the last component. */
export function collectFacts(body: Suite): ModuleFacts {
  const facts = new Map<string, ModuleFact>()
  collectInto(facts, body)
  return facts
}

function collectInto(facts: Map<string, ModuleFact>, body: Suite): void {
  for (const stmt of body) collectStatement(facts, stmt)
}

function collectStatement(facts: Map<string, ModuleFact>, stmt: Stmt): void {
  switch (stmt.kind) {
    case 'FunctionDef': return put(facts, stmt.header.name.id, { kind: 'function', def: stmt })
    case 'ClassDef': return put(facts, stmt.name.id, { kind: 'class', def: stmt })
    case 'Import': return collectImport(facts, stmt)
    case 'ImportFrom': return collectImportFrom(facts, stmt)
    case 'Assign': return collectAssignment(facts, stmt)
    case 'AnnAssign': return collectAnnotated(facts, stmt)
    case 'AugAssign':
      if (stmt.target.kind === 'Name') facts.set(stmt.target.id, { kind: 'ambiguous' })
      return
    case 'If':
      collectInto(facts, stmt.body)
      return collectInto(facts, stmt.orelse)
    case 'Try':
      for (const handler of stmt.handlers) collectInto(facts, handler.body)
      collectInto(facts, stmt.body)
      collectInto(facts, stmt.orelse)
      return collectInto(facts, stmt.finalbody)
    case 'With': return collectInto(facts, stmt.body)
  }
}

function collectImport(facts: Map<string, ModuleFact>, stmt: Import): void {
  for (const alias of stmt.names) {
    put(facts, alias.bound.id, { kind: 'import', dotted: alias.hasAs ? alias.name : alias.bound.id })
  }
}

function collectImportFrom(facts: Map<string, ModuleFact>, stmt: ImportFrom): void {
  const module = '.'.repeat(stmt.level) + stmt.module
  for (const alias of stmt.names) {
    const separator = module === '' || module.endsWith('.') ? '' : '.'
    put(facts, alias.bound.id, { kind: 'import', dotted: module + separator + alias.name })
  }
}

function collectAssignment(facts: Map<string, ModuleFact>, stmt: Assign): void {
  for (const target of stmt.targets) {
    if (target.kind === 'Name') put(facts, target.id, { kind: 'assignment', value: stmt.value, annotation: null })
    else for (const name of targetNames(target)) facts.set(name, { kind: 'ambiguous' })
  }
}

function collectAnnotated(facts: Map<string, ModuleFact>, stmt: AnnAssign): void {
  if (stmt.target.kind === 'Name' && stmt.value) {
    put(facts, stmt.target.id, { kind: 'assignment', value: stmt.value, annotation: stmt.annotation })
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

function put(facts: Map<string, ModuleFact>, name: string, fact: ModuleFact): void {
  const old = facts.get(name)
  if (old && !agree(old, fact)) facts.set(name, { kind: 'ambiguous' })
  else facts.set(name, fact)
}

/** `try: import simplejson as json / except ImportError: import json` binds one meaning; so does `np = None` in a handler. */
function agree(old: ModuleFact, fresh: ModuleFact): boolean {
  if (old.kind === 'import' && fresh.kind === 'import') return true
  return old.kind === 'assignment' && isNone(old.value) && fresh.kind !== 'assignment'
}

function isNone(expr: Expr): boolean {
  return expr.kind === 'Constant' && expr.type === 'None'
}

/** Do both facts let a function conclude the same? Identity of nodes stands for equality of what they say. */
export function sameFact(a: ModuleFact | undefined, b: ModuleFact | undefined): boolean {
  if (!a || !b || a.kind !== b.kind) return a === b
  switch (a.kind) {
    case 'function': return a.def === (b as typeof a).def
    case 'class': return a.def === (b as typeof a).def
    case 'import': return a.dotted === (b as typeof a).dotted
    case 'assignment': return a.value === (b as typeof a).value
    case 'ambiguous': return true
  }
}
