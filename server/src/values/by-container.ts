/** Operations of a frame on containers, by the binding that holds the container. */
import type { Name } from '../syntax/ast.ts'
import { perObject } from '../text/on-demand.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { Binding, Block, Event } from '../flow/graph.ts'

/** `read`: the operation that an event is on the container a name holds; null: none. */
export function byContainer<T extends { readonly target: Name }>(read: (event: Event, block: Block) => T | null): (flow: FlowAnalysis) => ReadonlyMap<Binding, readonly T[]> {
  return perObject((flow: FlowAnalysis) => {
    const found = new Map<Binding, T[]>()
    for (const block of flow.graph.blocks) {
      for (const event of block.events) {
        const operation = read(event, block)
        for (const binding of operation ? flow.reaching(operation.target) : []) {
          const list = found.get(binding)
          if (list) list.push(operation!)
          else found.set(binding, [operation!])
        }
      }
    }
    return found
  })
}
