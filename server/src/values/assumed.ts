/** A question about bindings that rest on one another. */
import type { Binding } from '../flow/graph.ts'

/** Asked once for each; the answer is taken to be yes while it is worked out: what is computed from itself is as little as what it began with. */
export function assumed(answer: (binding: Binding) => boolean): (binding: Binding) => boolean {
  const answers = new Map<Binding, boolean>()
  return binding => {
    const before = answers.get(binding)
    if (before !== undefined) return before
    answers.set(binding, true)
    const found = answer(binding)
    answers.set(binding, found)
    return found
  }
}
