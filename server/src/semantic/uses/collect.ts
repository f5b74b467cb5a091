/** Walks one statement and notes every use of something that outlives functions. */
import type { ClassDef, Comprehension, Expr, FunctionDef, Generator, Lambda, Name, Node, Parameter, Stmt, Suite, TypeParameter } from '../../syntax/ast.ts'
import { isNeverRun } from '../../syntax/truth.ts'
import { forEachChild } from '../../syntax/walk.ts'
import { exportedBy, namesMentioned } from '../annotated-names.ts'
import type { Scope, ScopeTree } from '../scope.ts'
import { deedsOf, type Done } from './deeds.ts'
import { Frame, GLOBAL } from './frame.ts'
import type { Owner, Place, Use } from './use.ts'

type Scopes = Pick<ScopeTree, 'scopeOf'>

/** Of one statement of a module or class body; of a class its decorators and bases only. */
export function collectUses(stmt: Stmt, frame: Frame, scopes: Scopes): readonly Use[] {
  const collector = new Collector(frame, scopes)
  if (stmt.kind === 'ClassDef') collector.classHeader(stmt)
  else collector.visit(stmt)
  return collector.uses
}

export function moduleFrame(scope: Scope): Frame {
  return new Frame(scope, null, { scope: '<module>', functions: [], cls: null, atImport: true }, null)
}

export function classFrame(scope: Scope, name: string, outer: Frame): Frame {
  const { place } = outer
  const cls = place.cls === null ? name : `${place.cls}.${name}`
  return new Frame(scope, outer, { ...place, cls, scope: inside(place, name) }, null)
}

function inside(place: Place, name: string): string {
  return place.scope === '<module>' ? name : `${place.scope}.${name}`
}

class Collector {
  readonly uses: Use[] = []
  private readonly scopes: Scopes
  private frame: Frame
  private around: readonly Stmt[] = []
  private readonly parents: Node[] = []
  /** Targets that bind what they were given, visited after the value. */
  private readonly given = new Set<Node>()

  constructor(frame: Frame, scopes: Scopes) {
    this.frame = frame
    this.scopes = scopes
  }

  visit = (node: Node): void => {
    const exported = this.frame.scope.kind === 'module' ? exportedBy(node) : null
    if (exported) this.mentions(exported)
    switch (node.kind) {
      case 'Name':
        this.note(node)
        return
      case 'Attribute':
        this.note(node)
        return this.below(node)
      case 'FunctionDef': return this.functionDef(node)
      case 'ClassDef': return this.classDef(node)
      case 'Lambda': return this.lambda(node)
      case 'Comprehension': return this.comprehension(node)
      case 'AnnAssign':
        this.mentions(node.annotation)
        if (node.value) this.within(node, [node.value, node.target])
        return
      case 'TypeAlias':
        this.typeParameters(node.typeParams)
        return this.mentions(node.value)
      case 'Global':
      case 'Nonlocal': return
      default: return this.below(node)
    }
  }

  private below(node: Node): void {
    this.push(node)
    forEachChild(node, this.visit)
    this.pop(node)
  }

  private within(node: Node, children: readonly Node[]): void {
    this.push(node)
    children.forEach(this.visit)
    this.pop(node)
  }

  private push(node: Node): void {
    this.parents.push(node)
    if (isStatement(node)) this.around = [...this.around, node]
  }

  private pop(node: Node): void {
    this.parents.pop()
    if (isStatement(node)) this.around = this.around.slice(0, -1)
  }

  private note(node: Name | Extract<Expr, { kind: 'Attribute' }>): void {
    const subject = this.frame.subjectOf(node)
    if (subject === null) return
    const { done, given } = deedsOf(node, this.parents, subject.depth)
    const { name, owner, isAlias } = subject
    for (const each of done) {
      // A local that is bound anew says nothing of what it was given before.
      if (!isAlias || (each.deed !== 'bind' && each.deed !== 'delete')) this.say(each, name, owner, node)
      else if (!this.given.has(node)) this.frame.forget(node)
    }
    if (node.kind === 'Name' && this.frame.mayMeanGlobal(node.id)) {
      for (const each of done) if (each.deed !== 'bind' && each.deed !== 'delete') this.say(each, name, GLOBAL, node)
    }
    for (const local of given) {
      this.given.add(local.name)
      if (!this.frame.give(local.name, subject, local.depth)) this.say({ deed: 'escape', depth: local.depth, act: local.name, growth: null, value: null }, name, owner, node)
    }
  }

  /** What never runs adds nothing: it mentions the object. */
  private say({ deed, depth, act, growth, value }: Done, name: string, owner: Owner, node: Expr): void {
    const done = deed === 'grow' && isNeverRun(act, this.around) ? { deed: 'read' as const, growth: null } : { deed, growth }
    this.uses.push({ name, owner, depth, node, act, place: this.frame.place, around: this.around, value, ...done })
  }

