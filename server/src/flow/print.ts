/** The graph as text for a person: blocks with their edges, one event per line behind its source line. */
import type { Expr, Node, Span } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Block, Event, FlowGraph, FrameNode, Path, Variable } from './graph.ts'

/** Longer source text is cut. */
const TEXT_LENGTH = 48

type Lines = (span: Span) => number

/** `source` is the file the graph was built from. Empty unreachable blocks are left out. */
export function printFlow(graph: FlowGraph, source: Source): string {
  const lineOf = lineFinder(source)
  const out = [`frame ${frameName(graph.frame)}${graph.isGenerator ? ' (generator)' : ''}`]
  for (const storage of ['local', 'cell', 'outer'] as const) {
    const names = graph.variables.filter((variable) => variable.storage === storage).map(variableName)
    if (names.length > 0) out.push(`${storage}: ${names.join(', ')}`)
  }
  for (const block of graph.blocks) {
    if (!block.reachable && block.events.length === 0) continue
    out.push('', header(graph, block, lineOf))
    for (const event of block.events) out.push(`${String(lineOf(spanOf(event))).padStart(5)}  ${describe(event, source)}`)
  }
  return `${out.join('\n')}\n`
}

function header(graph: FlowGraph, block: Block, lineOf: Lines): string {
  const name = (id: number): string => (id === graph.exit ? 'exit' : id === graph.raised ? 'raised' : String(id))
  const parts = [block.id === graph.entry ? 'entry' : name(block.id)]
  if (block.successors.length > 0) parts.push(`-> ${block.successors.map(name).join(', ')}`)
  if (block.handlers.length > 0) parts.push(`raises -> ${block.handlers.map(name).join(', ')}`)
  if (block.loops.length > 0) parts.push(`in loop of line ${block.loops.map((loop) => lineOf(loop.node)).join(', ')}`)
  if (!block.reachable) parts.push('unreachable')
  return parts.join('  ')
}

function frameName(frame: FrameNode): string {
  return frame === 'module' ? '<module>' : frame.kind === 'Lambda' ? '<lambda>' : frame.header.name.id
}

/** Names of inlined scopes are told from those of the frame. */
function variableName({ name, scope }: Variable): string {
  return scope.kind === 'class' ? `${scope.name}.${name}` : scope.kind === 'comprehension' ? `${name} (comprehension)` : name
}

/** The part of the source an event stands for. */
export function spanOf(event: Event): Span {
  switch (event.kind) {
    case 'bind': return event.binding.name
    case 'next': return event.node.iter
    case 'enter': return event.node.items[event.item] ?? event.node
    default: return event.node
  }
}

/** One event in words: `bind x (assignment) from load()`. */
export function describe(event: Event, source: Source): string {
  const text = (span: Span): string => textOf(span, source)
  switch (event.kind) {
    case 'bind': {
      const { variable, kind } = event.binding
      return `bind ${variableName(variable)} (${kind})${origin(event.binding, source)}`
    }
    case 'use': return `use ${variableName(event.variable)}${event.lazy ? ' (annotation)' : ''}`
    case 'delete': return `delete ${variableName(event.variable)}${event.implicit ? ' (implicit)' : ''}`
    case 'store': return `${event.stmt.kind === 'Delete' ? 'delete' : 'store'} ${text(event.node)}${origin(event, source)}`
    case 'closure': {
      const captures = event.captures.map(variableName).join(', ')
      return `closure ${nameOfClosure(event.node)}${captures === '' ? '' : ` captures ${captures}`}`
    }
    case 'next': return `next ${text(event.node.iter)}`
    case 'enter': case 'leave': return `${event.kind} ${text(event.node.items[event.item]?.context ?? event.node)}`
    case 'suspend': return isClause(event.node) ? 'suspend' : `suspend ${text(event.node)}`
    case 'interrupt': return 'interrupt'
    default: return `${event.kind} ${text(event.node)}`
  }
}

function nameOfClosure(node: Extract<Event, { kind: 'closure' }>['node']): string {
  switch (node.kind) {
    case 'FunctionDef': return node.header.name.id
    case 'ClassDef': case 'TypeAlias': return node.name.id
    case 'Lambda': return '<lambda>'
    case 'Comprehension': return '<genexpr>'
  }
}

/** Statements and clauses that suspend, rather than expressions. */
function isClause(node: Node): boolean {
  return node.kind === 'With' || node.kind === 'For' || node.kind === 'Generator'
}

function origin({ value, path }: { readonly value: Expr | null; readonly path: Path }, source: Source): string {
  return value === null ? '' : ` from ${textOf(value, source)}${path.map((step) => `[${step}]`).join('')}`
}

function textOf(span: Span, source: Source): string {
  const [start, end] = source.rangeOf(span)
  const text = source.text.slice(start, Math.min(end, start + 4 * TEXT_LENGTH)).replace(/\s+/g, ' ')
  return text.length <= TEXT_LENGTH ? text : `${text.slice(0, TEXT_LENGTH - 1)}…`
}

/** Line numbers from 1. */
function lineFinder(source: Source): Lines {
  const starts = [0]
  for (const match of source.text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length)
  return (span) => {
    const offset = source.offsetOf(span.start)
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}
