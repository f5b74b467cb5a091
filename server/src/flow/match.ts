/** `match`: subject, then case by case pattern, captures, guard, body. */
import type { Expr, Match, Name, Node, Pattern } from '../syntax/ast.ts'
import type { BlockId, Builder } from './builder.ts'
import { visitCondition, visitExpr } from './expressions.ts'
import type { Path } from './graph.ts'
import { visitSuite } from './statements.ts'

/** Names to bind once the whole pattern has matched; alternatives bind the same names from different places. */
type Capture =
  | { readonly kind: 'name'; readonly name: Name; readonly node: Node; readonly path: Path }
  | { readonly kind: 'alternatives'; readonly captures: readonly (readonly Capture[])[] }

export function visitMatch(b: Builder, s: Match): void {
  visitExpr(b, s.subject)
  const end = b.newBlock()
  for (const c of s.cases) {
    const next = b.newBlock()
    const captures: Capture[] = []
    visitPattern(b, c.pattern, [], next, captures)
    bindCaptures(b, captures, s.subject)
    if (c.guard !== null) visitGuard(b, c.guard, next)
    visitSuite(b, c.body, s, 'case')
    b.link(end)
    b.start(next)
  }
  b.link(end)
  b.start(end)
}

function visitGuard(b: Builder, guard: Expr, next: BlockId): void {
  const body = b.newBlock()
  visitCondition(b, guard, body, next)
  b.start(body)
}

/** Tests the pattern: goes on where it matches, to `failed` where it does not. */
function visitPattern(b: Builder, p: Pattern, path: Path, failed: BlockId, captures: Capture[]): void {
  switch (p.kind) {
    case 'MatchAs':
      if (p.pattern !== null) visitPattern(b, p.pattern, path, failed, captures)
      if (p.name !== null) captures.push({ kind: 'name', name: p.name, node: p, path })
      return
    case 'MatchStar':
      if (p.name !== null) captures.push({ kind: 'name', name: p.name, node: p, path })
      return
    case 'MatchValue':
      visitExpr(b, p.value)
      return check(b, p, failed)
    case 'MatchSequence':
      check(b, p, failed)
      return visitItems(b, p.patterns, path, failed, captures)
    case 'MatchMapping':
      for (const key of p.keys) visitExpr(b, key)
      check(b, p, failed)
      for (const value of p.patterns) visitPattern(b, value, [...path, '?'], failed, captures)
      if (p.rest !== null) captures.push({ kind: 'name', name: p.rest, node: p, path: [...path, '?'] })
      return
    case 'MatchClass':
      visitExpr(b, p.cls)
      check(b, p, failed)
      for (const part of p.patterns) visitPattern(b, part, [...path, '?'], failed, captures)
      for (const part of p.keywordPatterns) visitPattern(b, part, [...path, '?'], failed, captures)
      return
    case 'MatchOr': return visitAlternatives(b, p.patterns, path, failed, captures)
  }
}

/** A test that may run code: `==`, `isinstance`, `len`, `get`. */
function check(b: Builder, p: Pattern, failed: BlockId): void {
  b.operation(p)
  const next = b.newBlock()
  b.link(failed)
  b.link(next)
  b.start(next)
}

function visitItems(b: Builder, items: readonly Pattern[], path: Path, failed: BlockId, captures: Capture[]): void {
  const star = items.findIndex((item) => item.kind === 'MatchStar')
  items.forEach((item, i) => {
    const step = i === star ? '*' : star >= 0 && i > star ? i - items.length : i
    visitPattern(b, item, [...path, step], failed, captures)
  })
}

function visitAlternatives(b: Builder, alternatives: readonly Pattern[], path: Path, failed: BlockId, captures: Capture[]): void {
  const matched = b.newBlock()
  const found: Capture[][] = []
  alternatives.forEach((alternative, i) => {
    const next = i === alternatives.length - 1 ? failed : b.newBlock()
    const own: Capture[] = []
    visitPattern(b, alternative, path, next, own)
    found.push(own)
    b.link(matched)
    b.start(next)
  })
  b.start(matched)
  if (found.some((own) => own.length > 0)) captures.push({ kind: 'alternatives', captures: found })
}

function bindCaptures(b: Builder, captures: readonly Capture[], subject: Expr): void {
  for (const capture of captures) {
    if (capture.kind === 'name') b.bind(capture.name, 'capture', capture.node, subject, capture.path)
    else bindAlternatives(b, capture.captures, subject)
  }
}

function bindAlternatives(b: Builder, alternatives: readonly (readonly Capture[])[], subject: Expr): void {
  const from = b.current
  const end = b.newBlock()
  for (const captures of alternatives) {
    b.start(from.id)
    b.split()
    bindCaptures(b, captures, subject)
    b.link(end)
  }
  b.start(end)
}
