/**
 * Blocks under construction: where events go, where an exception goes from here, and which regions a jump leaves. Knows nothing
 * of the language's constructs; `statements.ts` and its neighbours do.
 */
import type { Expr, Name, Node } from '../syntax/ast.ts'
import type { Binding, BindingKind, Event, FlowOptions, Loop, Path, Variable } from './graph.ts'
import type { Names } from './variables.ts'
import { Places } from './places.ts'

export type BlockId = number

/** How control leaves a region other than by falling off its end or by an exception. */
export type Jump = 'return' | 'break' | 'continue'

/** Code that runs on every way out: `finally`, `with`, the unbinding of `except … as`. */
export interface Cleanup {
  readonly kind: 'cleanup'
  readonly outer: Context
  /** The block to go to for each kind of jump that leaves the region; filled while its body is built. */
  readonly jumps: Map<Jump, BlockId>
}

export interface LoopRegion {
  readonly kind: 'loop'
  readonly outer: Context
  readonly breakTo: BlockId
  readonly continueTo: BlockId
}

/** What surrounds the code being built. */
export interface Context {
  /** The block where exceptions go: `handlers` of the blocks in which an event may raise. */
  readonly handlers: readonly [BlockId]
  readonly region: Cleanup | LoopRegion | null
  readonly loops: readonly Loop[]
}

/** A `Block` being filled. */
export interface OpenBlock {
  id: BlockId
  readonly events: Event[]
  successors: BlockId[]
  readonly surroundings: Context
  /** Those of the surroundings from the first event that may raise. */
  handlers: readonly BlockId[]
  readonly loops: readonly Loop[]
  reachable: boolean
}

/** A `Loop` whose block may yet be renumbered. */
export interface OpenLoop {
  readonly node: Node
  head: BlockId
}

const NO_HANDLERS: readonly BlockId[] = []
const WHOLE: Path = []

export class Builder {
  readonly blocks: OpenBlock[] = []
  readonly loops: OpenLoop[] = []
  readonly handlerLists: [BlockId][] = []
  readonly bindings: Binding[] = []
  readonly places = new Places()
  readonly names: Names
  readonly options: FlowOptions
  /** Some `with` of unknown effect was taken to pass exceptions on. */
  hasTrusted = false
  readonly exit: BlockId
  readonly raised: BlockId
  context: Context
  current: OpenBlock
  isGenerator = false
  hasStarImport = false
  hasCopies = false
  /** Inside an annotation. */
  lazy = false
  /** How many `finally` bodies, each inside a copy of the next, are being built. */
  copyDepth = 0
  private dead: OpenBlock | null = null
  private copiedBindings: Map<Name, Binding> | null = null

  constructor(names: Names, options: FlowOptions) {
    this.names = names
    this.options = options
    this.context = { handlers: this.handlersAt(2), region: null, loops: [] }
    this.current = this.open()
    this.exit = this.open().id
    this.raised = this.open().id
  }

  // Blocks and edges

  private open(context: Context = this.context): OpenBlock {
    const { loops } = context
    const id = this.blocks.length
    const block: OpenBlock = { id, events: [], successors: [], surroundings: context, handlers: NO_HANDLERS, loops, reachable: false }
    this.blocks.push(block)
    return block
  }

  /** A block with the surroundings of `context`; events are added after `start`. */
  newBlock(context: Context = this.context): BlockId {
    return this.open(context).id
  }

  /** `handlers` of a context whose exceptions go to `block`. */
  handlersAt(block: BlockId): [BlockId] {
    const handlers: [BlockId] = [block]
    this.handlerLists.push(handlers)
    return handlers
  }

  start(block: BlockId): void {
    this.current = this.blocks[block]!
  }

  link(target: BlockId): void {
    const { successors } = this.current
    if (!successors.includes(target)) successors.push(target)
  }

  /** Goes to `target`; what is built next cannot be reached from here. */
  goto(target: BlockId): void {
    this.link(target)
    this.unreachable()
  }

  /** Right after a jump: nothing can follow here. */
  get isDead(): boolean {
    return this.current === this.dead && this.current.events.length === 0
  }

