/**
 * The uses of a module by name. What a statement of the module or of a class body says is kept while the statement is the same object,
 * so that an edit costs what it changes; names are looked up when they are asked for.
 */
import type { ClassDef, Stmt, Suite } from '../../syntax/ast.ts'
import { commonEnds } from '../../text/common-ends.ts'
import type { Scope, ScopeTree } from '../scope.ts'
import { classFrame, collectUses, moduleFrame } from './collect.ts'
import type { Frame } from './frame.ts'
import type { Use } from './use.ts'

export interface ModuleUses {
  /** Every use of the global, in the order of the text. */
  ofGlobal(name: string): readonly Use[]
  /** Every use of an attribute of that name, whoever has it. */
  ofAttribute(name: string): readonly Use[]
  /** Every use of parameters whose default is a container. */
  ofDefaults(): readonly Use[]
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
  readonly defaults: readonly Use[]
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
  private body: Suite | null = null
  private parts: readonly Part[] = []
  private readonly statements = new WeakMap<Stmt, readonly Part[]>()
  private places: ReadonlyMap<ByName, number> | null = null
  private readonly globals = new PartsByName(part => this.placeOf(part))
  private readonly attributes = new PartsByName(part => this.placeOf(part))

  renew(body: Suite, scopes: ScopeTree): void {
    if (body === this.body) return
    const frame = moduleFrame(scopes.module)
    const parts = body.flatMap(stmt => this.partsIn(stmt, frame, scopes))
    const { head, tail } = commonEnds(this.parts, parts)
    const removed = this.parts.slice(head, this.parts.length - tail)
    const added = parts.slice(head, parts.length - tail)
    this.body = body
    this.parts = parts
    this.places = null
    this.globals.replace(removed.map(p => p.globals), added.map(p => p.globals))
    this.attributes.replace(removed.map(p => p.attributes), added.map(p => p.attributes))
  }

  /** Nothing in a statement of the module changes what it says while it is the same object. */
  private partsIn(stmt: Stmt, frame: Frame, scopes: ScopeTree): readonly Part[] {
    let parts = this.statements.get(stmt)
    if (!parts) this.statements.set(stmt, parts = partsOf([stmt], frame, scopes))
    return parts
  }

  /** The place of a part in this version; parts that stay keep their order. */
  private placeOf(part: ByName): number {
    this.places ??= new Map(this.parts.flatMap((p, i) => [[p.globals, i], [p.attributes, i]] as const))
    return this.places.get(part)!
  }

  ofGlobal(name: string): readonly Use[] {
    return this.globals.of(name)
  }

  ofAttribute(name: string): readonly Use[] {
    return this.attributes.of(name)
  }

  ofDefaults(): readonly Use[] {
    return this.parts.flatMap(part => part.defaults)
  }
}

/** Which parts say something of a name. */
class PartsByName {
  private readonly parts = new Map<string, ByName[]>()
  private readonly answers = new Map<string, readonly Use[]>()
  private readonly placeOf: (part: ByName) => number

  constructor(placeOf: (part: ByName) => number) {
    this.placeOf = placeOf
  }

  replace(removed: readonly ByName[], added: readonly ByName[]): void {
    const gone = new Set(removed)
    for (const name of new Set(removed.flatMap(part => [...part.keys()]))) this.parts.set(name, this.parts.get(name)!.filter(part => !gone.has(part)))
    for (const part of added) for (const name of part.keys()) this.parts.set(name, [...this.parts.get(name) ?? [], part])
    for (const part of [...removed, ...added]) for (const name of part.keys()) this.answers.delete(name)
  }

  /** In the order of the text. */
  of(name: string): readonly Use[] {
    let uses = this.answers.get(name)
    if (!uses) {
      const parts = this.parts.get(name) ?? []
      const ordered = parts.length > 1 ? [...parts].sort((a, b) => this.placeOf(a) - this.placeOf(b)) : parts
      this.answers.set(name, uses = ordered.flatMap(part => part.get(name) ?? []))
    }
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
    defaults: uses.filter(u => u.owner.kind === 'default'),
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
