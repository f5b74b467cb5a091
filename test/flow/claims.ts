/** Compares what the analyses say of a generated program with what happened when it ran. */
import { analyse } from '../../server/src/flow/analyse.ts'
import type { FlowAnalysis } from '../../server/src/flow/analysis.ts'
import { buildFlow } from '../../server/src/flow/build.ts'
import type { Binding, Event, Point, Variable } from '../../server/src/flow/graph.ts'
import { printFlow } from '../../server/src/flow/print.ts'
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import type { Call, Expr, FunctionDef, Name, Stmt } from '../../server/src/syntax/ast.ts'
import type { Source } from '../../server/src/syntax/source.ts'
import { lineOf, statementsOf } from './assertions.ts'
import type { Seen, TraceEvent } from './cpython.ts'

/** Tags of objects that the program does not make itself; they have no serial. */
const EXCEPTION = -1
const STARRED = -2
const NO_SERIAL = -1

export class Claims {
  private readonly source: Source
  private readonly analysis: FlowAnalysis
  private readonly statements: readonly Stmt[]
  private readonly reads = new Map<number, Name>()
  private readonly variables: readonly Variable[]

  constructor(source: Source, lines: readonly number[]) {
    this.source = source
    const frame = source.body[0] as FunctionDef
    const graph = buildFlow(frame, resolveScopes(source.body))
    this.analysis = analyse(graph)
    const byLine = new Map(statementsOf(frame.body).reverse().map((stmt) => [lineOf(stmt, source), stmt]))
    this.statements = lines.map((line) => byLine.get(line)!)
    for (const event of graph.blocks.flatMap((block) => block.events)) this.noteRead(event)
    this.variables = graph.variables.filter((variable) => ['a', 'b', 'c'].includes(variable.name))
  }

  describe(): string {
    return `${this.source.text}\n${printFlow(this.analysis.graph, this.source)}`
  }

  /** The claims that a run shows to be wrong. */
  broken(trace: readonly TraceEvent[]): string[] {
    const problems: string[] = []
    const dead = new Map<string, string>()
    for (const event of trace) {
      if (event[0] === 'probe') this.checkState(event[1], event[2], dead, problems)
      else this.checkRead(event[1], [event[2], event[3]], dead, problems)
    }
    return problems
  }

  private noteRead(event: Event): void {
    if (event.kind !== 'call' || event.node.func.kind !== 'Name' || event.node.func.id !== 'u') return
    const [number, read] = event.node.args.map((arg) => arg.value)
    if (number?.kind === 'Constant' && read?.kind === 'Name') this.reads.set(Number(number.value), read)
  }

  private checkState(probe: number, names: Readonly<Record<string, Seen>>, dead: Map<string, string>, problems: string[]): void {
    const stmt = this.statements[probe >> 1]!
    const after = probe % 2 === 1
    const where = `${after ? 'after' : 'before'} line ${lineOf(stmt, this.source)}`
    const points = this.analysis.graph.pointsOf(stmt)
    const point = after ? points?.after : points?.before
    if (point === null || point === undefined) return void problems.push(`${where} was reached`)
    for (const variable of this.variables) this.checkVariable(variable, point, names[variable.name], where, dead, problems)
  }

  private checkVariable(variable: Variable, point: Point, seen: Seen | undefined, where: string, dead: Map<string, string>, problems: string[]): void {
    const bound = this.analysis.boundAt(point, variable)
    if (seen === undefined) {
      if (bound === 'yes') problems.push(`${where}: ${variable.name} said to be bound, was not`)
      return
    }
    if (bound === 'no') problems.push(`${where}: ${variable.name} said to be unbound, was bound`)
    const known = hasTag(this.analysis.reachingAt(point, variable), seen[0])
    if (!known) problems.push(`${where}: ${variable.name} held ${seen[0]}, not among the reaching bindings`)
    const key = `${variable.name} ${seen[1]}`
    if (seen[1] !== NO_SERIAL && !this.analysis.liveAt(point, variable) && !dead.has(key)) dead.set(key, where)
  }

  private checkRead(number: number, seen: Seen, dead: ReadonlyMap<string, string>, problems: string[]): void {
    const read = this.reads.get(number)!
    const where = `read ${number} of ${read.id}`
    const bindings = this.analysis.reaching(read)
    if (!hasTag(bindings, seen[0])) problems.push(`${where}: held ${seen[0]}, not among the reaching bindings`)
    if (!bindings.every((binding) => this.analysis.usesOf(binding).includes(read))) problems.push(`${where}: missing from usesOf`)
    const deadAt = dead.get(`${read.id} ${seen[1]}`)
    if (deadAt !== undefined) problems.push(`${where}: said to be dead ${deadAt}`)
  }
}

function hasTag(bindings: readonly Binding[], tag: number): boolean {
  return bindings.some((binding) => tagOf(binding) === tag)
}

/** The number in the call that makes the value: `v(3)`, `it(4)`, `cm(5)`, `m(6)`. */
function tagOf(binding: Binding): number {
  if (binding.kind === 'parameter') return 0
  if (binding.kind === 'except') return EXCEPTION
  if (binding.path.includes('*')) return STARRED
  const value = binding.node.kind === 'AugAssign' ? binding.node.value : binding.value
  return numberOf(value as Call)
}

function numberOf(call: Call): number {
  const first: Expr | undefined = call.args[0]?.value
  return first?.kind === 'Constant' ? Number(first.value) : NaN
}
