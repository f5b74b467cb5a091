/** Strongly connected components. (Tarjan, Depth-first search and linear graph algorithms, 1972.) */

/**
 * Gives each strongly connected component that can be reached from where the function returned is asked to look, once, those it leads to first,
 * and whether anything in it leads back to itself.
 * Paths may be longer than the stack is deep.
 */
export function componentsFrom<N>(next: (node: N) => readonly N[], give: (component: readonly N[], rests: boolean) => void): (start: N) => void {
  /** When a node was first seen; Infinity once its component was given. */
  const seen = new Map<N, number>()
  const open: N[] = []
  const enter = (node: N) => {
    const since = seen.size
    seen.set(node, since)
    open.push(node)
    return { node, since, low: since, others: next(node), at: 0 }
  }
  return start => {
    if (seen.has(start)) return
    const path = [enter(start)]
    while (path.length > 0) {
      const step = path.at(-1)!
      if (step.at < step.others.length) {
        const other = step.others[step.at++]!
        const known = seen.get(other)
        if (known === undefined) path.push(enter(other))
        else step.low = Math.min(step.low, known)
        continue
      }
      path.pop()
      if (step.low === step.since) {
        const component = open.splice(open.lastIndexOf(step.node))
        for (const member of component) seen.set(member, Infinity)
        give(component, component.length > 1 || step.others.includes(step.node))
      } else path.at(-1)!.low = Math.min(path.at(-1)!.low, step.low)
    }
  }
}

/** All that can be reached from `start`, itself included: what a node leads to before the node, but for circles. */
export function neededFirst<N>(next: (node: N) => readonly N[], start: N): readonly N[] {
  const order: N[] = []
  componentsFrom(next, component => { order.push(...component) })(start)
  return order
}