  /** What a type names is kept by the annotation, or looked up by whoever evaluates it, at any time (`typing.get_type_hints`). So is what `__all__` lists. */
  private mentions(mentioning: Node): void {
    const place = { ...this.frame.place, atImport: false }
    for (const { name, node } of namesMentioned(mentioning)) {
      this.uses.push({ deed: 'escape', name, owner: GLOBAL, depth: 0, node, act: node, place, around: this.around, growth: null, value: null })
    }
  }

  private typeParameters(params: readonly TypeParameter[]): void {
    for (const { bound, default: value } of params) for (const type of [bound, value]) if (type) this.mentions(type)
  }

  /** Definitions bind their names as assignments do. */
  private defined(name: Name, act: Node): void {
    const subject = this.frame.subjectOf(name)
    if (subject?.owner.kind === 'global') this.uses.push({ deed: 'bind', name: name.id, owner: subject.owner, depth: 0, node: name, act, place: this.frame.place, around: this.around, growth: null, value: null })
  }

  private functionDef(node: FunctionDef): void {
    const { header } = node
    this.defined(header.name, node)
    const { place } = this.frame
    const isMethod = this.frame.scope.kind === 'class'
    this.within(node, header.decorators)
    this.within(node, header.params.flatMap(defaultOf))
    for (const { annotation } of header.params) if (annotation) this.mentions(annotation)
    if (header.returns) this.mentions(header.returns)
    this.typeParameters(header.typeParams)
    const isStatic = header.decorators.some(d => d.kind === 'Name' && d.id === 'staticmethod')
    const [first] = header.params
    const self = isMethod && !isStatic && first?.form.startsWith('positional') ? first.name.id : null
    const functions = [...place.functions, node]
    const frame = new Frame(this.scopes.scopeOf(node), this.frame, { ...place, functions, scope: inside(place, header.name.id), atImport: false }, self)
    for (const param of header.params) if (param.default !== null && isContainer(param.default)) frame.giveDefault(node, param.name)
    this.inFrame(frame, node.body)
  }

  classHeader(node: ClassDef): void {
    this.defined(node.name, node)
    this.within(node, node.decorators)
    this.within(node, node.args)
    this.typeParameters(node.typeParams)
  }

  /** One inside another statement. */
  private classDef(node: ClassDef): void {
    this.classHeader(node)
    this.inFrame(classFrame(this.scopes.scopeOf(node), node.name.id, this.frame), node.body)
  }

  private lambda(node: Lambda): void {
    this.within(node, node.params.flatMap(defaultOf))
    this.inFrame(this.deferred(node), [node.body], node)
  }

  /** The first iterable is evaluated outside; the body of a generator expression when it is walked. */
  private comprehension(node: Comprehension): void {
    const [first, ...more] = node.generators as [Generator, ...Generator[]]
    const inner = node.form === 'generator' && this.isWalkedLater() ? this.deferred(node) : new Frame(this.scopes.scopeOf(node), this.frame, this.frame.place, null)
    this.push(node)
    this.within(first, [first.iter])
    const outer = this.frame
    this.frame = inner
    this.within(first, [first.target, ...first.ifs])
    more.forEach(this.visit)
    this.visit(node.elt)
    if (node.value) this.visit(node.value)
    this.frame = outer
    this.pop(node)
  }

  /** `any(… for …)` walks it at once. */
  private isWalkedLater(): boolean {
    return this.parents.at(-1)?.kind !== 'Argument'
  }

  private deferred(node: Lambda | Comprehension): Frame {
    const { place } = this.frame
    return new Frame(this.scopes.scopeOf(node), this.frame, { ...place, atImport: false }, null)
  }

  private inFrame(frame: Frame, body: Suite | readonly Expr[], parent: Node | null = null): void {
    const { frame: outer, around } = this
    this.frame = frame
    if (parent === null) this.around = []
    if (parent) this.parents.push(parent)
    body.forEach(this.visit)
    if (parent) this.parents.pop()
    this.frame = outer
    this.around = around
  }
}

function defaultOf(param: Parameter): readonly Expr[] {
  return param.default === null ? [] : [param.default]
}

/** What a default may be that functions add to. */
function isContainer(expr: Expr): boolean {
  switch (expr.kind) {
    case 'List':
    case 'Dict':
    case 'Set': return true
    case 'Comprehension': return expr.form !== 'generator'
    case 'Call': return expr.func.kind === 'Name' && CONTAINERS.has(expr.func.id)
    default: return false
  }
}

const CONTAINERS: ReadonlySet<string> = new Set(['list', 'dict', 'set', 'defaultdict', 'OrderedDict', 'deque', 'Counter'])

const STATEMENTS: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'Return', 'Delete', 'Assign', 'AugAssign', 'AnnAssign', 'For', 'While', 'If', 'With', 'Match', 'Raise', 'Try', 'Assert', 'ExprStmt',
])

function isStatement(node: Node): node is Stmt {
  return STATEMENTS.has(node.kind)
}
