/**
 * Puts the expression that makes an object in the place of its only use, so that the object has no name that holds it. Offered where
 * the program evaluates the same in the same order: nothing but steady reads stands between, and nothing is lost by it (comments,
 * line length).
 */
import type { Assign, Expr, Name, Node } from '../syntax/ast.ts'
import { ancestorsIn, contains, isInside, someNode } from '../syntax/ancestors.ts'
import type { Source } from '../syntax/source.ts'
import type { Binding, FlowGraph, Point, SuiteInfo } from '../flow/graph.ts'
import { isReadInVain } from '../flow/vain-reads.ts'
import { lineEnd, lineStart } from '../text/line-starts.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Fix } from '../rules/finding.ts'
import { type FrameIndex } from '../rules/frame-index.ts'
import { READING_ALL } from '../rules/streams.ts'
import { replacement } from './edits.ts'
import { lineLimit } from './line-length.ts'
import { removal } from './removal.ts'
import { isSteady } from './steady.ts'

/** A name bound once by an assignment of its own and read once, by a later statement of the same suite. */
interface Inlining {
  readonly binding: Binding
  readonly assignment: Assign
  readonly suite: SuiteInfo
  readonly at: number
  readonly use: Name
  /** The nodes around the use, the statement first. */
  readonly around: readonly Node[]
}

/** `risk`: null where the program does the same afterwards. */
export function inlineFix(binding: Binding, risk: string | null, analysis: FrameAnalysis, index: FrameIndex, source: Source): Fix | null {
  const inlining = inliningOf(binding, analysis, index)
  if (inlining === null || !keepsOrder(inlining, analysis)) return null
  const { assignment, use, suite, at, around } = inlining
  if (hasComment(suite, at, source) || isListToWalk(assignment.value, around.at(-1)!)) return null
  const text = source.text.slice(...source.rangeOf(assignment.value))
  const newText = needsParentheses(assignment.value, around.at(-1)!) ? `(${text})` : text
  if (/[\r\n\\]/.test(text) || !fits(use, newText, source)) return null
  return {
    title: `Inline \`${use.id}\` into its only use${risk === null ? '' : `: ${risk}`}`,
    kind: 'inline', safety: risk === null ? 'safe' : 'unsafe',
    edits: [removal(suite, assignment, at, source), replacement(use, newText)],
  }
}

/** A list that is made to be walked is streamed rather than inlined (materialised-to-iterate). */
function isListToWalk(value: Expr, parent: Node): boolean {
  if (parent.kind !== 'For' && parent.kind !== 'Argument' && parent.kind !== 'Generator') return false
  if (value.kind === 'Comprehension') return value.form === 'list'
  return value.kind === 'Call' && value.func.kind === 'Attribute' && READING_ALL.has(value.func.attr)
}

/** The suite of an assignment whose value could as well be evaluated at the only use of its name; null where it could not. */
export function movableFrom(binding: Binding, analysis: FrameAnalysis, index: FrameIndex): SuiteInfo | null {
  const inlining = inliningOf(binding, analysis, index)
  return inlining && keepsOrder(inlining, analysis) ? inlining.suite : null
}

function inliningOf(binding: Binding, { flow, cautious }: FrameAnalysis, index: FrameIndex): Inlining | null {
  const { node, variable } = binding
  if (node.kind !== 'Assign' || node.targets.length !== 1 || node.targets[0]!.kind !== 'Name' || variable.storage !== 'local') return null
  const [use, ...more] = flow.usesOf(binding)
  // Where a manager nobody knows swallows exceptions, the name may be read further on.
  const uses = cautious.graph.bindings.flatMap(b => (b.name === binding.name ? cautious.usesOf(b) : []))
  if (use === undefined || more.length > 0 || uses.length > 1 || flow.reaching(use).length !== 1 || isDeleted(binding, index) || isReadInVain(variable, flow.graph)) return null
  const suite = flow.graph.suites.find(s => s.body.includes(node))
  const at = suite?.body.indexOf(node) ?? -1
  const reader = suite?.body.slice(at + 1).find(stmt => contains(stmt, use))
  if (!suite || !reader || (index.suites.get(reader) ?? []).some(s => s.body.some(stmt => contains(stmt, use)))) return null
  const around = ancestorsIn(reader, use)
  return around !== null && isEvaluatedInFrame(around, use) && isMovable(node.value) ? { binding, assignment: node, suite, at, use, around } : null
}

