/**
 * The uses of a module by name. What a statement of the module or of a class body says is kept while the statement is the same object,
 * so that an edit costs what it changes; names are looked up when they are asked for.
 */
import type { ClassDef, Stmt, Suite } from '../../syntax/ast.ts'
import { commonEnds } from '../../text/common-ends.ts'
import { Order } from '../../text/order.ts'
import type { Scope, ScopeTree } from '../scope.ts'
import { classFrame, collectUses, moduleFrame } from './collect.ts'
import type { Frame } from './frame.ts'
import type { Use } from './use.ts'

/** The same answer is the same object until a statement that mentions the name is edited. */
export interface ModuleUses {
  /** Every use of the global, in the order of the text. */
  ofGlobal(name: string): readonly Use[]
  /** Every use of an attribute of that name, whoever has it. */
  ofAttribute(name: string): readonly Use[]
  /** Every use of parameters of that name whose default is a container. */
  ofDefault(name: string): readonly Use[]
}

type ByName = ReadonlyMap<string, readonly Use[]>

/** What one statement says; of a class its header alone, its body has parts of its own. */
interface Part {
  /** Its place, by which it is known that the statement stands where it stood. */
  readonly home: string
  /** What names bound in the class body around it were taken for. */
  readonly resolved: ReadonlyMap<string, string | undefined>
  readonly globals: ByName
  readonly attributes: ByName
  readonly defaults: ByName
}

const known = new WeakMap<Stmt, Part>()
const modules = new WeakMap<object, Uses>()

/** `module` stands for the module over all its versions: what an edit leaves as it was is not looked at again. */
export function usesOf(module: object, body: Suite, scopes: ScopeTree): ModuleUses {
  let uses = modules.get(module)
  if (!uses) modules.set(module, uses = new Uses())
  uses.renew(body, scopes)
  return uses
}

class Uses implements ModuleUses {
  private latest: { readonly body: Suite; readonly scopes: ScopeTree } | null = null
  private body: Suite = []
  /** Of each statement of the body, how many parts it has. */
  private counts: readonly number[] = []
  private parts: readonly Part[] = []
  private readonly order = new Order<Part>()
  private readonly globals = new PartsByName('globals', this.order)
  private readonly attributes = new PartsByName('attributes', this.order)
  private readonly defaults = new PartsByName('defaults', this.order)

  /** The version that is asked about. What is new in it is read when somebody asks. */
  renew(body: Suite, scopes: ScopeTree): void {
    this.latest = { body, scopes }
  }

  /** Nothing in a statement of the module changes what it says while it is the same object. */
  private read(): this {
    const { body, scopes } = this.latest!
    if (body === this.body) return this
    const { head, tail } = commonEnds(this.body, body)
    const frame = moduleFrame(scopes.module)
    const fresh = body.slice(head, body.length - tail).map(stmt => partsOf([stmt], frame, scopes))
    const [before, after] = [this.counts.slice(0, head), this.counts.slice(this.body.length - tail)]
    const [from, to] = [sum(before), this.parts.length - sum(after)]
    this.replace(from, to, fresh.flat())
    this.counts = before.concat(fresh.map(parts => parts.length), after)
    this.body = body
    return this
  }

  /** Some parts by others: those of a class that was edited are the same for most of its statements. */
  private replace(from: number, to: number, parts: readonly Part[]): void {
    const old = this.parts.slice(from, to)
    const { head, tail } = commonEnds(old, parts)
    const removed = old.slice(head, old.length - tail)
    const added = parts.slice(head, parts.length - tail)
    this.parts = this.parts.slice(0, from + head).concat(added, this.parts.slice(to - tail))
    this.order.replace(removed, this.parts, from + head, from + parts.length - tail)
    for (const index of [this.globals, this.attributes, this.defaults]) index.replace(removed, added)
  }

  ofGlobal(name: string): readonly Use[] {
    return this.read().globals.of(name)
  }

  ofAttribute(name: string): readonly Use[] {
    return this.read().attributes.of(name)
  }

  ofDefault(name: string): readonly Use[] {
    return this.read().defaults.of(name)
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, n) => all + n, 0)
}

/** Which parts say something of a name. */
class PartsByName {
  private readonly parts = new Map<string, Set<Part>>()
  private readonly answers = new Map<string, readonly Use[]>()
  private readonly what: 'globals' | 'attributes' | 'defaults'
  private readonly order: Order<Part>

  constructor(what: 'globals' | 'attributes' | 'defaults', order: Order<Part>) {
    this.what = what
    this.order = order
  }

  replace(removed: readonly Part[], added: readonly Part[]): void {
    for (const part of removed) {
      for (const name of part[this.what].keys()) {
        this.parts.get(name)?.delete(part)
        this.answers.delete(name)
      }
    }
    for (const part of added) {
      for (const name of part[this.what].keys()) {
        const known = this.parts.get(name)
        if (known) known.add(part)
        else this.parts.set(name, new Set([part]))
        this.answers.delete(name)
      }
    }
  }

  /** In the order of the text. */
  of(name: string): readonly Use[] {
    let uses = this.answers.get(name)
    if (!uses) this.answers.set(name, uses = this.order.sorted([...this.parts.get(name) ?? []]).flatMap(part => part[this.what].get(name) ?? []))
    return uses
  }
}

function partsOf(body: Suite, frame: Frame, scopes: ScopeTree): readonly Part[] {
  return body.flatMap(stmt => (stmt.kind === 'ClassDef' ? classParts(stmt, frame, scopes) : [partOf(stmt, frame, scopes)]))
}

function classParts(stmt: ClassDef, frame: Frame, scopes: ScopeTree): readonly Part[] {
  return [partOf(stmt, frame, scopes), ...partsOf(stmt.body, classFrame(scopes.scopeOf(stmt), stmt.name.id, frame), scopes)]
}

function partOf(stmt: Stmt, frame: Frame, scopes: ScopeTree): Part {
  const old = known.get(stmt)
  if (old?.home === frame.place.scope && isResolvedSame(old, frame.scope)) return old
  const uses = collectUses(stmt, frame, scopes)
  const part: Part = {
    home: frame.place.scope,
    resolved: resolvedIn(frame.scope, uses),
    globals: byName(uses.filter(u => u.owner.kind === 'global')),
    attributes: byName(uses.filter(u => u.owner.kind !== 'global' && u.owner.kind !== 'default')),
    defaults: byName(uses.filter(u => u.owner.kind === 'default')),
  }
  known.set(stmt, part)
  return part
}

/** Names used in a class body mean what the body as a whole binds. */
function resolvedIn(scope: Scope, uses: readonly Use[]): Part['resolved'] {
  return scope.kind !== 'class' ? new Map() : new Map(uses.filter(u => u.node.kind === 'Name').map(u => [u.name, scope.symbols.get(u.name)?.scope]))
}

function isResolvedSame({ resolved }: Part, scope: Scope): boolean {
  for (const [name, was] of resolved) if (scope.symbols.get(name)?.scope !== was) return false
  return true
}

function byName(uses: readonly Use[]): ByName {
  const found = new Map<string, Use[]>()
  for (const use of uses) {
    const list = found.get(use.name)
    if (list) list.push(use)
    else found.set(use.name, [use])
  }
  return found
}
