/**
 * Calls that read names of this frame out of a text: pandas' `query` and `eval` (`@name`), numexpr, SQL over data frames. What
 * they mention must stay bound, and up to Python 3.12 their look at the frame makes every later release useless (facts 69, 120).
 */
import type { Call, Expr } from '../syntax/ast.ts'
import { forEachChild } from '../syntax/walk.ts'
import { isAtLeast } from '../text/target-version.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { dottedName } from '../values/names.ts'
import { kindOf } from '../values/parts.ts'

export interface TextReaders {
  /** Some text of the frame may read the name. */
  mayRead(name: string): boolean
  /** Releases after such a call have no effect on this version. */
  readonly pinsFrame: boolean
}

/** The texts of these are expressions or queries in which every identifier may be a local. */
const READ_ANY: ReadonlySet<string> = new Set([
  'pandas.eval', 'numexpr.evaluate', 'numexpr.re_evaluate', 'duckdb.sql', 'duckdb.query', 'duckdb.execute', 'polars.sql',
])
const READ_MARKED: ReadonlySet<string> = new Set(['query', 'eval'])

const known = new WeakMap<Evaluator, TextReaders>()

export function textReaders(e: Evaluator): TextReaders {
  let readers = known.get(e)
  if (!readers) known.set(e, readers = findReaders(e))
  return readers
}

function findReaders(e: Evaluator): TextReaders {
  const names = new Set<string>()
  let readsAll = false
  let found = false
  for (const block of e.context.flow.graph.blocks) {
    for (const event of block.events) {
      const pattern = event.kind === 'call' ? readPattern(event.node, e) : null
      if (event.kind !== 'call' || pattern === null) continue
      found = true
      const text = event.node.args[0] ? textIn(event.node.args[0].value) : ''
      if (text === null) readsAll = true
      else for (const match of text.matchAll(pattern)) names.add(match[1]!)
    }
  }
  return { mayRead: name => readsAll || names.has(name), pinsFrame: found && !isAtLeast(e.context.target, '3.13') }
}

/** How the call's text mentions locals; null: it reads none. */
function readPattern({ func }: Call, e: Evaluator): RegExp | null {
  const dotted = dottedName(func, e.context)
  if (dotted !== null && READ_ANY.has(dotted)) return /([\p{ID_Start}_]\p{ID_Continue}*)/gu
  if (func.kind !== 'Attribute' || !READ_MARKED.has(func.attr)) return null
  return kindOf(e.ofExpr(func.value).type, e.context) === 'frame' ? /@([\p{ID_Start}_]\p{ID_Continue}*)/gu : null
}

/** The constant parts of a text; null where some of it is not in the source, or too long to be kept. */
function textIn(expr: Expr): string | null {
  if (expr.kind === 'Constant') return typeof expr.value === 'string' ? expr.value : null
  if (expr.kind !== 'JoinedStr') return null
  let text: string | null = ''
  forEachChild(expr, part => {
    const inner = part.kind === 'FormattedValue' ? '' : textIn(part as Expr)
    text = text === null || inner === null ? null : `${text} ${inner}`
  })
  return text
}