function isDeleted({ variable }: Binding, { flow }: FrameIndex): boolean {
  return flow.graph.blocks.some(block => block.events.some(event => event.kind === 'delete' && event.variable === variable))
}

/**
 * Not in code of its own frame or text (f-strings: quotes differ between versions), nor in an `assert`, which `python -O` leaves out; the first
 * iterable of a comprehension is evaluated outside it.
 */
function isEvaluatedInFrame(around: readonly Node[], use: Name): boolean {
  return around.every((node, i) => {
    switch (node.kind) {
      case 'Lambda': case 'FunctionDef': case 'ClassDef': case 'JoinedStr': case 'TypeAlias': case 'Assert': return false
      case 'Comprehension': return around[i + 1] === node.generators[0] && isInside(use, node.generators[0]!.iter)
      default: return true
    }
  })
}

function isMovable(value: Expr): boolean {
  return !someNode(value, ({ kind }) => kind === 'Await' || kind === 'Yield' || kind === 'YieldFrom' || kind === 'NamedExpr' || kind === 'Tuple' && value.kind === 'Tuple')
}

/** From the binding to the use there is one way, and on it only steady reads and new names that the expression does not read. */
function keepsOrder({ binding, use, assignment }: Inlining, analysis: FrameAnalysis): boolean {
  const { graph } = analysis.flow
  const [from, to] = [graph.pointOf(binding.name), graph.pointOf(use)]
  if (!from || !to || from.copies || to.copies) return false
  const way = straightWay({ block: from.block, index: from.index + 1 }, to, graph)
  return way !== null && way.every(point => {
    const event = graph.blocks[point.block]!.events[point.index]!
    if (event.kind !== 'bind') return isSteady(event, point, analysis)
    const { variable, kind } = event.binding
    return kind === 'assignment' && variable.storage === 'local' && !someNode(assignment.value, n => n.kind === 'Name' && n.id === variable.name)
  })
}

/** The points from one to another where control cannot come from or go elsewhere; null where it can. */
function straightWay(from: Point, to: Point, graph: FlowGraph): readonly Point[] | null {
  const points: Point[] = []
  for (let { block, index } = from; block !== to.block || index > to.index;) {
    const { events, successors } = graph.blocks[block]!
    for (; index < events.length; index++) points.push({ block, index })
    const [next, ...more] = successors
    if (next === undefined || more.length > 0 || next === from.block || entries(next, graph) !== 1) return null
    block = next
    index = 0
    if (block === to.block) {
      from = { block, index }
      break
    }
  }
  for (let index = from.index; index < to.index; index++) points.push({ block: to.block, index })
  return points
}

function entries(block: number, { blocks, reachable }: FlowGraph): number {
  return blocks.slice(0, reachable).filter(b => b.successors.includes(block)).length
}

/** On the lines of the assignment: they would go. */
function hasComment({ body }: SuiteInfo, at: number, source: Source): boolean {
  const [start, end] = source.rangeOf(body[at]!)
  return source.text.slice(end, lineEnd(source.text, end)).includes('#') || /^\s*#\s*type:/m.test(source.text.slice(start, end))
}

/** Binds as tightly as anything, or stands where anything may stand. */
function needsParentheses(value: Expr, parent: Node): boolean {
  switch (value.kind) {
    case 'Call': case 'Attribute': case 'Subscript': case 'Name': case 'List': case 'Set': case 'Dict': case 'Comprehension': return false
  }
  switch (parent.kind) {
    case 'Argument': return parent.form === 'star' || parent.form === 'double-star'
    case 'Assign': case 'AugAssign': case 'Return': case 'ExprStmt': case 'For': case 'If': case 'List': case 'Set': return false
    default: return true
  }
}

function fits(use: Name, newText: string, source: Source): boolean {
  const [start, end] = source.rangeOf(use)
  const line = lineEnd(source.text, end) - lineStart(source.text, start)
  return line - (end - start) + newText.length <= lineLimit(source)
}

