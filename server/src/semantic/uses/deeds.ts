/** What the code around an expression does with the object it names, and with the elements it takes out of it. Read off the syntax alone. */
import { isDeleted } from '../../syntax/ancestors.ts'
import type { Argument, Assign, Attribute, AugAssign, Call, Expr, List, Name, Node, Subscript, Tuple } from '../../syntax/ast.ts'
import { ADDING, doneToArgument, ELEMENT, TAKING, takesNext, WALKED } from './methods.ts'
import type { Deed, Growth, Use } from './use.ts'

export type Done = Pick<Use, 'deed' | 'depth' | 'act' | 'growth' | 'value'>

/** A local name that is given the object, or an element of it. */
export interface Given {
  readonly name: Name
  readonly depth: 0 | 1
}

export interface Told {
  readonly done: readonly Done[]
  readonly given: readonly Given[]
}

/** `around`: the nodes around the expression, innermost last. `depth`: whether the expression names the object or an element of it. */
export function deedsOf(expr: Expr, around: readonly Node[], depth: 0 | 1): Told {
  const reader = new Reader(around, depth)
  reader.follow(expr, around.length - 1)
  return reader
}

class Reader implements Told {
  readonly done: Done[] = []
  readonly given: Given[] = []
  private readonly around: readonly Node[]
  private depth: 0 | 1
  /** What is followed is a view of the object (`x.values()`) or a copy: said already, but walking it gives the elements. */
  private isView = false

  constructor(around: readonly Node[], depth: 0 | 1) {
    this.around = around
    this.depth = depth
  }

  /** Where the value of `node` goes; its parent is `around[at]`. */
  follow(node: Expr, at: number): void {
    const parent = this.around[at]
    if (parent === undefined) return
    switch (parent.kind) {
      case 'Attribute': return this.member(parent, at - 1)
      case 'Subscript': return parent.value === node ? this.item(parent, at - 1) : this.say('read', parent)
      case 'Call': return this.say('call', parent)
      case 'Argument': return this.argument(parent, at - 1)
      case 'Assign': return parent.value === node ? this.assigned(parent.targets, parent) : this.bound(parent, parent.value)
      case 'AnnAssign': return parent.value === node ? this.assigned([parent.target], parent) : parent.value ? this.bound(parent, parent.value) : undefined
      case 'AugAssign': return this.augmented(parent, node)
      case 'NamedExpr':
        if (parent.target === node) return this.bound(parent, parent.value)
        this.give(parent.target)
        return this.follow(parent, at - 1)
      case 'Delete': return this.say('delete', parent)
      case 'For':
      case 'Generator': return parent.target === node ? this.bound(parent, null) : this.walked(parent.target, parent)
      case 'WithItem': return parent.target === node ? this.bound(parent, null) : this.say('read', parent)
      case 'BoolOp':
        this.say('test', parent)
        return this.follow(parent, at - 1)
      case 'IfExp': return parent.test === node ? this.say('test', parent) : this.follow(parent, at - 1)
      case 'UnaryOp': return this.say(parent.op === 'not' ? 'test' : 'read', parent)
      case 'If':
      case 'While':
      case 'Assert': return this.say('test', parent)
      case 'Starred': return this.isTarget(parent, at - 1) ? this.bound(parent, null) : this.say('iterate', parent)
      case 'YieldFrom': return this.say('iterate', parent)
      case 'List':
      case 'Tuple': return isDeleted(this.around, at) ? this.say('delete', parent) : this.listed(node, parent, at - 1)
      case 'Dict': return this.say(parent.values.some((v, i) => v === node && parent.keys[i] === null) ? 'iterate' : 'escape', parent)
      case 'FunctionDef':
      case 'ClassDef': return this.say('decorate', parent)
      case 'Return':
      case 'Yield':
      case 'Await':
      case 'Set':
      case 'Lambda':
      case 'Comprehension':
      case 'Parameter': return this.say('escape', parent)
      case 'ExceptHandler': return parent.name === node ? this.bound(parent, null) : this.say('read', parent)
      case 'ImportAlias':
      case 'MatchAs':
      case 'MatchStar':
      case 'MatchMapping': return this.bound(parent, null)
      default: return this.say('read', parent)
    }
  }

  private say(deed: Deed, act: Node, more: { readonly growth?: Growth; readonly value?: Expr | null } = {}): void {
    if (this.isView) return
    // Of elements only what changes them, or hands them on, is of interest.
    if (this.depth === 1 && deed !== 'grow' && deed !== 'shrink' && deed !== 'escape') return
    this.done.push({ deed, depth: this.depth, act, growth: more.growth ?? null, value: more.value ?? null })
  }

  private bound(act: Node, value: Expr | null): void {
    this.done.push({ deed: 'bind', depth: this.depth, act, growth: null, value })
  }

  /** Whether the name is a local is for others to say. */
  private give(target: Expr): void {
    if (target.kind === 'Name' && !this.isView) this.given.push({ name: target, depth: this.depth })
  }

  private grow(act: Node, how: string, key: Expr | null, value: Expr | null, all = false): void {
    this.say('grow', act, { growth: { how, key, value, all } })
  }

