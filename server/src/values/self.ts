/** The object whose method a frame runs. */
import type { Evaluator } from './evaluate.ts'
import type { Value } from './value.ts'

/** The value of the first parameter, whatever it is called; null: the frame has none. `super()` is a way to it. */
export function selfOf(e: Evaluator): Value | null {
  const { frame, bindings } = e.context.flow.graph
  const first = frame !== 'module' && frame.kind === 'FunctionDef' ? frame.header.params[0]?.name : undefined
  const binding = first && bindings.find(b => b.name === first)
  return binding ? e.ofBinding(binding) : null
}
