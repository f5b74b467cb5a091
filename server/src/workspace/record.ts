/** What one file says of globals, its own and those of other modules: read off its statements and scopes. */
import type { AnnAssign, Attribute, Call, Constant, Expr, ImportFrom, Name, Node, Parameter, Stmt, Subscript, Suite } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import type { Source } from '../syntax/source.ts'
import { forEachChild } from '../syntax/walk.ts'
import { mentionsOf } from '../semantic/mentions.ts'
import type { Scope, ScopeTree } from '../semantic/scope.ts'
import { entryPointsIn } from './entry-points.ts'
import { nameOf, type FilePath } from './files.ts'
import { dotted, importedNames, starsIn, type Imported } from './imports.ts'
import { resolved, sharedText, UseTable, type PlacedUse } from './use-table.ts'
import type { ModuleRecord, UseKind } from './use.ts'
import { whatIsDone } from './what-is-done.ts'

export function recordOf(path: FilePath, source: Source, scopes: ScopeTree): ModuleRecord {
  const globals = importedNames(source.body, name => scopes.module.symbols.get(name)?.imported === true)
  const bound = new Set([...scopes.module.symbols].filter(([, s]) => s.assigned || s.imported || s.scope === 'global-explicit').map(([name]) => name))
  const module: ModuleNames = { scopes, globals, bound, stars: starsIn(source.body) }
  const aliases = [...globals].flatMap(([as, all]) => all.flatMap(({ module: from, name }) => (name === null ? [] : [{ module: from, name, bound: as }])))
  return { path, bound, exported: exportedBy(source.body), aliases, stars: module.stars, uses: [...resolved(usesIn(source.body, module), source), ...nameOf(path) === 'setup.py' ? entryPointsIn(source.text) : []], attributes: attributesIn(source.body) }
}

function attributesIn(body: Suite): readonly string[] {
  return [...new Set(body.flatMap(stmt => [...mentionsOf(stmt).counts.keys()]))].map(sharedText)
}

/** What the names of a module mean to its statements. */
interface ModuleNames {
  readonly scopes: ScopeTree
  readonly globals: Meanings
  readonly bound: ReadonlySet<string>
  readonly stars: readonly string[]
}

/** A statement that is the same object uses the same globals, as long as the names of the module mean the same. */
const known = new WeakMap<Stmt, { readonly names: string; readonly uses: readonly PlacedUse[] }>()

function usesIn(body: Suite, module: ModuleNames): readonly PlacedUse[] {
  const names = JSON.stringify([[...module.bound], [...module.globals], module.stars])
  return body.flatMap(stmt => {
    let kept = known.get(stmt)
    if (kept?.names !== names) known.set(stmt, kept = { names, uses: new Recorder(module).usesOf(stmt) })
    return kept.uses
  })
}

/** What a name stands for that is bound by imports. */
type Meanings = ReadonlyMap<string, readonly Imported[]>

interface Place {
  readonly scope: Scope
  /** Qualified name of the innermost function; null: the module. */
  readonly function: string | null
  /** Prefix of the names of functions and classes inside. */
  readonly prefix: string
  /** Names that functions around import for themselves. */
  readonly locals: Meanings
}

class Recorder {
  private readonly module: ModuleNames
  private readonly table = new UseTable()
  private readonly around: Node[] = []
  private place: Place

  constructor(module: ModuleNames) {
    this.module = module
    this.place = { scope: module.scopes.module, function: null, prefix: '', locals: new Map() }
  }

  usesOf(stmt: Stmt): readonly PlacedUse[] {
    this.visit(stmt)
    return this.table.uses
  }

  private visit(node: Node): void {
    switch (node.kind) {
      case 'Name': return this.name(node)
      case 'Attribute': return this.attribute(node)
      case 'FunctionDef':
      case 'ClassDef': return this.definition(node)
      case 'Lambda':
      case 'Comprehension': return this.within({ ...this.place, scope: this.module.scopes.scopeOf(node) }, () => this.children(node))
      case 'Call':
        this.call(node)
        return this.children(node)
      case 'Subscript':
        this.ofLoadedModules(node)
        return this.children(node)
      case 'Constant': return this.text(node)
      case 'AnnAssign': return this.annotated(node)
      case 'ImportFrom': return this.importFrom(node)
      case 'Global': return
      default: return this.children(node)
    }
  }

  /** An annotation that is not evaluated has no scopes of its own. */
  private annotated(node: AnnAssign): void {
    this.visit(node.target)
    this.inAnnotation(node.annotation)
    if (node.value) this.visit(node.value)
  }

  private inAnnotation(node: Node): void {
    if (node.kind === 'Lambda' || node.kind === 'Comprehension') return
    if (node.kind === 'Name' || node.kind === 'Attribute') return this.visit(node)
    forEachChild(node, part => this.inAnnotation(part))
  }

  private children(node: Node): void {
    this.around.push(node)
    forEachChild(node, child => this.visit(child))
    this.around.pop()
  }

