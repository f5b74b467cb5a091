/** Lists that are made to be walked once, where walking what they are made of does the same. */
import type { Call, Comprehension, Expr, For, Node, Stmt } from '../syntax/ast.ts'
import { someNode } from '../syntax/ancestors.ts'
import type { Binding, SuiteInfo } from '../flow/graph.ts'
import { movableFrom } from '../fixes/inline.ts'
import { resolveCallee } from '../values/calls.ts'
import type { Evaluator } from '../values/evaluate.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { FrameIndex } from './frame-index.ts'

export interface Materialised {
  /** The expression that makes the list, and what it makes it of: for a comprehension itself, without its brackets. */
  readonly maker: Call | Comprehension
  readonly stream: Expr
  readonly consumer: Call | For
  /** The name that holds the list, bound by a statement of its own; null: it is made where it is walked. */
  readonly binding: Binding | null
  /** Where that statement stands. */
  readonly suite: SuiteInfo | null
  /** Null: the program does the same; else what may differ. */
  readonly risk: string | null
}

export function materialisedIn(analysis: FrameAnalysis, index: FrameIndex): readonly Materialised[] {
  const { graph } = analysis.flow
  if (graph.scope.seesFrames) return []
  const seen = new Set<Node>()
  const found: Materialised[] = []
  for (const block of graph.blocks.slice(0, graph.reachable)) {
    for (const event of block.events) {
      if ((event.kind !== 'call' && event.kind !== 'next') || seen.has(event.node) || event.node.kind === 'Generator') continue
      seen.add(event.node)
      const one = event.node.kind === 'For' ? inLoop(event.node, analysis, index) : inCall(event.node, analysis)
      if (one) found.push(one)
    }
  }
  return found
}

function inLoop(loop: For, analysis: FrameAnalysis, index: FrameIndex): Materialised | null {
  if (loop.isAsync) return null
  const { iter } = loop
  const [binding] = iter.kind === 'Name' ? analysis.flow.reaching(iter) : []
  if (!isReading(binding?.value ?? iter)) return null
  const named = namedList(loop, analysis, index)
  const maker = named?.binding.value ?? iter
  const stream = maker.kind === 'Call' ? readWhole(maker, analysis.values) : null
  if (maker.kind !== 'Call' || stream === null || !isLeftAlone(stream, loop, analysis)) return null
  return { maker, stream, consumer: loop, binding: named?.binding ?? null, suite: named?.suite ?? null, risk: RISK }
}

const RISK = 'an error while reading comes in the middle of the loop then'

/** `lines = source.readlines()`, read by the loop alone and with nothing in between. */
function namedList({ iter }: For, analysis: FrameAnalysis, index: FrameIndex): { readonly binding: Binding; readonly suite: SuiteInfo } | null {
  const [binding, ...more] = iter.kind === 'Name' ? analysis.flow.reaching(iter) : []
  const suite = binding && more.length === 0 ? movableFrom(binding, analysis, index) : null
  return suite && { binding: binding!, suite }
}

/** What a call reads to its end, where that can be walked instead: a file's lines, a cursor's rows. */
function readWhole(call: Call, e: Evaluator): Expr | null {
  const { func } = call
  if (!isReading(call) || func.kind !== 'Attribute') return null
  const { type } = e.ofExpr(func.value)
  const { models } = e.context
  if (type === null || resolveCallee(call, e).kind !== 'model' || models.type(type)?.iterate === undefined) return null
  return func.value.kind === 'Name' || func.value.kind === 'Call' ? func.value : null
}

function isReading(expr: Expr): boolean {
  return expr.kind === 'Call' && expr.func.kind === 'Attribute' && expr.args.length === 0 && (expr.func.attr === 'readlines' || expr.func.attr === 'fetchall')
}

/**
 * Nobody but the loop touches what it reads: the loop does not name it, nor open, change or close things of its kind; and where the loop may end
 * early nothing reads on afterwards.
 */
