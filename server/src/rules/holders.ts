/** Who else holds the objects of a name at a place: what must be let go with it, what stands in the way, what is in doubt. */
import type { Node } from '../syntax/ast.ts'
import type { Binding, Point, Variable } from '../flow/graph.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Holder } from '../values/objects.ts'
import type { Link } from '../values/value.ts'

export interface Holding {
  /** Dead names that hold the object too: released together. */
  readonly together: readonly Variable[]
  /** Something surely keeps the object: letting go of the name frees nothing. Null: nothing does. */
  readonly blockedBy: Obstacle | null
  /** What may keep it. */
  readonly doubts: readonly Obstacle[]
}

export interface Obstacle {
  readonly node: Node | null
  /** For a person: `kept by self.cache`. */
  readonly why: string
  /** Not likely: see `Link.weak`. */
  readonly weak: boolean
}

export function holdingAt(bindings: readonly Binding[], point: Point, analysis: FrameAnalysis): Holding {
  const together = new Set<Variable>()
  const doubts = new Map<string, Obstacle>()
  let blockedBy: Obstacle | null = iteratedBy(bindings, point, analysis)
  for (const binding of bindings) {
    for (const holder of analysis.objects.holdersOf(binding)) {
      const found = judge(holder, binding, point, analysis)
      if (found === null) continue
      if (found.kind === 'together') together.add(found.variable)
      else if (found.certain) blockedBy ??= found.obstacle
      else doubts.set(found.obstacle.why, found.obstacle)
    }
  }
  return { together: [...together], blockedBy, doubts: [...doubts.values()] }
}

type Judgement =
  | { readonly kind: 'together'; readonly variable: Variable }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle; readonly certain: boolean }

function judge(holder: Holder, binding: Binding, point: Point, { flow }: FrameAnalysis): Judgement | null {
  if (holder.kind === 'outer') return { kind: 'obstacle', obstacle: { node: holder.node, why: holder.why, weak: holder.weak }, certain: holder.certain }
  const { variable } = holder.binding
  if (variable === binding.variable) return null
  if (flow.boundAt(point, variable) === 'no' || !flow.reachingAt(point, variable).includes(holder.binding)) return null
  const isUsed = flow.liveAt(point, variable) || variable.storage !== 'local'
  if (holder.certain && !isUsed) return { kind: 'together', variable }
  const why = `${variable.name} ${holder.certain ? HOW[holder.how] : MAY[holder.how]}`
  return { kind: 'obstacle', obstacle: { node: holder.binding.name, why, weak: holder.weak || !isUsed }, certain: holder.certain }
}

const HOW = { alias: 'is the same object', keeper: 'keeps it', owner: 'holds it', part: 'is a part of it' } as const
const MAY = { alias: 'may be the same object', keeper: 'may keep it', owner: 'may hold it', part: 'may be the most of it' } as const

/** A running loop's iterator holds what it walks (facts 40, 41). */
function iteratedBy(bindings: readonly Binding[], point: Point, { flow, values }: FrameAnalysis): Obstacle | null {
  const sites = bindings.flatMap(b => values.ofBinding(b).links.filter(l => l.how === 'is' && l.certain).map(l => l.site))
  for (const { node } of flow.graph.blocks[point.block]!.loops) {
    if (node.kind !== 'For') continue
    const iterated = values.ofExpr(node.iter)
    const walks = (l: Link) => l.certain && l.share !== 'little' && sites.includes(l.site)
    if (iterated.links.some(walks)) return { node: node.iter, why: 'the loop still walks it', weak: false }
  }
  return null
}
