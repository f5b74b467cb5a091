/** Builds the control-flow graph of a frame. */
import type { FunctionDef, Lambda, Name, Parameter, Stmt, Suite } from '../syntax/ast.ts'
import type { Scope, ScopeTree } from '../semantic/scope.ts'
import { Builder } from './builder.ts'
import { visitExpr } from './expressions.ts'
import type { Block, FlowGraph, FlowOptions, FrameNode, Point, SuiteInfo } from './graph.ts'
import { orderBlocks } from './order.ts'
import { namePoints } from './places.ts'
import type { Places, StatementPoints } from './places.ts'
import { visitSuite } from './statements.ts'
import { Names } from './variables.ts'

/** The graph of a function's or lambda's own frame; its decorators, defaults and annotations belong to the frame around it. */
export function buildFlow(frame: FunctionDef | Lambda, scopes: ScopeTree, options: FlowOptions = {}): FlowGraph {
  const scope = scopes.scopeOf(frame)
  const b = builder(scopes, scope, options)
  bindParameters(b, frame.kind === 'Lambda' ? frame.params : frame.header.params)
  if (frame.kind === 'Lambda') visitExpr(b, frame.body)
  else visitSuite(b, frame.body, null, 'body')
  return finish(b, frame, scope, frame.kind === 'Lambda' ? [] : frame.body)
}

/** The graph of a module's top level. */
export function buildModuleFlow(body: Suite, scopes: ScopeTree, options: FlowOptions = {}): FlowGraph {
  const b = builder(scopes, scopes.module, options)
  visitSuite(b, body, null, 'body')
  return finish(b, 'module', scopes.module, body)
}

function builder(scopes: ScopeTree, scope: Scope, options: FlowOptions): Builder {
  return new Builder(new Names(scopes, scope), options)
}

function bindParameters(b: Builder, params: readonly Parameter[]): void {
  for (const param of params) b.bind(param.name, 'parameter', param, param.default)
}

const ENTRY = 0

function finish(b: Builder, frame: FrameNode, scope: Scope, body: Suite): FlowGraph {
  b.goto(b.exit)
  return new Graph(b, frame, scope, body)
}

class Graph implements FlowGraph {
  readonly frame: FrameNode
  readonly scope: Scope
  readonly body: Suite
  readonly variables: FlowGraph['variables']
  readonly bindings: FlowGraph['bindings']
  readonly blocks: readonly Block[]
  readonly reachable: number
  readonly entry = ENTRY
  readonly exit: number
  readonly raised: number
  readonly isGenerator: boolean
  readonly trustsManagers: boolean
  readonly hasCopies: boolean
  readonly hasStarImport: boolean
  private readonly places: Places
  private readonly renumbered: Int32Array
  private statements: ReadonlyMap<Stmt, StatementPoints> | undefined
  private names: ReadonlyMap<Name, Point> | undefined
  private suiteInfos: readonly SuiteInfo[] | undefined

  constructor(b: Builder, frame: FrameNode, scope: Scope, body: Suite) {
    const { blocks, renumbered, reachable } = orderBlocks(b, ENTRY, [b.exit, b.raised])
    this.frame = frame
    this.scope = scope
    this.body = body
    this.trustsManagers = b.hasTrusted
    this.variables = b.names.variables
    this.bindings = b.bindings
    this.blocks = blocks
    this.reachable = reachable
    this.exit = renumbered[b.exit]!
    this.raised = renumbered[b.raised]!
    this.isGenerator = b.isGenerator
    this.hasCopies = b.hasCopies
    this.hasStarImport = b.hasStarImport
    this.places = b.places
    this.renumbered = renumbered
  }

  get suites(): readonly SuiteInfo[] {
    return (this.suiteInfos ??= this.places.suiteInfos(this.blocks, this.renumbered))
  }

  pointsOf(stmt: Stmt): StatementPoints | null {
    this.statements ??= this.places.statementPoints(this.blocks, this.renumbered)
    return this.statements.get(stmt) ?? null
  }

  pointOf(name: Name): Point | null {
    this.names ??= namePoints(this.blocks)
    return this.names.get(name) ?? null
  }
}
