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
  /** By the identifier as written. */
  readonly known: Map<string, OpenVariable>
}

export class Names {
  readonly variables: OpenVariable[] = []
  private readonly scopes: ScopeTree
  private readonly stack: Level[]
  private top: Level
  private readonly byScope = new Map<Scope, Map<string, OpenVariable>>()
  private readonly free = new Map<string, OpenVariable>()

  constructor(scopes: ScopeTree, frame: Scope) {
    this.scopes = scopes
    this.top = { scope: frame, known: new Map() }
    this.stack = [this.top]
  }

  get scope(): Scope {
    return this.top.scope
  }

  scopeOf(node: FunctionDef | Lambda | ClassDef | Comprehension): Scope {
    return this.scopes.scopeOf(node)
  }

  /** The scope that the node's symbols are in, for nodes that open one of those `ScopeTree.scopeOf` does not answer for. */
  innerScope(kind: Scope['kind'], node: Node): Scope | undefined {
    return this.scope.children.find((child) => child.kind === kind && child.node === node)
  }

  inside(scope: Scope, build: () => void): void {
    this.top = { scope, known: new Map() }
    this.stack.push(this.top)
    build()
    this.stack.pop()
    this.top = this.stack[this.stack.length - 1]!
  }

  /** The variable an identifier means in the current scope. */
  resolve(id: string): Variable {
    const known = this.top.known.get(id)
    if (known !== undefined) return known
    const variable = this.find(mangle(this.top.scope.mangler, id))
    this.top.known.set(id, variable)
    return variable
  }

  /** As `resolve`, for a name that is bound here: a module binds its own globals even where only a comprehension's walrus says so. */
  resolveTarget(id: string): Variable {
    this.resolve(id)
    const variable = this.top.known.get(id)!
    const { module, globalsUsedInside } = this.scopes
    if (variable.storage === 'outer' && this.stack[0]!.scope === module) {
      variable.storage = globalsUsedInside.has(variable.name) ? 'cell' : 'local'
    }
    return variable
  }

  private find(name: string): OpenVariable {
    const symbol = this.top.scope.symbols.get(name)
    if (symbol?.scope === 'local' || symbol?.scope === 'cell') return this.own(this.top.scope, name)
    if (symbol?.scope === 'free') return this.enclosing(name) ?? this.outerFree(name)
    return this.global(name)
  }

  private own(scope: Scope, name: string): OpenVariable {
    if (scope === this.scopes.module) return this.global(name)
    return this.declare(scope, name, 'local')
  }

  /** The variable a free name of the current scope means, where a scope of this frame owns it. */
  private enclosing(name: string): OpenVariable | undefined {
    for (let level = this.stack.length - 1; level >= 0; level--) {
      const { scope } = this.stack[level]!
      const kind = scope.symbols.get(name)?.scope
      if (scope.kind !== 'class' && (kind === 'local' || kind === 'cell')) return this.own(scope, name)
    }
    return undefined
  }

  private outerFree(name: string): OpenVariable {
    let variable = this.free.get(name)
    if (variable === undefined) {
      variable = this.add(this.stack[0]!.scope, name, 'outer')
      this.free.set(name, variable)
    }
    return variable
  }

  private global(name: string): OpenVariable {
    const { module, globalsUsedInside } = this.scopes
    const isOwn = this.stack[0]!.scope === module && this.isBoundByModule(name)
    return this.declare(module, name, !isOwn ? 'outer' : globalsUsedInside.has(name) ? 'cell' : 'local')
  }

  private isBoundByModule(name: string): boolean {
    const symbol = this.scopes.module.symbols.get(name)
    return symbol !== undefined && isBoundHere(symbol)
  }

  private declare(scope: Scope, name: string, storage: Variable['storage']): OpenVariable {
    let names = this.byScope.get(scope)
    if (names === undefined) this.byScope.set(scope, (names = new Map()))
    let variable = names.get(name)
    if (variable === undefined) names.set(name, (variable = this.add(scope, name, storage)))
    return variable
  }

  private add(scope: Scope, name: string, storage: Variable['storage']): OpenVariable {
    const variable = { id: this.variables.length, name, scope, storage, writtenInside: false }
    this.variables.push(variable)
    return variable
  }

  /** The variables of this frame that code in `scope` or below it mentions; marks them as captured. */
  captures(scope: Scope): Variable[] {
    const found = new Set<OpenVariable>()
    this.captureFree(scope, found)
    if (this.stack[0]!.scope === this.scopes.module) this.captureGlobals(scope, found)
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

  /** A free name of an inner scope that is free in the frame as well; null for those the compiler makes (`__class__`). */
  private passedThrough(name: string): OpenVariable | undefined {
    return this.stack[0]!.scope.symbols.get(name)?.scope === 'free' ? this.outerFree(name) : undefined
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
      if (symbol.scope !== 'global-implicit' && symbol.scope !== 'global-explicit') continue
      if (!this.isBoundByModule(symbol.name)) continue
      const variable = this.global(symbol.name)
      if (isBoundHere(symbol)) variable.writtenInside = true
      found.add(variable)
    }
    for (const child of scope.children) this.captureGlobals(child, found)
  }
}
