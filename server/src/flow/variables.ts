/**
 * Which variable of the frame a name means, where it stands. The frame's own scope is at the bottom of a stack; scopes that run inside
 * the frame (class bodies, list, set and dict comprehensions, type parameters) are pushed while their code is built.
 */
import type { ClassDef, Comprehension, FunctionDef, Lambda, Node } from '../syntax/ast.ts'
import type { Scope, ScopeTree } from '../semantic/scope.ts'
import { isBoundHere, mangle } from '../semantic/scope.ts'
import type { Variable } from './graph.ts'

interface OpenVariable {
  readonly id: number
  readonly name: string
  readonly scope: Scope
  storage: Variable['storage']
  writtenInside: boolean
}

interface Level {
  readonly scope: Scope
  /** By name after mangling; what the names of the scope mean. The frame's own level also has those that belong further out. */
  readonly known: Map<string, OpenVariable>
}

export class Names {
  readonly variables: OpenVariable[] = []
  private readonly scopes: ScopeTree
  private readonly frame: Level
  private readonly stack: Level[]
  private top: Level
  /** Scopes entered before: a `finally` body is built several times. */
  private entered: Map<Scope, Level> | null = null
  /** Globals that have the name of a local of the frame. */
  private hiddenGlobals: Map<string, OpenVariable> | null = null

  constructor(scopes: ScopeTree, frame: Scope) {
    this.scopes = scopes
    this.frame = { scope: frame, known: new Map() }
    this.top = this.frame
    this.stack = [this.frame]
  }

  get scope(): Scope {
    return this.top.scope
  }

  private get isModule(): boolean {
    return this.frame.scope === this.scopes.module
  }

  scopeOf(node: FunctionDef | Lambda | ClassDef | Comprehension): Scope {
    return this.scopes.scopeOf(node)
  }

  /** The scope that the node's symbols are in, for nodes that open one of those `ScopeTree.scopeOf` does not answer for. */
  innerScope(kind: Scope['kind'], node: Node): Scope | undefined {
    return this.scope.children.find((child) => child.kind === kind && child.node === node)
  }

  inside(scope: Scope, build: () => void): void {
    const level = this.levelOf(scope)
    const outer = this.top
    this.top = level
    this.stack.push(level)
    build()
    this.stack.pop()
    this.top = outer
  }

  private levelOf(scope: Scope): Level {
    this.entered ??= new Map()
    let level = this.entered.get(scope)
    if (level === undefined) this.entered.set(scope, (level = { scope, known: new Map() }))
    return level
  }

  /** The variable an identifier means in the current scope. */
  resolve(id: string): Variable {
    return this.find(id)
  }

  /** As `resolve`, for a name that is bound here: a module binds its own globals even where only a comprehension's walrus says so. */
  resolveTarget(id: string): Variable {
    const variable = this.find(id)
    if (variable.storage === 'outer' && this.isModule) {
      variable.storage = this.scopes.globalsUsedInside.has(variable.name) ? 'cell' : 'local'
    }
    return variable
  }

  /** The variable of this module that a name of a class body means while the class has not bound it; null: none. */
  globalBehind(id: string): Variable | null {
    const { scope } = this.top
    if (!this.isModule || scope.kind !== 'class') return null
    const variable = this.find(id)
    return variable.scope === scope && this.isBoundByModule(variable.name) ? this.global(variable.name) : null
  }

  private find(id: string): OpenVariable {
    const { scope, known } = this.top
    const name = scope.mangler === null ? id : mangle(scope.mangler, id)
    let variable = known.get(name)
    if (variable === undefined) known.set(name, (variable = this.lookUp(name)))
    return variable
  }

  private lookUp(name: string): OpenVariable {
    const kind = this.top.scope.symbols.get(name)?.scope
    if (kind === 'local' || kind === 'cell') return this.own(this.top, name)
    if (kind === 'free') return this.enclosing(name) ?? this.declare(this.frame.known, this.frame.scope, name, 'outer')
    return this.global(name)
  }

  private own(level: Level, name: string): OpenVariable {
    return level.scope === this.scopes.module ? this.global(name) : this.declare(level.known, level.scope, name, 'local')
  }

