/** Whether a loop could as well read its source while it runs: nobody else touches that meanwhile, or goes on with it afterwards. */
import type { Call, Comprehension, Expr, For, Name, Node } from '../syntax/ast.ts'
import { nodesIn, someNode } from '../syntax/ancestors.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { endsEarly } from './exhausted.ts'
import { bodyOf } from './materialised.ts'

/**
 * The loop does not name the source, nor open, change or close things of its kind; and where it may end early nothing reads on afterwards.
 * Of a generator it names nothing that the generator was given: it may go over what the loop changes.
 */
export function isLeftAlone(stream: Expr, maker: Call, consumer: For | Comprehension, analysis: FrameAnalysis): boolean {
  const isGenerator = analysis.values.ofExpr(stream).type === 'generator'
  const names = stream.kind === 'Call' ? (isGenerator ? namesIn([...stream.args.map(a => a.value), stream.func]) : new Set<string>()) : namesIn([stream])
  const parts: readonly Node[] = bodyOf(consumer)
  const isQuery = analysis.values.context.models.type(analysis.values.ofExpr(stream).type ?? '')?.asTheyCome !== undefined
  if (parts.some(part => someNode(part, n => (n.kind === 'Name' && names.has(n.id)) || changesSource(n) || (isQuery && changesRows(n))))) return false
  return maker.kind === 'Call' && (stream.kind === 'Call' || isReadHere(stream, consumer, analysis))
}

function isReadHere(stream: Expr, consumer: For | Comprehension, { flow }: FrameAnalysis): boolean {
  const root = rootOf(stream)
  const variable = flow.graph.variables.find(v => v.name === root && v.scope === flow.graph.scope)
  if (variable === undefined || variable.storage !== 'local') return false
  const isCutShort = consumer.kind === 'For' && endsEarly(consumer)
  const after = consumer.kind === 'For' ? flow.graph.pointsOf(consumer)?.after : null
  return !(isCutShort && after && flow.liveAt(after, variable))
}

/** Null: what it starts from is no name. */
function rootOf(expr: Expr): string | null {
  return expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? rootOf(expr.value) : null
}

function namesIn(nodes: readonly Node[]): ReadonlySet<string> {
  return new Set(nodes.flatMap(node => nodesIn(node, (n): n is Name => n.kind === 'Name')).map(n => n.id))
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

/** Of an object-relational mapper. */
function changesRows(node: Node): boolean {
  return node.kind === 'Call' && node.func.kind === 'Attribute' && ROW_CHANGES.has(node.func.attr)
}

const ROW_CHANGES: ReadonlySet<string> = new Set(['create', 'update', 'get_or_create', 'update_or_create', 'bulk_create', 'bulk_update'])

const MOVERS: ReadonlySet<string> = new Set(['os', 'shutil'])
