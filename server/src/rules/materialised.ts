/** Lists that are made to be walked once, where walking what they are made of does the same. */
import type { Call, Comprehension, Expr, For, Generator, Node, Stmt } from '../syntax/ast.ts'
import { ancestorsIn, someNode, contains } from '../syntax/ancestors.ts'
import type { Binding, SuiteInfo } from '../flow/graph.ts'
import { movableFrom } from '../fixes/inline.ts'
import { resolveCallee } from '../values/calls.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { FrameIndex } from './frame-index.ts'
import { isLeftAlone } from './left-alone.ts'
import { mayRead, streamOf, type Streamed } from './streams.ts'

export interface Materialised extends Streamed {
  /** The expression that makes the list; of a comprehension that is its own stream, the brackets go. */
  readonly maker: Call | Comprehension
  readonly consumer: Call | For | Comprehension
  /** The expression that is walked: the maker, or the name it is bound to. */
  readonly walked: Expr
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
      if ((event.kind !== 'call' && event.kind !== 'next') || seen.has(event.node)) continue
      seen.add(event.node)
      const one = event.node.kind === 'Call' ? inCall(event.node, analysis) : inLoop(event.node, analysis, index)
      if (one) found.push(one)
    }
  }
  return found
}

/** In a loop, or in the clause of a comprehension. */
function inLoop(loop: For | Generator, analysis: FrameAnalysis, index: FrameIndex): Materialised | null {
  if (loop.isAsync) return null
  const { iter } = loop
  const [binding] = iter.kind === 'Name' ? analysis.flow.reaching(iter) : []
  if (!mayRead(binding?.value ?? iter)) return null
  const named = namedList(iter, analysis, index)
  const maker = named?.binding.value ?? iter
  const streamed = maker.kind === 'Call' ? streamOf(maker, analysis.values) : null
  if (maker.kind !== 'Call' || streamed === null) return null
  const consumer = loop.kind === 'For' ? loop : comprehensionOf(loop, analysis)
  if (consumer === null || !isLeftAlone(streamed.stream, maker, consumer, analysis)) return null
  const isQuiet = consumer.kind === 'Comprehension' && !mayDo(consumer)
  const risks = [...changes(streamed), ...(isQuiet ? [] : ['an error while reading comes in the middle of the loop then'])]
  return { ...streamed, maker, consumer, walked: iter, binding: named?.binding ?? null, suite: named?.suite ?? null, risk: risks.length === 0 ? null : risks.join(', and ') }
}

/** A list, set or dict comprehension of one source; a generator expression is walked later. */
function comprehensionOf(clause: Generator, { flow: { graph } }: FrameAnalysis): Comprehension | null {
  for (const stmt of graph.body) {
    const around = contains(stmt, clause) ? ancestorsIn(stmt, clause)?.at(-1) : undefined
    if (around?.kind === 'Comprehension') return around.form !== 'generator' && around.generators.length === 1 && isPlain(around) ? around : null
  }
  return null
}

/** `lines = source.readlines()`, read by the loop alone and with nothing in between. */
function namedList(iter: Expr, analysis: FrameAnalysis, index: FrameIndex): { readonly binding: Binding; readonly suite: SuiteInfo } | null {
  const [binding, ...more] = iter.kind === 'Name' ? analysis.flow.reaching(iter) : []
  const suite = binding && more.length === 0 ? movableFrom(binding, analysis, index) : null
  return suite && { binding: binding!, suite }
}

function isListed(expr: Expr): expr is Comprehension {
  return expr.kind === 'Comprehension' && expr.form === 'list'
}

/** A list in brackets, or of a file or cursor, as the argument of what takes items one by one and keeps no order of its own. */
function inCall(call: Call, { values }: FrameAnalysis): Materialised | null {
  const [first, ...more] = call.args
  if (first?.form !== 'positional' || more.some(a => a.form === 'star') || call.func.kind !== 'Name' || !(mayRead(first.value) || isListed(first.value))) return null
  const callee = resolveCallee(call, values)
  const takes = callee.kind === 'model' && callee.self === null ? CONSUMERS.get(callee.name) : undefined
  if (takes === undefined || (more.some(a => a.form === 'positional') && call.func.id !== 'sum')) return null
  const { value } = first
  const alone = { consumer: call, walked: value, binding: null, suite: null }
  if (isListed(value)) {
    return isPlain(value) ? { ...alone, maker: value, stream: value, by: '', cuts: null, risk: takes === 'some' && mayDo(value) ? 'what comes after the first hit is not computed then' : null } : null
  }
  const streamed = value.kind === 'Call' && takes === 'every' ? streamOf(value, values) : null
  return value.kind === 'Call' && streamed ? { ...alone, ...streamed, maker: value, risk: changes(streamed)[0] ?? null } : null
}

/** What is otherwise when the items are got as they come, whatever takes them. */
function changes({ cuts, by }: Streamed): readonly string[] {
  return [...(cuts ? ['lines end at line breaks only then'] : []), ...(by ? ['the database gives the rows in parts then'] : [])]
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
function mayDo({ elt, value, generators }: Comprehension): boolean {
  const parts = [elt, ...(value ? [value] : []), ...generators.flatMap((g, i) => [...(i > 0 ? [g.iter] : []), ...g.ifs])]
  return parts.some(part => someNode(part, n => n.kind === 'Call' || n.kind === 'NamedExpr'))
}

export type Consumer = Materialised['consumer']

/** What runs between two items. */
export function bodyOf(consumer: For | Comprehension): readonly (Stmt | Expr)[] {
  if (consumer.kind === 'For') return [consumer.target, ...consumer.body, ...consumer.orelse]
  const { elt, value, generators } = consumer
  return [elt, ...(value ? [value] : []), ...generators.flatMap((g, i) => [g.target, ...(i > 0 ? [g.iter] : []), ...g.ifs])]
}
