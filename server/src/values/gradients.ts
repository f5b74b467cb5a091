/**
 * Whether tensors computed in a frame keep those they are computed from for a backward pass. Nothing says so for sure in the text:
 * it depends on what the function is given. What is known are the places where gradients are off, and those that are about them.
 */
import type { Event, FlowGraph } from '../flow/graph.ts'
import type { ClassDef, Expr } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import type { FrameContext } from './context.ts'
import { perObject } from '../text/on-demand.ts'

/** `unlikely`: nothing in the frame is about gradients. */
export type Gradients = 'off' | 'unlikely' | 'likely'

export const gradientsIn = perObject((context: FrameContext): Gradients => told(context.flow.graph, ownClassIn(context)))

/** The class as the module defines it: asking is noted. */
function ownClassIn({ facts, ownClass }: FrameContext): ClassDef | null {
  const fact = ownClass === null ? undefined : facts.get(ownClass.name.id)
  return fact?.kind === 'class' ? fact.def : ownClass
}

/** By the rule of torch a layer computes in `forward`. */
export function isForward(graph: FlowGraph, ownClass: ClassDef | null): boolean {
  return isMethod('forward', graph, ownClass)
}

/** By the rule of Lightning a model computes its loss in `training_step`, and what called that goes back from it. */
export function isTrainingStep(graph: FlowGraph, ownClass: ClassDef | null): boolean {
  return isMethod('training_step', graph, ownClass)
}

function isMethod(name: string, { frame }: FlowGraph, ownClass: ClassDef | null): boolean {
  return ownClass !== null && frame !== 'module' && frame.kind === 'FunctionDef' && frame.header.name.id === name
}

function told(graph: FlowGraph, ownClass: ClassDef | null): Gradients {
  const { frame } = graph
  const header = frame !== 'module' && frame.kind === 'FunctionDef' ? frame.header : null
  if (header?.decorators.some(switchesOff) || (ownClass !== null && isOwnGradient(ownClass))) return 'off'
  const isStep = isForward(graph, ownClass) || isTrainingStep(graph, ownClass)
  const isTraining = graph.blocks.some(block => block.events.some(isAboutGradients))
  return isTraining || (isStep && !graph.suites.some(s => s.owner?.kind === 'With' && s.owner.items.some(item => switchesOff(item.context)))) ? 'likely' : 'unlikely'
}

/** `torch.no_grad()`, `inference_mode`. */
export function switchesOff(expr: Expr): boolean {
  const name = lastName(expr.kind === 'Call' ? expr.func : expr)
  return name === 'no_grad' || name === 'inference_mode'
}

/** A `torch.autograd.Function` says itself what its backward pass needs, and computes without. */
function isOwnGradient({ args }: ClassDef): boolean {
  return args.some(({ value }) => value.kind === 'Attribute' && value.attr === 'Function' && lastName(value.value) === 'autograd')
}

function isAboutGradients(event: Event): boolean {
  const node = event.kind === 'call' ? event.node.func : event.kind === 'operation' || event.kind === 'store' ? event.node : null
  return node?.kind === 'Attribute' && ABOUT.has(node.attr)
}

const ABOUT: ReadonlySet<string> = new Set(['backward', 'requires_grad', 'requires_grad_', 'grad_fn', 'zero_grad'])