  /** The variable a free name of the current scope means, where a scope of this frame owns it. */
  private enclosing(name: string): OpenVariable | undefined {
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const level = this.stack[i]!
      const kind = level.scope.symbols.get(name)?.scope
      if (level.scope.kind !== 'class' && (kind === 'local' || kind === 'cell')) return this.own(level, name)
    }
    return undefined
  }

  private global(name: string): OpenVariable {
    const { module, globalsUsedInside } = this.scopes
    if (!this.isModule) return this.declare(this.ownsName(name) ? (this.hiddenGlobals ??= new Map()) : this.frame.known, module, name, 'outer')
    const storage = !this.isBoundByModule(name) ? 'outer' : globalsUsedInside.has(name) ? 'cell' : 'local'
    return this.declare(this.frame.known, module, name, storage)
  }

  private ownsName(name: string): boolean {
    const kind = this.frame.scope.symbols.get(name)?.scope
    return kind === 'local' || kind === 'cell' || kind === 'free'
  }

  private isBoundByModule(name: string): boolean {
    const symbol = this.scopes.module.symbols.get(name)
    return symbol !== undefined && isBoundHere(symbol)
  }

  private declare(known: Map<string, OpenVariable>, scope: Scope, name: string, storage: Variable['storage']): OpenVariable {
    let variable = known.get(name)
    if (variable === undefined) {
      variable = { id: this.variables.length, name, scope, storage, writtenInside: false }
      this.variables.push(variable)
      known.set(name, variable)
    }
    return variable
  }

  /** The variables of this frame that code in `scope` or below it mentions; marks them as captured. */
  captures(scope: Scope): Variable[] {
    const found = new Set<OpenVariable>()
    this.captureFree(scope, found)
    if (this.isModule) this.captureGlobals(scope, found)
    return [...found]
  }

  private captureFree(scope: Scope, found: Set<OpenVariable>): void {
    let names: Set<string> | undefined
    for (const symbol of scope.symbols.values()) {
      if (symbol.scope !== 'free') continue
      const variable = this.enclosing(symbol.name) ?? this.passedThrough(symbol.name)
      if (variable === undefined) continue
      if (variable.storage === 'local') variable.storage = 'cell'
      if (isBoundHere(symbol)) variable.writtenInside = true
      found.add(variable)
      names ??= new Set()
      names.add(symbol.name)
    }
    if (names !== undefined) for (const child of scope.children) this.markWrites(child, names)
  }

  /** A free name of an inner scope that is free in the frame as well; none for those the compiler makes (`__class__`). */
  private passedThrough(name: string): OpenVariable | undefined {
    const isFree = this.frame.scope.symbols.get(name)?.scope === 'free'
    return isFree ? this.declare(this.frame.known, this.frame.scope, name, 'outer') : undefined
  }

  /** Inner functions of a closure that bind its captured names. */
  private markWrites(scope: Scope, names: ReadonlySet<string>): void {
    const here = scope.kind === 'class' ? names : new Set([...names].filter((name) => scope.symbols.get(name)?.scope === 'free'))
    for (const name of here) {
      const symbol = scope.symbols.get(name)
      if (symbol?.scope === 'free' && isBoundHere(symbol)) this.markWritten(name)
    }
    if (here.size > 0) for (const child of scope.children) this.markWrites(child, here)
  }

  private markWritten(name: string): void {
    const variable = this.enclosing(name) ?? this.passedThrough(name)
    if (variable !== undefined) variable.writtenInside = true
  }

  private captureGlobals(scope: Scope, found: Set<OpenVariable>): void {
    for (const symbol of scope.symbols.values()) {
      const isRead = scope.kind === 'class' && symbol.scope === 'local' && symbol.referenced
      if (symbol.scope !== 'global-implicit' && symbol.scope !== 'global-explicit' && !isRead) continue
      if (!this.isBoundByModule(symbol.name)) continue
      const variable = this.global(symbol.name)
      if (isBoundHere(symbol) && !isRead) variable.writtenInside = true
      found.add(variable)
    }
    for (const child of scope.children) this.captureGlobals(child, found)
  }
}
