/**
 * What a case says about its Python in comments at the end of lines. It holds at the point before the statement on that line, behind
 * `after` at the point after it:
 *
 *     use(x)    # live: x, y; dead: z; bound: x; maybe: y; unbound: z; x from 3, 5; after bound: x
 *     return    # after never
 *     print(x)  # unreachable
 *
 * `x from 3, 5`: the read of x on this line may see the bindings made on lines 3 and 5 (`x from nothing`: none).
 */
import { forEachChild } from '../../server/src/syntax/walk.ts'
import type { Name, Node, Stmt } from '../../server/src/syntax/ast.ts'
import type { Source } from '../../server/src/syntax/source.ts'
import type { FlowAnalysis } from '../../server/src/flow/analysis.ts'
import type { Point, Variable } from '../../server/src/flow/graph.ts'

export interface Assertion {
  readonly line: number
  readonly text: string
}

const STATEMENT = /^(?:after )?(?:live|dead|bound|maybe|unbound): |^\w+ from |^unreachable$|^after never$/

export function assertionsOf(python: string): Assertion[] {
  return python.split('\n').flatMap((text, i) => {
    const comment = /# (.*)$/.exec(text)?.[1] ?? ''
    return comment.split('; ').filter((part) => STATEMENT.test(part)).map((part) => ({ line: i + 1, text: part }))
  })
}

/** What is true instead, or null where the assertion holds. */
export function check(assertion: Assertion, analysis: FlowAnalysis, source: Source): string | null {
  const { line, text } = assertion
  const stmt = statementOn(line, analysis, source)
  if (stmt === undefined) return 'no statement of this frame starts on the line'
  const points = analysis.graph.pointsOf(stmt)
  if (text === 'unreachable') return points === null ? null : 'it is reachable'
  if (points === null) return 'it is unreachable'
  if (text === 'after never') return points.after === null ? null : 'it may complete'
  const from = /^(\w+) from (.*)$/.exec(text)
  if (from !== null) return checkReads(from[1]!, from[2]!, line, stmt, analysis, source)
  const point = text.startsWith('after ') ? points.after : points.before
  if (point === null) return 'it never completes'
  const [property, names] = text.replace(/^after /, '').split(': ')
  const wrong = names!.split(', ').map((name) => checkVariable(property!, name, point, analysis)).filter((problem) => problem !== null)
  return wrong.length === 0 ? null : wrong.join('; ')
}

function checkVariable(property: string, name: string, point: Point, analysis: FlowAnalysis): string | null {
  const variable = variableNamed(name, analysis)
  if (variable === undefined) return `${name} is no variable of the frame`
  const actual = property === 'live' || property === 'dead'
    ? (analysis.liveAt(point, variable) ? 'live' : 'dead')
    : { yes: 'bound', no: 'unbound', maybe: 'maybe' }[analysis.boundAt(point, variable)]
  return actual === property ? null : `${name} is ${actual}`
}

function checkReads(name: string, expected: string, line: number, stmt: Stmt, analysis: FlowAnalysis, source: Source): string | null {
  const reads = namesIn(stmt, name).filter((read) => lineOf(read, source) === line && isUse(read, analysis))
  if (reads.length === 0) return `${name} is not read on the line`
  const bindings = new Set(reads.flatMap((read) => analysis.reaching(read)))
  const lines = [...bindings].map((binding) => lineOf(binding.name, source)).sort((a, b) => a - b)
  const actual = lines.length === 0 ? 'nothing' : lines.join(', ')
  return actual === expected ? null : `${name} from ${actual}`
}

function isUse(name: Name, analysis: FlowAnalysis): boolean {
  const point = analysis.graph.pointOf(name)
  return point !== null && analysis.graph.blocks[point.block]!.events[point.index]!.kind === 'use'
}

function variableNamed(name: string, analysis: FlowAnalysis): Variable | undefined {
  return analysis.graph.variables.find((variable) => variable.name === name)
}

function namesIn(node: Node, id: string): Name[] {
  if (node.kind === 'Name') return node.id === id ? [node] : []
  const found: Name[] = []
  forEachChild(node, (child) => found.push(...namesIn(child, id)))
  return found
}

function statementOn(line: number, analysis: FlowAnalysis, source: Source): Stmt | undefined {
  return statementsOf(analysis.graph.body).find((stmt) => lineOf(stmt, source) === line)
}

/** All statements of a frame, outer ones first. */
export function statementsOf(suite: readonly Node[]): Stmt[] {
  return suite.flatMap((node): Stmt[] => {
    const inner: Node[] = []
    if (node.kind !== 'FunctionDef' && node.kind !== 'Lambda') forEachChild(node, (child) => inner.push(child))
    const below = statementsOf(inner)
    return isStatement(node) ? [node, ...below] : below
  })
}

const STATEMENTS: ReadonlySet<string> = new Set<Stmt['kind']>([
  'FunctionDef', 'ClassDef', 'Return', 'Delete', 'Assign', 'AugAssign', 'AnnAssign', 'TypeAlias', 'For', 'While', 'If', 'With', 'Match', 'Raise',
  'Try', 'Assert', 'Import', 'ImportFrom', 'Global', 'Nonlocal', 'ExprStmt', 'Pass', 'Break', 'Continue', 'ErrorStmt',
])

function isStatement(node: Node): node is Stmt {
  return STATEMENTS.has(node.kind)
}

/** From 1. */
export function lineOf(node: Node, source: Source): number {
  return source.text.slice(0, source.offsetOf(node.start)).split('\n').length
}
