/** A big local that functions made inside its own have too, and what the rules on them share. */
import type { Node } from '../syntax/ast.ts'
import type { Binding, Closure, Variable } from '../flow/graph.ts'
import { keepingsOf } from '../values/mutations.ts'
import { join, OUTER, type Value } from '../values/value.ts'
import type { Finding, Note } from './finding.ts'
import { wordsForClosure } from './holder-words.ts'
import type { Verdict } from './judgement.ts'
import { isMeantToLive } from './meant-to-live.ts'
import type { FrameFacts } from './rule.ts'
import { estimateOf } from './wording.ts'

/** A big object of this function that inner functions can read. */
export interface Captured {
  readonly variable: Variable
  readonly binding: Binding
  readonly value: Value
}

/** The object that a name of this frame stands for, where it is one of its own and perhaps large; null: there is none. */
export function capturedObject(variable: Variable, { analysis, index, options }: FrameFacts): Captured | null {
  const bindings = index.bindings.get(variable) ?? []
  const [binding] = bindings
  if (binding === undefined || !bindings.every(b => bindsObject(b) && !isMeantToLive(b, analysis.values))) return null
  const value = bindings.reduce<Value | null>((v, b) => join(v, analysis.values.ofBinding(b)), null)!
  const isOwn = value.links.length > 0 && value.links.every(l => l.how !== 'is' || (l.site !== OUTER && !l.taken))
  const isLarge = options.assumeLarge || value.size.origin === 'outside' || value.size.origin === 'derived' || (value.size.origin === 'known' && (value.size.high ?? Infinity) >= options.minimumSize)
  return isOwn && isLarge && !value.isView ? { variable, binding, value } : null
}

/** What it binds is made or found here, not given, imported or declared. */
export function bindsObject({ kind }: Binding): boolean {
  return kind === 'assignment' || kind === 'annotated' || kind === 'augmented' || kind === 'walrus' || kind === 'for'
}

/** What all findings on such an object say. */
export function findingOn({ variable, binding, value }: Captured, verdict: Verdict, drag: Finding['drag'], facts: FrameFacts): Omit<Finding, 'message' | 'span' | 'lastUse' | 'heldUntil' | 'notes' | 'fixes'> {
  return {
    rule: 'closure-holds', severity: verdict.severity, confidence: verdict.confidence, name: variable.name, names: [variable.name], scope: facts.scope,
    binding: binding.name, size: estimateOf(value.size), drag,
  }
}

/** Shows a function that has the object. */
export function readBy(closure: Closure): Note {
  const span = closure.kind === 'FunctionDef' ? closure.header.name : closure.kind === 'ClassDef' ? closure.name : closure
  return { start: span.start, end: span.end, message: wordsForClosure(closure), holds: true }
}

/** The object or the function outlives the call anyway: it is returned, stored or handed out. */
export function leaves({ variable, value }: Captured, node: Node, { analysis, index }: FrameFacts): boolean {
  const { values, flow } = analysis
  const name = node.kind === 'ClassDef' ? node.name.id : null
  const isClassUsedElsewhere = name !== null && flow.graph.variables.some(v => v.name === name && v.scope === flow.graph.scope && (index.names.get(v) ?? []).length > 1)
  const sites = new Set(value.links.filter(l => l.how === 'is').map(l => l.site))
  const given = flow.graph.blocks.flatMap(b => b.events.flatMap(e => (e.kind === 'return' && e.node.value ? [values.ofExpr(e.node.value)] : [])))
  const isHeld = (v: Value) => v.links.some(l => l.how !== 'part' && l.certain && sites.has(l.site))
  const outside = keepingsOf(flow.graph, values).some(k => isHeld(k.kept) && k.owner.links.some(l => l.site === OUTER))
  return isClassUsedElsewhere || given.some(isHeld) || outside || variable.writtenInside
}