  private within(place: Place, work: () => void): void {
    const outer = this.place
    this.place = place
    work()
    this.place = outer
  }

  /** Decorators, defaults, bases and annotations belong to the scope around; names inside fall back to it where the inner scope has none of them. */
  private definition(node: Extract<Stmt, { kind: 'FunctionDef' | 'ClassDef' }>): void {
    const { place } = this
    const isFunction = node.kind === 'FunctionDef'
    const header = isFunction ? node.header : node
    const inside = this.module.scopes.scopeOf(node)
    const name = place.prefix + header.name.id
    if (this.isGlobal(header.name.id)) this.own(header.name, 'binds')
    this.around.push(node)
    for (const decorator of header.decorators) this.visit(decorator)
    if (node.kind === 'ClassDef') for (const argument of node.args) this.visit(argument)
    else for (const parameter of node.header.params) this.parameter(parameter)
    if (isFunction && node.header.returns) this.inAnnotation(node.header.returns)
    const locals = isFunction ? localMeanings(place.locals, node.body, inside) : place.locals
    this.within({ scope: inside, function: isFunction ? name : place.function, prefix: `${name}.`, locals }, () => { for (const stmt of node.body) this.visit(stmt) })
    this.around.pop()
  }

  private parameter(parameter: Parameter): void {
    this.around.push(parameter)
    if (parameter.default) this.visit(parameter.default)
    if (parameter.annotation) this.inAnnotation(parameter.annotation)
    this.around.pop()
  }

  private importFrom(node: ImportFrom): void {
    const module = '.'.repeat(node.level) + node.module
    for (const alias of node.names) {
      this.table.add({ module, name: alias.name, function: this.place.function, kind: 'imports' }, alias)
      if (this.isGlobal(alias.bound.id)) this.own(alias.bound, 'binds')
    }
  }

  private name(node: Name): void {
    const around = this.around
    const kind = this.isBoundHere(node) ? 'binds' : whatIsDone(node, around)
    const changesName = kind === 'binds' || kind === 'deletes'
    const meaning = changesName ? [] : this.meaning(node.id)
    if ((this.isGlobal(node.id) || (!changesName && this.isUnboundYet(node.id))) && (meaning.length === 0 || this.module.scopes.module.symbols.get(node.id)?.assigned)) this.own(node, kind)
    // Of a module only what is taken out of it counts, unless the module itself is handed on.
    for (const { module, name } of meaning) if (name !== null || kind === 'escapes') this.table.add({ module, name, function: this.place.function, kind }, node)
  }

  /** A name that is not bound here may come from a module of which all names are imported. */
  private own(node: Name, kind: UseKind): void {
    if (this.module.bound.has(node.id) || this.module.stars.length > 0) this.table.add({ module: '', name: node.id, function: this.place.function, kind }, node)
  }

  /** `a.b.c`: which of the parts is a module only the files tell, so each is recorded as if the parts before it were one. */
  private attribute(node: Attribute): void {
    const chain = chainOf(node)
    if (chain === null) return this.children(node)
    const { root, attributes } = chain
    for (const attribute of attributes) this.around.push(attribute)
    this.name(root)
    for (const _ of attributes) this.around.pop()
    for (const { module, name } of this.meaning(root.id)) {
      let owner = name === null ? module : dotted(module, name)
      for (let i = attributes.length - 1; i >= 0; i--) {
        const { attr } = attributes[i]!
        const kind = whatIsDone(attributes[i]!, [...this.around, ...attributes.slice(0, i)])
        this.table.add({ module: owner, name: attr === '__dict__' ? null : attr, function: this.place.function, kind }, attributes[i]!)
        owner = dotted(owner, attr)
      }
    }
  }

  /** `getattr(module, 'NAME')`, `setattr`, `delattr`, `vars(module)`, `globals()`, `importlib.import_module(…)`. */
  private call({ func, args }: Call): void {
    const called = lastName(func) ?? ''
    const [first, second] = args.map(a => a.value)
    const kind = DYNAMIC[called]
    if (kind === undefined) return
    if (called === 'globals' || (called === 'vars' && !first)) {
      this.table.add({ module: '', name: null, function: this.place.function, kind }, func)
      return
    }
    if (called === 'import_module' || called === '__import__') {
      if (first?.kind === 'Constant' && typeof first.value === 'string') this.table.add({ module: first.value, name: null, function: this.place.function, kind }, func)
      return
    }
    const name = called !== 'vars' && second?.kind === 'Constant' && typeof second.value === 'string' ? second.value : null
    for (const module of this.modulesMeant(first)) this.table.add({ module, name, function: this.place.function, kind }, func)
  }

  /** `sys.modules["module"]` */
  private ofLoadedModules({ value, slice }: Subscript): void {
    const isLoaded = value.kind === 'Attribute' && value.attr === 'modules' && value.value.kind === 'Name' && value.value.id === 'sys'
    if (isLoaded && slice.kind === 'Constant' && typeof slice.value === 'string') this.table.add({ module: slice.value, name: null, function: this.place.function, kind: 'escapes' }, value)
  }

