/** The large objects that a module makes while it is imported, and who uses them: facts for `long-lived-global`. */
import type { Assign, Expr, Name, Stmt, With } from '../../syntax/ast.ts'
import { usesOf, type ModuleUses } from '../../semantic/uses/uses.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { Binding } from '../../flow/graph.ts'
import type { FrameAnalysis } from '../../values/frames.ts'
import { kindOf } from '../../values/parts.ts'
import type { Value } from '../../values/value.ts'
import { holdingAt, type Obstacle } from '../holders.ts'
import { judge, type Verdict } from '../judgement.ts'
import { isMeantToLive } from '../meant-to-live.ts'
import type { ModuleView } from '../rule.ts'
import { isReadByName } from '../script.ts'

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
  /** - `import`: only the module's own run uses it, or nobody. - `function`: one function only. */
  readonly user: { readonly kind: 'import'; readonly last: Stmt } | { readonly kind: 'function'; readonly scope: string; readonly uses: readonly Use[] }
  readonly doubts: readonly string[]
}

export function largeGlobals(view: ModuleView): readonly LargeGlobal[] {
  const makings = view.body.flatMap(stmt => makingOf(stmt) ?? []).filter(m => mayBeLarge(m.value) && !isReadByName(m.target.id))
  if (makings.length === 0 || view.scopes.module.seesFrames) return []
  const uses = usesOf(view.facts, view.body, view.scopes)
  return makings.flatMap(making => largeGlobal(making, uses, view) ?? [])
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

/** Told by the text alone, so that most modules cost nothing: a call, a comprehension, or something repeated. */
function mayBeLarge(value: Expr): boolean {
  return ['Call', 'Comprehension', 'BinOp', 'Subscript', 'Attribute', 'Await', 'IfExp'].includes(value.kind)
}

function largeGlobal(making: Making, uses: ModuleUses, view: ModuleView): LargeGlobal | null {
  const { target, stmt } = making
  const all = uses.ofGlobal(target.id)
  const user = userOf(making, all, view)
  if (user === null) return null
  const analysis = view.frames.ofModule()
  const binding = analysis.flow.graph.bindings.find(b => b.name === target)
  if (binding === undefined || isMeantToLive(binding, analysis.values)) return null
  const value = analysis.values.ofBinding(binding)
  const holding = user.kind === 'import' ? holdersAfter(user.last, binding, analysis) : holdersAfter(stmt, binding, analysis)
  if (holding === null) return null
  const exported = exportDoubts(target.id, view)
  // Without the workspace it is not known who else uses a public name.
  const isOpen = exported.length > 0 && view.workspace === null
  if (isOpen && view.options.confidence !== 'possible') return null
  const kind = kindOf(value.type, analysis.values.context)
  const doubts = [...holding, ...exported.map(why => ({ node: null, why, weak: false }))]
  const verdict = judge({ value, variable: binding.variable, drag: { points: FOR_EVER, collects: false }, doubts }, { kind, scope: '<module>' }, view.options)
  return verdict && { making, value, verdict: isOpen ? { confidence: 'possible', severity: 'hint' } : verdict, user, doubts: doubts.map(d => d.why) }
}

/** Points of drag: whatever the process does from then on. */
const FOR_EVER = 100

/** Null: letting go of the name would free nothing. */
function holdersAfter(stmt: Stmt, binding: Binding, analysis: FrameAnalysis): readonly Obstacle[] | null {
  const after = analysis.flow.graph.pointsOf(stmt)?.after
  if (!after) return null
  const { blockedBy, together, perhaps, doubts } = holdingAt([binding], after, analysis)
  return blockedBy !== null || together.length > 0 || perhaps.size > 0 ? null : doubts
}

/** Null: several use it, or it cannot be told who does. */
function userOf({ target, stmt }: Making, uses: readonly Use[], { body, workspace }: ModuleView): LargeGlobal['user'] | null {
  const bindings = uses.filter(u => u.deed === 'bind' || u.deed === 'delete')
  if (bindings.length !== 1 || bindings[0]!.node !== target) return null
  if (workspace?.usesOf(target.id).uses.some(u => u.path !== workspace.path)) return null
  const reads = uses.filter(u => u !== bindings[0])
  if (reads.some(u => u.deed === 'grow' || u.deed === 'shrink' || (u.depth === 0 && u.deed === 'escape' && u.act.kind !== 'Return' && !u.place.atImport))) return null
  const later = reads.filter(u => !u.place.atImport)
  if (later.length === 0) return { kind: 'import', last: lastUser(reads, body) ?? stmt }
  const functions = new Set(later.map(u => u.place.functions[0]))
  const [only] = functions
  if (functions.size !== 1 || only === undefined || later.length < reads.length || later[0]!.place.cls !== null || only.header.decorators.length > 0) return null
  return { kind: 'function', scope: only.header.name.id, uses: later }
}

/** The last statement of the module's body in which it is used. */
function lastUser(uses: readonly Use[], body: readonly Stmt[]): Stmt | null {
  const indices = uses.map(u => body.findIndex(stmt => u.node.start >= stmt.start && u.node.end <= stmt.end || containsClassMember(stmt, u)))
  const last = Math.max(...indices)
  return indices.includes(-1) ? null : body[last] ?? null
}

/** Members of a class have positions of their own. */
function containsClassMember(stmt: Stmt, { around }: Use): boolean {
  return stmt.kind === 'ClassDef' && stmt.body.some(s => around.includes(s) || containsClassMember(s, { around } as Use))
}

/** Who may use it without being seen. */
function exportDoubts(name: string, { workspace, body }: ModuleView): readonly string[] {
  if (workspace !== null) return workspace.usesOf(name).doubts.map(d => d.text)
  const isListed = body.some(s => s.kind === 'Assign' && s.targets.some(t => t.kind === 'Name' && t.id === '__all__') && s.value.kind !== 'Name' && mentionsText(s.value, name))
  return isListed || !name.startsWith('_') ? ['other modules may import it'] : []
}

function mentionsText(list: Expr, name: string): boolean {
  return (list.kind === 'List' || list.kind === 'Tuple') && list.elts.some(e => e.kind === 'Constant' && e.value === name)
}
