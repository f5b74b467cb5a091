/** The large objects that a module makes while it is imported, and who uses them: facts for `long-lived-global`. */
import type { Assign, Expr, FunctionDef, Name, Node, Stmt, With } from '../../syntax/ast.ts'
import { contains, someNode } from '../../syntax/ancestors.ts'
import { lastName } from '../../syntax/expressions.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { Binding, FlowGraph } from '../../flow/graph.ts'
import type { FrameAnalysis } from '../../values/frames.ts'
import { kindOf } from '../../values/parts.ts'
import type { Value } from '../../values/value.ts'
import type { WorkspaceView } from '../../workspace/index.ts'
import { onlyFunction, otherUser, type OtherUser } from '../../workspace/other-module.ts'
import { holdingAt, type Obstacle } from '../holders.ts'
import type { Verdict } from '../judgement.ts'
import { judgeGlobal, judgeLasting } from '../lasting.ts'
import { isMeantToLive } from '../meant-to-live.ts'
import { perPart, type Questions } from '../kept.ts'
import { isReadByName } from '../script.ts'
import { isTestFile } from '../test-code.ts'
import { perObject } from '../../text/on-demand.ts'

/** The statement of the module's body that makes the object. */
export interface Making {
  readonly target: Name
  readonly value: Expr
  readonly assign: Assign
  /** The assignment itself, or a `with` that holds nothing else. */
  readonly stmt: Assign | With
}

export interface LargeGlobal {
  readonly making: Making
  readonly value: Value
  readonly verdict: Verdict
  /** - `import`: only the module's own run uses it, or nobody. - `function`: one function only. - `elsewhere`: one function of another file only. */
  readonly user:
    | { readonly kind: 'import'; readonly uses: readonly Use[] }
    | { readonly kind: 'function'; readonly scope: string; readonly uses: readonly Use[] }
    | { readonly kind: 'elsewhere'; readonly scope: string; readonly def: FunctionDef; readonly other: OtherUser }
  readonly doubts: readonly string[]
}

/** The statements of a module that may make such an object, told by their text alone. */
export const makingsIn = perPart(({ stmt }) => makingAt(stmt))

const makingAt = perObject((stmt: Stmt): readonly Making[] => {
  const making = makingOf(stmt)
  return making !== null && mayBeLarge(making.value) && !isReadByName(making.target.id) && !isToldItsName(making) ? [making] : []
})

/** `Point = make_type("Point", …)`: what it makes is looked up by that name, as pickle does. */
function isToldItsName({ target, value }: Making): boolean {
  return value.kind === 'Call' && value.args.some(a => a.value.kind === 'Constant' && a.value.value === target.id)
}

function makingOf(stmt: Stmt): Making | null {
  if (stmt.kind === 'With') {
    const [only] = stmt.body
    const inner = stmt.body.length === 1 && only !== undefined && only.kind === 'Assign' ? makingOf(only) : null
    return inner && { ...inner, stmt }
  }
  const [target] = stmt.kind === 'Assign' ? stmt.targets : []
  return stmt.kind === 'Assign' && stmt.targets.length === 1 && target?.kind === 'Name' ? { target, value: stmt.value, assign: stmt, stmt } : null
}

/** Told by the text alone, so that most modules cost nothing: a call, a comprehension, or something repeated. Not another name of what others have (`Path.is_file`), a type, a logger. */
function mayBeLarge(value: Expr): boolean {
  if (isPath(value) || isType(value) || (value.kind === 'Call' && /^get_?logger$/i.test(lastName(value.func) ?? ''))) return false
  return ['Call', 'Comprehension', 'BinOp', 'Subscript', 'Attribute', 'Await', 'IfExp'].includes(value.kind)
}

function isPath(expr: Expr): boolean {
  return expr.kind === 'Attribute' ? isPath(expr.value) : expr.kind === 'Name'
}

