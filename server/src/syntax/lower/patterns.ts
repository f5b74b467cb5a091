/** Patterns of `match` statements. */
import type { BinOp, Constant, Expr, MatchClass, MatchMapping, MatchSequence, MatchStar, Name, Pattern, UnaryOp } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { expression } from './expressions.ts'
import { MAX_NESTING } from './lowering.ts'
import type { Lowering } from './lowering.ts'
import { dottedExpression, identifier, name } from './names.ts'
import { number } from './numbers.ts'

const {
  case_pattern: CASE_PATTERN, as_pattern: AS, keyword_pattern: KEYWORD, class_pattern: CLASS, splat_pattern: SPLAT,
  union_pattern: UNION, list_pattern: LIST, tuple_pattern: TUPLE, dict_pattern: DICT, complex_pattern: COMPLEX,
  dotted_name: DOTTED, identifier: IDENTIFIER, "'-": MINUS, "'+": PLUS, "'_": WILDCARD, "',": COMMA, "'|": BAR,
  "':": COLON, "'{": OPEN_BRACE, "'}": CLOSE_BRACE,
} = NODE_TYPES

/**
 * The pattern that begins at the cursor. Some patterns are several siblings (`-` and a number); the cursor is
 * left on the last.
 */
export function pattern(l: Lowering, type: number): Pattern {
  if (l.nesting >= MAX_NESTING) return valuePattern(l, l.unreadable())
  l.nesting++
  l.depth++
  const result = lower(l, type)
  l.depth--
  l.nesting--
  return result
}

function lower(l: Lowering, type: number): Pattern {
  switch (type) {
    case CASE_PATTERN: return wrapped(l)
    case AS: return asPattern(l)
    case CLASS: return classPattern(l)
    case SPLAT: return star(l)
    case UNION: return union(l)
    case LIST: case TUPLE: return sequence(l, type)
    case DICT: return mapping(l)
    case DOTTED: return dotted(l)
    case WILDCARD: return wildcard(l)
    case MINUS: return valuePattern(l, negative(l))
    case COMPLEX: return valuePattern(l, complex(l))
    default: return valuePattern(l, expression(l, type))
  }
}

function valuePattern(l: Lowering, value: Expr): Pattern {
  return { kind: 'MatchValue', start: l.shift + l.start, end: l.shift + l.end, value }
}

function wrapped(l: Lowering): Pattern {
  const inner = pattern(l, l.enter())
  l.leave()
  return inner
}

function wildcard(l: Lowering): Pattern {
  l.measure()
  return { kind: 'MatchAs', start: l.shift + l.start, end: l.shift + l.end, pattern: null, name: null }
}

/** A single name captures; a dotted one is a value. */
function dotted(l: Lowering): Pattern {
  const value = dottedExpression(l)
  if (value.kind !== 'Name') return valuePattern(l, value)
  return { kind: 'MatchAs', start: value.start, end: value.end, pattern: null, name: value.id === '_' ? null : value }
}

function asPattern(l: Lowering): Pattern {
  const inner = pattern(l, l.enter())
  const { start } = l
  l.next()
  l.next()
  const captured = name(l)
  l.leave()
  l.start = start
  return { kind: 'MatchAs', start: l.shift + start, end: l.shift + l.end, pattern: inner, name: captured }
}

/** `*rest` and, in mappings, `**rest`. */
function star(l: Lowering): MatchStar {
  const start = l.cursor.startIndex
  const captured = splatName(l)
  l.start = start
  return { kind: 'MatchStar', start: l.shift + start, end: l.shift + l.end, name: captured }
}

function splatName(l: Lowering): Name | null {
  l.enter()
  const captured = l.next() === IDENTIFIER ? name(l) : null
  if (captured === null) l.measure()
  l.leave()
  return captured === null || captured.id === '_' ? null : captured
}

function union(l: Lowering): Pattern {
  const patterns: Pattern[] = []
  let start = 0
  for (let type = l.enter(); type !== NONE; type = l.next()) {
    if (type === BAR) continue
    patterns.push(pattern(l, type))
    if (patterns.length === 1) start = l.start
  }
  l.leave()
  l.start = start
  return { kind: 'MatchOr', start: l.shift + start, end: l.shift + l.end, patterns }
}

function sequence(l: Lowering, type: number): Pattern {
  l.measure()
  const { start, end } = l
  const { patterns, comma } = casePatterns(l, l.enter())
  l.leave()
  l.start = start
  l.end = end
  const [only] = patterns
  if (type === TUPLE && only !== undefined && !comma) return only
  return { kind: 'MatchSequence', start: l.shift + start, end: l.shift + end, patterns }
}