  /** `x.attr`: a method that is called, or taken to be called later. */
  private member(parent: Attribute, at: number): void {
    const call = this.around[at]
    if (call?.kind !== 'Call' || call.func !== parent) {
      // A method that is handed over (`done.add_done_callback(x.discard)`) is called some time.
      return this.say(TAKING.has(parent.attr) ? 'shrink' : ADDING.has(parent.attr) ? 'escape' : 'read', parent)
    }
    if (this.isView) return
    const adding = ADDING.get(parent.attr)
    if (adding) this.adds(call, parent.attr, adding.value, adding.key ?? null, adding.all === true)
    else if (TAKING.has(parent.attr) || takesNext(call)) return this.say('shrink', call)
    else if (WALKED.has(parent.attr)) {
      this.say('iterate', call)
      this.isView = true
      return this.follow(call, at - 1)
    } else this.say('read', call, { value: call.args[0]?.value ?? null })
    if (ELEMENT.has(parent.attr)) this.element(call, at - 1)
  }

  private adds(call: Call, how: string, value: number, key: number | null, all: boolean): void {
    const positional = (index: number): Expr | null => (call.args[index]?.form === 'positional' ? call.args[index].value : null)
    if (call.args.length > 0) this.grow(call, how, key === null ? null : positional(key), positional(value), all)
  }

  /** Goes on with what the expression takes out of the object. */
  private element(taken: Expr, at: number): void {
    if (this.depth === 1) return
    this.depth = 1
    this.follow(taken, at)
  }

  private item(parent: Subscript, at: number): void {
    if (this.isView) return
    const owner = this.around[at]
    const { slice } = parent
    const key = slice.kind === 'Slice' ? null : slice
    if (owner && isDeleted(this.around, at)) return this.say('shrink', owner)
    if (owner?.kind === 'AugAssign' && owner.target === parent) {
      this.grow(owner, `[…] ${owner.op}=`, key, owner.value)
      if (this.depth === 0 && owner.op === '+') {
        this.depth = 1
        this.grow(owner, '+=', null, owner.value, true)
      }
      return
    }
    if ((owner?.kind === 'Assign' && owner.targets.includes(parent)) || (owner?.kind === 'AnnAssign' && owner.target === parent)) {
      if (slice.kind === 'Slice') return this.say('shrink', owner)
      this.grow(owner, '[…] =', key, owner.value)
      if (owner.kind === 'Assign' && this.depth === 0) {
        this.depth = 1
        owner.targets.forEach(t => this.give(t))
      }
      return
    }
    if (owner !== undefined && this.isTarget(parent, at)) return this.grow(owner, '[…] =', key, null)
    this.say('read', parent, { value: key })
    if (slice.kind !== 'Slice') this.element(parent, at)
  }

  private argument(parent: Argument, at: number): void {
    const call = this.around[at]
    // A class keeps what it derives from.
    if (call?.kind === 'ClassDef') return this.say('escape', call)
    if (call?.kind !== 'Call') return this.say('read', parent)
    if (parent.form === 'star' || parent.form === 'double-star') return this.say('iterate', call)
    const done = doneToArgument(call, parent.form === 'positional' ? call.args.indexOf(parent) : -1)
    if (done === 'grow') return this.grow(call, call.func.kind === 'Attribute' ? call.func.attr : 'heappush', null, call.args[1]?.value ?? null)
    this.say(done, call)
    if (done !== 'iterate') return
    // `for v in list(x.values())` walks the elements as `for v in x.values()` does.
    const loop = this.around[at - 1]
    if ((loop?.kind === 'For' || loop?.kind === 'Generator') && loop.iter === call) this.walked(loop.target, loop)
  }

  /** `y = x`: the locals among the targets are names for it; anything else may be read by anybody. */
  private assigned(targets: readonly Expr[], act: Node): void {
    if (targets.some(t => t.kind !== 'Name')) this.say('escape', act)
    else this.say('read', act)
    targets.forEach(t => this.give(t))
  }

  private augmented(parent: AugAssign, node: Expr): void {
    if (parent.target !== node) return this.say('iterate', parent)
    if (parent.op === '+' || parent.op === '|') return this.grow(parent, `${parent.op}=`, null, parent.value, true)
    if (parent.op === '-' || parent.op === '&' || parent.op === '^' || parent.op === '*') return this.say('shrink', parent)
    return this.bound(parent, null)
  }

  private walked(target: Expr, act: Node): void {
    this.say('iterate', act)
    if (this.depth === 1) return
    this.depth = 1
    this.isView = false
    if (target.kind === 'Tuple') target.elts.forEach(t => this.give(t))
    else this.give(target)
  }

  private listed(node: Expr, parent: List | Tuple, at: number): void {
    if (this.isTarget(parent, at)) return this.bound(parent, null)
    const owner = this.around[at]
    if (owner?.kind === 'Assign' && owner.value === parent && this.paired(node, parent, owner)) return
    const isLooked = owner?.kind === 'Subscript' || owner?.kind === 'Compare' || owner?.kind === 'BinOp'
    this.say(isLooked ? 'read' : 'escape', parent)
  }

  /** `a, b = x, y` gives each its own. */
  private paired(node: Expr, values: List | Tuple, { targets }: Assign): boolean {
    const [target] = targets
    if (targets.length !== 1 || (target?.kind !== 'Tuple' && target?.kind !== 'List') || target.elts.length !== values.elts.length) return false
    const name = target.elts[values.elts.indexOf(node)]
    if (name?.kind !== 'Name') return false
    this.say('read', values)
    this.give(name)
    return true
  }

  /** Is the tuple, list or starred expression something that is assigned to? */
  private isTarget(node: Node, at: number): boolean {
    const parent = this.around[at]
    switch (parent?.kind) {
      case 'Assign': return parent.targets.some(t => t === node)
      case 'For':
      case 'Generator':
      case 'WithItem': return parent.target === node
      case 'List':
      case 'Tuple':
      case 'Starred': return this.isTarget(parent, at - 1)
      default: return false
    }
  }
}