function isLeftAlone(stream: Expr, loop: For, { flow }: FrameAnalysis): boolean {
  const parts: readonly Node[] = [loop.target, ...loop.body, ...loop.orelse]
  if (parts.some(part => someNode(part, n => (n.kind === 'Name' && stream.kind === 'Name' && n.id === stream.id) || changesSource(n)))) return false
  if (stream.kind !== 'Name') return true
  const variable = flow.graph.variables.find(v => v.name === stream.id && v.scope === flow.graph.scope)
  const after = flow.graph.pointsOf(loop as Stmt)?.after
  const endsEarly = loop.body.some(stmt => someNode(stmt, n => n.kind === 'Break'))
  return variable !== undefined && variable.storage === 'local' && !(endsEarly && after && flow.liveAt(after, variable))
}

/** Opens, moves or writes files, or speaks to a database: perhaps to what the loop reads. */
function changesSource(node: Node): boolean {
  if (node.kind !== 'Call') return false
  const { func } = node
  if (func.kind === 'Name') return func.id === 'open'
  return func.kind === 'Attribute' && (CHANGES.has(func.attr) || (func.value.kind === 'Name' && MOVERS.has(func.value.id)))
}

const CHANGES: ReadonlySet<string> = new Set([
  'open', 'truncate', 'unlink', 'rename', 'write_text', 'write_bytes', 'execute', 'executemany', 'executescript', 'callproc', 'commit', 'rollback', 'save', 'delete',
])

const MOVERS: ReadonlySet<string> = new Set(['os', 'shutil'])

function isListed(expr: Expr): expr is Comprehension {
  return expr.kind === 'Comprehension' && expr.form === 'list'
}

/** A list in brackets, or of a file or cursor, as the argument of what takes items one by one and keeps no order of its own. */
function inCall(call: Call, { values }: FrameAnalysis): Materialised | null {
  const [first, ...more] = call.args
  if (first?.form !== 'positional' || more.some(a => a.form === 'star') || call.func.kind !== 'Name' || !(isReading(first.value) || isListed(first.value))) return null
  const callee = resolveCallee(call, values)
  const takes = callee.kind === 'model' && callee.self === null ? CONSUMERS.get(callee.name) : undefined
  if (takes === undefined || (more.some(a => a.form === 'positional') && call.func.id !== 'sum')) return null
  const { value } = first
  if (isListed(value)) {
    return isPlain(value) ? { maker: value, stream: value, consumer: call, binding: null, suite: null, risk: takes === 'some' && mayDo(value) ? 'what comes after the first hit is not computed then' : null } : null
  }
  const stream = value.kind === 'Call' ? readWhole(value, values) : null
  if (value.kind !== 'Call' || stream === null) return null
  return takes === 'some' ? null : { maker: value, stream, consumer: call, binding: null, suite: null, risk: null }
}

/** `some`: may stop early. */
const CONSUMERS: ReadonlyMap<string, 'every' | 'some'> = new Map([
  ['sum', 'every'], ['max', 'every'], ['min', 'every'], ['set', 'every'], ['frozenset', 'every'], ['dict', 'every'], ['any', 'some'], ['all', 'some'],
])

/** Evaluated the same as a generator: it does not wait, and nothing in it may raise StopIteration, which would end a generator otherwise. */
function isPlain(comprehension: Comprehension): boolean {
  return !comprehension.generators.some(g => g.isAsync) && !someNode(comprehension, n => n.kind === 'Await' || n.kind === 'Yield' || n.kind === 'YieldFrom' || (n.kind === 'Call' && n.func.kind === 'Name' && n.func.id === 'next'))
}

/** The first iterable is evaluated before all else in either form. */
function mayDo({ elt, generators }: Comprehension): boolean {
  const parts = [elt, ...generators.flatMap((g, i) => [...(i > 0 ? [g.iter] : []), ...g.ifs])]
  return parts.some(part => someNode(part, n => n.kind === 'Call' || n.kind === 'NamedExpr'))
}
