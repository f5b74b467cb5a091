/**
 * What reads names of this frame out of a text: pandas' `query` and `eval` (`@name`), numexpr, SQL over data frames. What these calls mention
 * must stay bound, and up to Python 3.12 their look at the frame makes every later release useless (facts 69, 120). Globals that
 * annotations mention, or `__all__`, are read by others later.
 */
import { namesForOthers } from '../semantic/annotated-names.ts'
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
  if (!readers) known.set(e, readers = new Readers(e))
  return readers
}

/** Looks at the calls when the answer depends on them. */
class Readers implements TextReaders {
  private readonly e: Evaluator
  private texts: readonly Reading[] | null = null

  constructor(e: Evaluator) {
    this.e = e
  }

  get pinsFrame(): boolean {
    return !isAtLeast(this.e.context.target, '3.13') && this.readings.length > 0
  }

  mayRead(name: string): boolean {
    const { frame, body } = this.e.context.flow.graph
    return this.readings.some(names => names === 'all' || names.has(name)) || (frame === 'module' && namesForOthers(body).has(name))
  }

  private get readings(): readonly Reading[] {
    return this.texts ??= this.e.context.flow.graph.blocks.flatMap(block => block.events.flatMap(event => (event.kind === 'call' ? readingOf(event.node, this.e) ?? [] : [])))
  }
}

/** The names that one text may mention. */
type Reading = ReadonlySet<string> | 'all'

/** Null: the call reads no names. */
function readingOf(call: Call, e: Evaluator): Reading | null {
  const pattern = readPattern(call, e)
  if (pattern === null) return null
  const text = call.args[0] ? textIn(call.args[0].value) : ''
  return text === null ? 'all' : new Set(Array.from(text.matchAll(pattern), match => match[1]!))
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