/** The `case_pattern` nodes from the cursor on. */
function casePatterns(l: Lowering, type: number): { readonly patterns: Pattern[]; readonly comma: boolean } {
  const patterns: Pattern[] = []
  let comma = false
  for (; type !== NONE; type = l.next()) {
    if (type === COMMA) comma = true
    else if (type === CASE_PATTERN) patterns.push(pattern(l, type))
  }
  return { patterns, comma }
}

/**
 * The patterns of a `case`, of which the cursor is on the first. Several, or one and a comma, are a sequence.
 * Gives the type of the sibling after them.
 */
export function topPattern(l: Lowering): { readonly pattern: Pattern; readonly type: number } {
  const first = pattern(l, CASE_PATTERN)
  const { start } = l
  let { end } = l
  const patterns = [first]
  let type = l.next()
  if (type !== COMMA) return { pattern: first, type }
  for (; type === COMMA || type === CASE_PATTERN; type = l.next()) {
    if (type === CASE_PATTERN) {
      patterns.push(pattern(l, type))
      end = l.end
    } else end = l.cursor.endIndex
  }
  const joined: MatchSequence = { kind: 'MatchSequence', start: l.shift + start, end: l.shift + end, patterns }
  return { pattern: joined, type }
}

function mapping(l: Lowering): MatchMapping {
  l.measure()
  const { start, end } = l
  const keys: Expr[] = []
  const patterns: Pattern[] = []
  let rest: Name | null = null
  for (let type = l.enter(); type !== NONE; type = l.next()) {
    if (type === COMMA || type === COLON || type === OPEN_BRACE || type === CLOSE_BRACE) continue
    if (type === SPLAT) rest = splatName(l)
    else if (type === CASE_PATTERN) patterns.push(pattern(l, type))
    else keys.push(key(l, type))
  }
  l.leave()
  l.start = start
  l.end = end
  if (keys.length !== patterns.length) l.flaw = true
  return { kind: 'MatchMapping', start: l.shift + start, end: l.shift + end, keys, patterns, rest }
}

function key(l: Lowering, type: number): Expr {
  const read = pattern(l, type)
  return read.kind === 'MatchValue' ? read.value : l.unreadable()
}

function classPattern(l: Lowering): MatchClass {
  l.measure()
  const { start, end } = l
  l.enter()
  const cls = dottedExpression(l)
  const patterns: Pattern[] = []
  const keywords: string[] = []
  const keywordPatterns: Pattern[] = []
  for (let type = l.next(); type !== NONE; type = l.next()) {
    if (type !== CASE_PATTERN) continue
    const inner = l.enter()
    const named = inner === KEYWORD ? keywordPattern(l) : inner === AS ? namedKeyword(l) : null
    if (named === null) patterns.push(pattern(l, inner))
    else {
      keywords.push(named.keyword)
      keywordPatterns.push(named.value)
    }
    l.leave()
  }
  l.leave()
  l.start = start
  l.end = end
  return { kind: 'MatchClass', start: l.shift + start, end: l.shift + end, cls, patterns, keywords, keywordPatterns }
}

interface KeywordPattern {
  readonly keyword: string
  readonly value: Pattern
}

/** `attr=P as name`, where the grammar gives the name to the whole. Null where the `as` under the cursor is of another pattern. */
function namedKeyword(l: Lowering): KeywordPattern | null {
  l.enter()
  const isKeyword = l.enter() === KEYWORD
  const read = isKeyword ? keywordPattern(l) : null
  const start = isKeyword ? l.start : 0
  l.leave()
  if (read !== null) {
    l.next()
    l.next()
  }
  const captured = read === null ? null : name(l)
  l.leave()
  if (read === null || captured === null) return null
  const value: Pattern = { kind: 'MatchAs', start: l.shift + start, end: captured.end, pattern: read.value, name: captured }
  return { keyword: read.keyword, value }
}

function keywordPattern(l: Lowering): KeywordPattern {
  l.enter()
  const keyword = identifier(l)
  l.next()
  const value = pattern(l, l.next())
  l.leave()
  return { keyword, value }
}

/** A minus sign and the number that is its next sibling. */
function negative(l: Lowering): UnaryOp {
  const start = l.cursor.startIndex
  l.next()
  const operand = number(l)
  l.start = start
  return { kind: 'UnaryOp', start: l.shift + start, end: l.shift + l.end, op: '-', operand }
}

/** `-1 + 2j` */
function complex(l: Lowering): BinOp {
  const first = l.enter()
  const left: UnaryOp | Constant = first === MINUS ? negative(l) : number(l)
  const { start } = l
  const op = l.next() === PLUS ? '+' : '-'
  l.next()
  const right = number(l)
  l.leave()
  l.start = start
  return { kind: 'BinOp', start: l.shift + start, end: l.shift + l.end, left, op, right }
}
