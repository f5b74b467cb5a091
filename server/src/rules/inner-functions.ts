/**
 * The inner functions that capture a variable, and what is known of their lives: called by name only, or handed to something that may call
 * them later. Of the first kind it can be seen when the last call has been made.
 */
import type { Comprehension, FunctionDef, Lambda, Name, Node } from '../syntax/ast.ts'
import { nodesIn, someNode } from '../syntax/ancestors.ts'
import type { Closure, Variable } from '../flow/graph.ts'
import { capturesOf } from './captures.ts'
import { TO_THE_END } from './exhausted.ts'
import type { FrameFacts } from './rule.ts'

export interface InnerFunction {
  readonly closure: FunctionDef | Lambda
  /** The one name it is bound to. */
  readonly variable: Variable
  /** It captures its own name, or takes part in a round of functions that capture each other: a cycle with all that they capture (fact 97). */
  readonly isCyclic: boolean
}

/**
 * The functions that capture the variable, and those that can call them, where each is bound to one name and never used but to be called there
 * and then. Null: some of them may be kept, or what they make may be.
 */
export function calledOnly(variable: Variable, facts: FrameFacts): readonly InnerFunction[] | null {
  const found: InnerFunction[] = []
  const captured = new Set([variable])
  for (const each of captured) {
    for (const { closure, isTransient } of capturesOf(each, facts.analysis.values)) {
      if (isTransient || found.some(f => f.closure === closure)) continue
      const inner = closure.kind === 'FunctionDef' || closure.kind === 'Lambda' ? innerFunction(closure, each, facts) : null
      if (inner === null) return null
      found.push(inner)
      captured.add(inner.variable)
    }
  }
  return found
}

function innerFunction(closure: FunctionDef | Lambda, captured: Variable, facts: FrameFacts): InnerFunction | null {
  const { flow, values } = facts.analysis
  const [binding, ...others] = flow.graph.bindings.filter(b => (closure.kind === 'FunctionDef' ? b.node === closure : b.value === closure && b.path.length === 0))
  if (binding === undefined || others.length > 0 || binding.variable.writtenInside) return null
  const { variable } = binding
  if ((facts.index.bindings.get(variable) ?? []).length > 1 || !isPlainFunction(closure)) return null
  if (handsOn(closure, captured.name)) return null
  const calls = new Set<Node>(flow.graph.blocks.flatMap(block => block.events.flatMap(event => (event.kind === 'call' ? [event.node.func] : []))))
  const names = facts.index.names.get(variable) ?? []
  if (!names.every(name => name === binding.name || calls.has(name))) return null
  // Functions that capture this one call it; only itself may, or those that are as well known.
  const users = capturesOf(variable, values).filter(c => !c.isTransient).map(c => c.closure)
  const isCyclic = users.includes(closure) || users.some(user => capturesName(user, variable, closure, facts))
  return users.every(user => user === closure || isNamedFunction(user)) ? { closure, variable, isCyclic } : null
}

/** Its body runs within the call, and nothing that decorates it keeps it. */
function isPlainFunction(closure: FunctionDef | Lambda): boolean {
  if (closure.kind === 'Lambda') return !someNode(closure, node => node.kind === 'Yield' || node.kind === 'YieldFrom' || node.kind === 'Await')
  if (closure.header.isAsync || closure.header.decorators.length > 0) return false
  return !someNode(closure, node => node.kind === 'Yield' || node.kind === 'YieldFrom')
}

/** Something made inside captures the name too, and may live on: a lambda, a function, a generator expression that is not walked at once. */
function handsOn(closure: FunctionDef | Lambda, name: string): boolean {
  const reads = (node: Node): boolean => someNode(node, n => n.kind === 'Name' && n.id === name)
  const walked = new Set<Node>()
  return someNode(closure, node => {
    if (node.kind === 'Call' && node.func.kind === 'Name' && CONSUMERS.has(node.func.id)) for (const { value } of node.args) walked.add(value)
    if (node === closure || walked.has(node)) return false
    if (node.kind === 'FunctionDef' || node.kind === 'Lambda' || node.kind === 'ClassDef') return reads(node)
    return node.kind === 'Comprehension' && node.form === 'generator' && capturedParts(node).some(reads)
  })
}

/** Builtins that have walked what they are given when they return. */
const CONSUMERS: ReadonlySet<string> = new Set([...TO_THE_END, 'any', 'all'])

/** All but the first iterable, which is evaluated at once. */
function capturedParts({ elt, generators: [first, ...rest] }: Comprehension): readonly Node[] {
  return [elt, ...(first ? first.ifs : []), ...rest]
}

function isNamedFunction(closure: Closure): boolean {
  return closure.kind === 'FunctionDef'
}

/** Does the other function, which calls this one, get called by it in turn? */
function capturesName(user: Closure, variable: Variable, closure: FunctionDef | Lambda, { analysis }: FrameFacts): boolean {
  if (user === closure || user.kind !== 'FunctionDef') return user === closure
  const own = analysis.flow.graph.bindings.find(b => b.node === user)?.variable
  return own !== undefined && capturesOf(own, analysis.values).some(c => c.closure === closure) && variable.storage === 'cell'
}

export function namesIn(node: Node, id: string): readonly Name[] {
  return nodesIn(node, (n): n is Name => n.kind === 'Name' && n.id === id)
}
