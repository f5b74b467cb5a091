/** Events of statements. */
import type { AnnAssign, Assert, Assign, AugAssign, Delete, Expr, Import, ImportFrom, Raise, Return, Stmt, Suite } from '../syntax/ast.ts'
import type { Builder } from './builder.ts'
import { visitClassDef, visitFunctionDef, visitTypeAlias } from './definitions.ts'
import { visitTry } from './exceptions.ts'
import { visitCondition, visitExpr, visitOptional } from './expressions.ts'
import type { SuiteInfo } from './graph.ts'
import { visitFor, visitIf, visitWhile } from './branches.ts'
import { visitMatch } from './match.ts'
import { visitPlace, visitTarget } from './targets.ts'
import { visitWith } from './with.ts'

export function visitSuite(b: Builder, body: Suite, owner: Stmt | null, part: SuiteInfo['part']): void {
  b.places.suite(body, owner, part, b.current.id, b.current.events.length)
  for (const stmt of body) {
    const place = b.places.open(stmt, b.current.id, b.current.events.length)
    visitStatement(b, stmt)
    b.places.close(place, b.current.id, b.current.events.length)
  }
}

function visitStatement(b: Builder, s: Stmt): void {
  switch (s.kind) {
    case 'ExprStmt': return visitExpr(b, s.value)
    case 'Assign': return visitAssign(b, s)
    case 'If': return visitIf(b, s)
    case 'Return': return visitReturn(b, s)
    case 'FunctionDef': return visitFunctionDef(b, s)
    case 'For': return visitFor(b, s)
    case 'AugAssign': return visitAugAssign(b, s)
    case 'AnnAssign': return visitAnnAssign(b, s)
    case 'Raise': return visitRaise(b, s)
    case 'Assert': return visitAssert(b, s)
    case 'Import': return visitImport(b, s)
    case 'ImportFrom': return visitImportFrom(b, s)
    case 'With': return visitWith(b, s)
    case 'Try': return visitTry(b, s)
    case 'While': return visitWhile(b, s)
    case 'ClassDef': return visitClassDef(b, s)
    case 'Delete': return visitDelete(b, s)
    case 'Match': return visitMatch(b, s)
    case 'TypeAlias': return visitTypeAlias(b, s)
    case 'Break': return b.jump('break')
    case 'Continue': return b.jump('continue')
    case 'ErrorStmt':
      s.names.forEach(name => visitExpr(b, name))
      return b.operation(s)
    case 'Pass': case 'Global': case 'Nonlocal': return
  }
}

function visitAssign(b: Builder, s: Assign): void {
  visitExpr(b, s.value)
  for (const target of s.targets) visitTarget(b, target, 'assignment', s, s.value)
}

function visitAugAssign(b: Builder, s: AugAssign): void {
  visitExpr(b, s.target)
  visitExpr(b, s.value)
  b.emit({ kind: 'augment', node: s })
  if (s.target.kind === 'Name') b.bind(s.target, 'augmented', s, null)
  else b.emit({ kind: 'store', node: s.target, value: null, path: [], stmt: s })
}

/** Functions never evaluate the annotations of their variables; modules and classes do, after the assignment. */
function visitAnnAssign(b: Builder, s: AnnAssign): void {
  if (s.value !== null) {
    visitExpr(b, s.value)
    visitTarget(b, s.target, 'annotated', s, s.value)
  } else if (s.target.kind !== 'Name') {
    visitPlace(b, s.target)
  }
  const { kind } = b.names.scope
  if (kind === 'module' || kind === 'class') visitAnnotation(b, s.annotation)
}

export function visitAnnotation(b: Builder, annotation: Expr): void {
  b.lazy = true
  visitExpr(b, annotation)
  b.lazy = false
}

function visitDelete(b: Builder, s: Delete): void {
  for (const target of s.targets) deleteTarget(b, target, s)
}

function deleteTarget(b: Builder, target: Expr, s: Delete): void {
  if (target.kind === 'Name') return b.remove(target)
  if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const elt of target.elts) deleteTarget(b, elt, s)
    return
  }
  visitPlace(b, target)
  b.emit({ kind: 'store', node: target, value: null, path: [], stmt: s })
}

/** The value is computed first, then `finally` bodies run. */
function visitReturn(b: Builder, s: Return): void {
  visitOptional(b, s.value)
  b.emitQuiet({ kind: 'return', node: s })
  b.jump('return')
}

function visitRaise(b: Builder, s: Raise): void {
  visitOptional(b, s.exc)
  visitOptional(b, s.cause)
  b.emit({ kind: 'raise', node: s })
  b.unreachable()
}

/** Assertions are taken to be enabled. */
function visitAssert(b: Builder, s: Assert): void {
  const failed = b.newBlock()
  const end = b.newBlock()
  visitCondition(b, s.test, end, failed)
  b.start(failed)
  visitOptional(b, s.msg)
  b.operation(s)
  b.start(end)
}

function visitImport(b: Builder, s: Import): void {
  for (const alias of s.names) {
    b.operation(s)
    b.bind(alias.bound, 'import', s, null)
  }
}

function visitImportFrom(b: Builder, s: ImportFrom): void {
  b.operation(s)
  if (s.star) b.hasStarImport = true
  for (const alias of s.names) b.bind(alias.bound, 'import', s, null)
}