/** `Mapping[str, bytes]`, `Text | Binary | None`. */
function isType(expr: Expr): boolean {
  switch (expr.kind) {
    case 'Constant': return expr.type === 'None' || expr.type === 'str'
    case 'Name':
    case 'Attribute': return /^_?[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$|^(str|bytes|bytearray|memoryview|int|float|complex|bool|list|tuple|dict|set|frozenset|type|object)$/.test(lastName(expr) ?? '')
    case 'Subscript': return isType(expr.value)
    case 'BinOp': return expr.op === '|' && isType(expr.left) && isType(expr.right)
    default: return false
  }
}

export function largeGlobal(making: Making, questions: Questions): LargeGlobal | null {
  const { target, stmt } = making
  const analysis = questions.frames.ofModule()
  const binding = bindingsOf(analysis.flow.graph).get(target)
  if (binding === undefined || isFixture(making.value, questions)) return null
  const value = analysis.values.ofBinding(binding)
  const facts = { kind: kindOf(value.type, analysis.values.context), scope: '<module>' }
  const object = { value, variable: binding.variable, doubts: [] }
  const user = judgeLasting(object, facts, questions.options) === null || isMeantToLive(binding, analysis.values) ? null : userOf(making, questions)
  if (user === null) return null
  const holding = holdersAfter((user.kind === 'import' ? lastUser(user.uses, analysis.flow.graph.body) : null) ?? stmt, binding, analysis)
  if (holding === null) return null
  const exported = exportDoubts(target.id, questions)
  // Without the workspace it is not known who else uses a public name.
  const isOpen = exported.length > 0 && questions.workspace === null
  if (isOpen && questions.options.confidence !== 'possible') return null
  const shipped = value.size.origin === 'outside' && isShipped(making, questions) ? ['it comes from a file of the program itself, which may be small'] : []
  const doubts = [...holding, ...shipped.map(why => ({ node: null, why, weak: false })), ...exported.map(why => ({ node: null, why, weak: false }))]
  const verdict = judgeGlobal({ ...object, doubts }, facts, questions.options)
  return verdict && { making, value, verdict: isOpen ? { confidence: 'possible', severity: 'hint' } : verdict, user, doubts: doubts.map(d => d.why) }
}

/** Made by a function of pytest or its plug-ins: tests ask for it by the name of a parameter. */
function isFixture(value: Expr, { facts }: Questions): boolean {
  const root = value.kind === 'Call' ? rootOf(value.func) : null
  const fact = root === null ? undefined : facts.get(root)
  return fact?.kind === 'import' && /^_?pytest/.test(fact.dotted)
}

function rootOf(expr: Expr): string | null {
  return expr.kind === 'Attribute' ? rootOf(expr.value) : expr.kind === 'Name' ? expr.id : null
}

/** It is made from what lies beside the module: the statement, a folder that it names, or the function of the module that it calls, asks where that is. */
function isShipped({ value, stmt }: Making, { facts, frames }: Questions): boolean {
  const fact = value.kind === 'Call' && value.func.kind === 'Name' ? facts.get(value.func.id) : undefined
  const places = placesIn(frames.ofModule().flow.graph)
  const isBeside = (node: Node): boolean => isOwnPlace(node) || (node.kind === 'Name' && places.has(node.id))
  return someNode(stmt, isBeside) || (fact?.kind === 'function' && fact.def.body.some(stmt => someNode(stmt, isBeside)))
}

/** Names of what is told by where the module lies. */
const placesIn = perObject(({ bindings }: FlowGraph): ReadonlySet<string> => new Set(bindings.flatMap(b => (b.value && someNode(b.value, isOwnPlace) ? [b.variable.name] : []))))

function isOwnPlace(node: Node): boolean {
  return node.kind === 'Name' && node.id === '__file__'
}

const bindingsOf = perObject(({ bindings }: FlowGraph): ReadonlyMap<Name, Binding> => new Map(bindings.map(b => [b.name, b])))

/** Null: letting go of the name would free nothing. */
function holdersAfter(stmt: Stmt, binding: Binding, analysis: FrameAnalysis): readonly Obstacle[] | null {
  const after = analysis.flow.graph.pointsOf(stmt)?.after
  if (!after) return null
  const { blockedBy, together, perhaps, doubts } = holdingAt([binding], after, analysis)
  return blockedBy !== null || together.length > 0 || perhaps.size > 0 ? null : doubts
}

/** Null: several use it, or it cannot be told who does. */
function userOf({ target }: Making, questions: Questions): LargeGlobal['user'] | null {
  const { uses: { ofGlobal }, workspace } = questions
  const uses = ofGlobal(target.id)
  const bindings = uses.filter(u => u.deed === 'bind' || u.deed === 'delete')
  if (bindings.length !== 1 || bindings[0]!.node !== target) return null
  const reads = uses.filter(u => u !== bindings[0])
  // A class is made of it, and is there as long.
  if (reads.some(u => u.act.kind === 'ClassDef')) return null
  if (workspace !== null && isUsedElsewhere(target.id, workspace)) return reads.length > 0 ? null : userElsewhere(target.id, workspace, questions)
  if (reads.every(u => u.place.atImport)) return reads.some(u => u.deed === 'grow' || u.deed === 'shrink') ? null : { kind: 'import', uses: reads }
  const only = onlyFunction(reads)
  return only && { kind: 'function', scope: only.header.name.id, uses: reads }
}

/** One function of one other file, and nobody that is not seen: what is done about it has to be done there, too. */
function userElsewhere(name: string, workspace: WorkspaceView, { mentions }: Questions): LargeGlobal['user'] | null {
  const { uses, doubts } = workspace.usesOf(name)
  const [path, ...more] = new Set(uses.map(u => u.path).filter(p => p !== workspace.path))
  if (path === undefined || more.length > 0 || doubts.length > 0 || mentions.countOf(name) > 0 || isTestFile(path)) return null
  if (workspace.attributeElsewhere(name).files.some(file => file !== path)) return null
  const module = workspace.moduleAt(path)
  const other = module && otherUser(name, module)
  const only = other && onlyFunction(other.uses)
  return only ? { kind: 'elsewhere', scope: only.header.name.id, def: only, other: other! } : null
}

/** Also where a file gets at the module by a name that is worked out as it runs, and mentions an attribute of that name. */
function isUsedElsewhere(name: string, workspace: WorkspaceView): boolean {
  const { uses, doubts } = workspace.usesOf(name)
  if (uses.some(u => u.path !== workspace.path)) return true
  const guessing = new Set(doubts.flatMap(d => (d.kind === 'dynamic' && d.path !== null ? [d.path] : [])))
  return guessing.size > 0 && workspace.attributeElsewhere(name).files.some(path => guessing.has(path))
}

/** The last statement of the module's body in which it is used; null: there is none, or not all are found. */
export function lastUser(uses: readonly Use[], body: readonly Stmt[]): Stmt | null {
  const indices = uses.map(u => body.findIndex(stmt => contains(stmt, u.node)))
  const last = Math.max(...indices)
  return indices.includes(-1) ? null : body[last] ?? null
}

/** Who may use it without being seen. */
function exportDoubts(name: string, { workspace, uses }: Questions): readonly string[] {
  if (workspace !== null) return workspace.usesOf(name).doubts.map(d => d.text)
  const isListed = uses.ofGlobal('__all__').some(u => u.deed === 'bind' && u.act.kind === 'Assign' && u.around.length === 1 && u.place.atImport && mentionsText(u.act.value, name))
  return isListed || !name.startsWith('_') ? ['other modules may import it'] : []
}

function mentionsText(list: Expr, name: string): boolean {
  return (list.kind === 'List' || list.kind === 'Tuple') && list.elts.some(e => e.kind === 'Constant' && e.value === name)
}