  /** Goes on in a block that nothing leads to: the last such one where it has stayed empty. */
  unreachable(): void {
    const { dead, context } = this
    if (dead === null || dead.events.length > 0 || dead.surroundings !== context) this.dead = this.open()
    else dead.successors.length = 0
    this.current = this.dead!
  }

  /** Ends the block; control goes on in a new one, with the current surroundings. */
  split(): void {
    const next = this.newBlock()
    this.link(next)
    this.start(next)
  }

  /** Goes where a jump out of the current surroundings leads: through the innermost cleanup, else to its target. */
  jump(kind: Jump): void {
    this.linkJump(kind)
    this.unreachable()
  }

  linkJump(kind: Jump): void {
    for (let region = this.context.region; region !== null; region = region.outer.region) {
      if (region.kind === 'cleanup') return this.link(this.cleanupEntry(region, kind))
      if (kind === 'break') return this.link(region.breakTo)
      if (kind === 'continue') return this.link(region.continueTo)
    }
    this.link(this.exit)
  }

  private cleanupEntry(region: Cleanup, kind: Jump): BlockId {
    let entry = region.jumps.get(kind)
    if (entry === undefined) {
      entry = this.newBlock(region.outer)
      region.jumps.set(kind, entry)
    }
    return entry
  }

  /**
   * Makes a loop the current surroundings (the caller restores `context`) and opens the block where its rounds begin, not started yet.
   * `breakTo` is null for comprehensions, which no jump leaves.
   */
  openLoop(node: Node, breakTo: BlockId | null): BlockId {
    const outer = this.context
    const head = this.blocks.length
    const region = breakTo === null ? outer.region : { kind: 'loop' as const, outer, breakTo, continueTo: head }
    const loop = { node, head }
    this.loops.push(loop)
    this.context = { handlers: outer.handlers, region, loops: [...outer.loops, loop] }
    return this.newBlock()
  }

  // Events

  /** Adds an event that may raise. */
  emit(event: Event): void {
    const { current } = this
    current.events.push(event)
    if (current.handlers === NO_HANDLERS) current.handlers = current.surroundings.handlers
  }

  /** Adds an event that cannot raise. */
  emitQuiet(event: Event): void {
    this.current.events.push(event)
  }

  use(node: Name): void {
    this.emit({ kind: 'use', variable: this.names.resolve(node.id), node, lazy: this.lazy })
    const global = this.names.globalBehind(node.id)
    if (global !== null) this.emitQuiet({ kind: 'use', variable: global, node, lazy: true })
  }

  operation(node: Extract<Event, { kind: 'operation' }>['node']): void {
    this.emit({ kind: 'operation', node })
  }

  bind(name: Name, kind: BindingKind, node: Node, value: Expr | null, path: Path = WHOLE): void {
    this.emitQuiet({ kind: 'bind', binding: this.binding(name, kind, node, value, path) })
  }

  /** The code of a `finally` body is built several times, its bindings exist once. */
  private binding(name: Name, kind: BindingKind, node: Node, value: Expr | null, path: Path): Binding {
    const known = this.copyDepth > 0 ? this.copiedBindings?.get(name) : undefined
    if (known !== undefined) return known
    const binding = { id: this.bindings.length, variable: this.names.resolveTarget(name.id), kind, name, node, value, path }
    this.bindings.push(binding)
    if (this.copyDepth > 0) (this.copiedBindings ??= new Map()).set(name, binding)
    return binding
  }

  remove(node: Name): void {
    this.emit({ kind: 'delete', variable: this.names.resolve(node.id), node, implicit: false })
  }

  removeImplicitly(node: Name): void {
    this.emitQuiet({ kind: 'delete', variable: this.names.resolve(node.id), node, implicit: true })
  }

  closure(node: Extract<Event, { kind: 'closure' }>['node'], captures: readonly Variable[]): void {
    const event: Event = { kind: 'closure', node, captures }
    if (node.kind === 'ClassDef') this.emit(event)
    else this.emitQuiet(event)
  }
}