  /** `patch("module.NAME")`, `"module.Class.method"`: a text that says where something is. Which of the parts is the module only the files tell. */
  private text(node: Constant): void {
    if (typeof node.value !== 'string' || !DOTTED.test(node.value)) return
    const parts = node.value.split('.')
    for (const end of [parts.length - 1, parts.length - 2]) {
      if (end > 0) this.table.add({ module: parts.slice(0, end).join('.'), name: parts[end]!, function: this.place.function, kind: 'reads' }, node)
    }
  }

  private modulesMeant(expr: Expr | undefined): readonly string[] {
    if (expr?.kind === 'Name') return this.meaning(expr.id).map(({ module, name }) => (name === null ? module : dotted(module, name)))
    if (expr?.kind === 'Attribute') {
      const chain = chainOf(expr)
      return chain ? this.modulesMeant(chain.root).map(m => chain.attributes.reduceRight((owner, { attr }) => dotted(owner, attr), m)) : []
    }
    const isOwn = expr?.kind === 'Subscript' && expr.slice.kind === 'Name' && expr.slice.id === '__name__'
    return isOwn ? [''] : []
  }

  private meaning(name: string): readonly Imported[] {
    const isGlobal = this.isGlobal(name) || this.isUnboundYet(name)
    return (isGlobal ? this.module.globals : this.place.locals).get(name) ?? []
  }

  /** A name that the innermost scope does not mention is read by code that has no scope of its own here (annotations). */
  private isGlobal(name: string): boolean {
    const { scope, locals } = this.place
    const symbol = scope.symbols.get(name)
    if (symbol === undefined) return !locals.has(name)
    return scope.kind === 'module' || symbol.scope === 'global-implicit' || symbol.scope === 'global-explicit'
  }

  /** What a class body binds is read from the module where it is not bound yet. */
  private isUnboundYet(name: string): boolean {
    const { scope } = this.place
    return scope.kind === 'class' && scope.symbols.get(name)?.scope === 'local'
  }

  /** It stands where a name is bound by other statements than assignments. */
  private isBoundHere(node: Name): boolean {
    const parent = this.around.at(-1)
    switch (parent?.kind) {
      case 'ImportAlias': return true
      case 'ExceptHandler':
      case 'MatchAs':
      case 'MatchStar': return parent.name === node
      case 'MatchMapping': return parent.rest === node
      default: return false
    }
  }
}

/** Globals and attributes by which a file tells others of its names, or looks names up. */
export const TELLING_NAMES: readonly string[] = ['__all__', 'getattr', 'hasattr', 'setattr', 'delattr', 'vars', 'globals', 'import_module', '__import__', 'reload']

/** Names with dots between them. */
const DOTTED = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/

const DYNAMIC: Readonly<Record<string, UseKind>> = {
  getattr: 'reads', hasattr: 'reads', setattr: 'binds', delattr: 'deletes', vars: 'escapes', globals: 'escapes', import_module: 'escapes', __import__: 'escapes', reload: 'binds',
}

/** What names imported by the functions around still mean inside one, and what it imports itself. */
function localMeanings(outer: Meanings, body: Suite, scope: Scope): Meanings {
  const own = importedNames(body, name => scope.symbols.get(name)?.imported === true)
  if (own.size === 0 && outer.size === 0) return outer
  const inherited = [...outer].filter(([name]) => {
    const symbol = scope.symbols.get(name)
    return symbol === undefined || symbol.scope === 'free'
  })
  return new Map([...inherited, ...own])
}

/** `attributes`: outermost first. */
function chainOf(node: Attribute): { readonly root: Name; readonly attributes: readonly Attribute[] } | null {
  const attributes = [node]
  let inner: Expr = node.value
  for (; inner.kind === 'Attribute'; inner = inner.value) attributes.push(inner)
  return inner.kind === 'Name' ? { root: inner, attributes } : null
}

/** `__all__`, where it is made of texts alone: one list, and what is added to it. */
function exportedBy(body: Suite): readonly string[] | null {
  let names: string[] | null = null
  for (const stmt of body) {
    const target = stmt.kind === 'Assign' ? stmt.targets[0] : stmt.kind === 'AugAssign' || stmt.kind === 'AnnAssign' ? stmt.target : null
    if (target?.kind !== 'Name' || target.id !== '__all__') continue
    const value = (stmt as { readonly value: Expr | null }).value
    if (value?.kind !== 'List' && value?.kind !== 'Tuple') return null
    const texts = value.elts.flatMap(e => (e.kind === 'Constant' && typeof e.value === 'string' ? [e.value] : []))
    if (texts.length < value.elts.length) return null
    names = stmt.kind === 'AugAssign' ? [...names ?? [], ...texts] : texts
  }
  return names
}
