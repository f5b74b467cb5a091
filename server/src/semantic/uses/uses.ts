/**
 * The uses of a module by name. What a statement of the module or of a class body says is kept while the statement is the same object,
 * so that an edit costs what it changes; names are looked up when they are asked for.
 */
import type { ClassDef, Stmt, Suite } from '../../syntax/ast.ts'
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
const modules = new WeakMap<Suite, ModuleUses>()

export function usesOf(body: Suite, scopes: ScopeTree): ModuleUses {
  let uses = modules.get(body)
  if (!uses) modules.set(body, uses = new Uses(body, scopes))
  return uses
}

class Uses implements ModuleUses {
  private readonly body: Suite
  private readonly scopes: ScopeTree
  private made: readonly Part[] | null = null

  constructor(body: Suite, scopes: ScopeTree) {
    this.body = body
    this.scopes = scopes
  }

  private get parts(): readonly Part[] {
    return this.made ??= partsOf(this.body, moduleFrame(this.scopes.module), this.scopes)
  }

  ofGlobal(name: string): readonly Use[] {
    return this.parts.flatMap(part => part.globals.get(name) ?? [])
  }

  ofAttribute(name: string): readonly Use[] {
    return this.parts.flatMap(part => part.attributes.get(name) ?? [])
  }

  ofDefaults(): readonly Use[] {
    return this.parts.flatMap(part => part.defaults)
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
