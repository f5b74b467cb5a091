/** Who else holds the objects of a name at a place: what must be let go with it, what stands in the way, what is in doubt. */
import type { Node } from '../syntax/ast.ts'
import type { Binding, Point, Variable } from '../flow/graph.ts'
import type { Passing } from '../flow/passing.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { keepsElementsOnly, type Content, type Holder } from '../values/objects.ts'
import { kindOf } from '../values/parts.ts'
import { isSmall, OUTER, type Link, type Value } from '../values/value.ts'
import { hasEnded } from './ended.ts'
import { wordsFor } from './holder-words.ts'
import { lateLoop, type LateLoop } from './late-loops.ts'
import { looksSmall } from './telling-names.ts'

export interface Holding {
  /** Dead names that hold the object too: released together. */
  readonly together: readonly Variable[]
  /** Dead names that may hold it, and how: released with it where that is possible. */
  readonly perhaps: ReadonlyMap<Variable, Obstacle>
  /** Something surely keeps the object: letting go of the name frees nothing. Null: nothing does. */
  readonly blockedBy: Obstacle | null
  /** What blocks is a running loop: it ends. */
  readonly isWalked: boolean
  /** ... or goes on to the next object: it keeps the last one till then. */
  readonly late: LateLoop | null
  /** What may keep it. */
  readonly doubts: readonly Obstacle[]
  /** Names that are still used and surely keep it: once they are not, it can be let go with them. */
  readonly keptBy: ReadonlySet<Variable>
}

export interface Obstacle {
  readonly node: Node | null
  /** For a person: `kept by self.cache`. */
  readonly why: string
  /** Not likely: see `Link.weak`. */
  readonly weak: boolean
  /** Of the object it keeps the elements. */
  readonly elementsOnly?: true
}

/** `except`: a loop whose hold on them is known. */
export function holdingAt(bindings: readonly Binding[], point: Point, analysis: FrameAnalysis, except: Node | null = null): Holding {
  const together = new Set<Variable>()
  const perhaps = new Map<Variable, Obstacle>()
  const doubts: Obstacle[] = []
  const keptBy = new Set<Variable>()
  const walked = iteratedBy(bindings, point, analysis, except)
  let blockedBy: Obstacle | null = walked?.obstacle ?? null
  for (const binding of bindings) {
    for (const content of [contentAt(binding, point, analysis), gatheredAt(binding, point, analysis)]) {
      content.dead.forEach(variable => together.add(variable))
      blockedBy ??= content.blockedBy
    }
    const holders = analysis.objects.holdersOf(binding)
    const names = new Set(holders.flatMap(h => (h.kind === 'name' && h.how !== 'part' ? [h.binding] : [])))
    for (const holder of holders) {
      const found = judge(holder, binding, point, names, analysis)
      if (found === null) continue
      if (found.kind === 'together') together.add(found.variable)
      else if (found.kind === 'perhaps') perhaps.set(found.variable, found.obstacle)
      else if (found.certain) {
        blockedBy ??= found.obstacle
        if (holder.kind === 'name') keptBy.add(holder.binding.variable)
      }
      else doubts.push(found.obstacle)
    }
  }
  return { together: [...together], perhaps, blockedBy, isWalked: walked !== null, late: walked?.late ?? null, doubts: strongestOfEach(doubts), keptBy }
}

/** Said once what several are in the same words, as likely as the likeliest of them. */
export function strongestOfEach(obstacles: readonly Obstacle[]): readonly Obstacle[] {
  const found = new Map<string, Obstacle>()
  for (const obstacle of obstacles) if (found.get(obstacle.why)?.weak !== false) found.set(obstacle.why, obstacle)
  return [...found.values()]
}

type Judgement =
  | { readonly kind: 'together'; readonly variable: Variable }
  | { readonly kind: 'perhaps'; readonly variable: Variable; readonly obstacle: Obstacle }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle; readonly certain: boolean }

/** `names`: the bindings that hold the object. */
function judge(holder: Holder, binding: Binding, point: Point, names: ReadonlySet<Binding>, analysis: FrameAnalysis): Judgement | null {
  const { flow } = analysis
  const kept = hasBeenKept(holder, binding, point, analysis)
  if (kept === 'never') return null
  const isKept = holder.certain && kept === 'always'
  const only = keepsElementsOnly(holder) ? { elementsOnly: true as const } : {}
  if (holder.kind === 'outer') return { kind: 'obstacle', obstacle: { node: holder.node, why: holder.why, weak: holder.weak, ...only }, certain: isKept }
  const { variable } = holder.binding
  if (variable === binding.variable || (holder.how === 'keeper' && holder.since === null && hasEnded(holder.binding, point, analysis))) return null
  const reaching = flow.reachingAt(point, variable)
  if (!reaching.includes(holder.binding)) return null
  const certain = isKept && flow.boundAt(point, variable) === 'yes' && reaching.every(b => names.has(b))
  const isUsed = isUsedAt(point, variable, analysis)
  if (holder.how === 'source' && !isUsed && !isKept) return null
  if (isKept && !isUsed) return { kind: 'together', variable }
  if (!certain && holder.how === 'alias' && !mayBeOne(binding, holder.binding, analysis.values)) return null
  const why = wordsFor(holder.binding, holder.how, certain, analysis.values)
  const obstacle = { node: holder.binding.name, why, weak: (holder.weak && holder.how !== 'sharer') || !isUsed || isBoundAnew(variable, point, names, analysis) || (holder.how === 'part' && looksSmall(variable.name)), ...only }
  const goesAlong = holder.since === null && (holder.how === 'alias' || holder.how === 'keeper' || holder.how === 'sharer' || (holder.how === 'owner' && isMuchOf(binding, analysis)))
  return !isUsed && (!holder.weak || holder.how === 'sharer') && goesAlong ? { kind: 'perhaps', variable, obstacle } : { kind: 'obstacle', obstacle, certain }
}

/** It was taken out of few: `a, b = result`. */
function isMuchOf(binding: Binding, { values }: FrameAnalysis): boolean {
  return values.ofBinding(binding).links.some(l => l.how === 'part' && l.share === 'field')
}

/** By the statement that comes next, to what holds nothing of the object, and so no holder after that: `t = t.sort_by(key)`. */
function isBoundAnew(variable: Variable, point: Point, names: ReadonlySet<Binding>, { flow: { graph } }: FrameAnalysis): boolean {
  const events = graph.blocks[point.block]!.events.slice(point.index)
  const index = events.findIndex(event => event.kind === 'bind' && event.binding.variable === variable)
  const bind = events[index]
  if (bind?.kind !== 'bind' || bind.binding.kind !== 'assignment' || names.has(bind.binding)) return false
  const stmt = bind.binding.node
  return events.slice(0, index).every(event => event.kind === 'bind' ? event.binding.node === stmt : event.node.start >= stmt.start && event.node.end <= stmt.end)
}

/** Objects of different kinds are two, and so are a large and a small one, as far as sizes and names tell. */
function mayBeOne(a: Binding, b: Binding, values: Evaluator): boolean {
  if (looksSmall(b.variable.name) && !looksSmall(a.variable.name)) return false
  const [one, other] = [values.ofBinding(a), values.ofBinding(b)]
  const kindOfSure = ({ type, guessed }: Value) => (guessed ? null : kindOf(type, values.context) ?? null)
  const [kind, otherKind] = [kindOfSure(one), kindOfSure(other)]
  if (kind !== null && otherKind !== null && kind !== 'object' && otherKind !== 'object' && kind !== otherKind) return false
  return isSmall(one, SMALL) === isSmall(other, SMALL) || one.size.origin === 'unknown' || other.size.origin === 'unknown'
}

/** Names without which the content of a container goes on being held, and what holds it in any case. */
interface Kept {
  readonly dead: readonly Variable[]
  readonly blockedBy: Obstacle | null
}

const NOTHING: Kept = { dead: [], blockedBy: null }

/**
 * A small container is as large as what is in it: the names of that have to go as well, and if all of it is still used under names, or in other
 * containers, nothing is freed.
 */
function contentAt(binding: Binding, point: Point, analysis: FrameAnalysis): Kept {
  const large = (analysis.objects.contentOf(binding) ?? []).filter(c => c.value.size.origin !== 'unknown' && !isSmall(c.value, SMALL))
  const names = large.map(c => c.names.filter(b => b.variable !== binding.variable && b.kind !== 'parameter' && analysis.flow.reachingAt(point, b.variable).includes(b)))
  const used = large.map((c, i) => names[i]!.find(b => isUsedAt(point, b.variable, analysis))?.name ?? keeperAt(c, binding, point, analysis))
  const dead = names.flat().map(b => b.variable).filter(v => !isUsedAt(point, v, analysis))
  const holder = used.includes(null) ? null : used[0] ?? null
  return { dead, blockedBy: holder && { node: holder, why: holder.kind === 'Name' ? `\`${holder.id}\` has what is in it` : 'what is in it is kept elsewhere', weak: false } }
}

/** What surely keeps it still: the name of a container, or the place that gave it to one. */
function keeperAt({ keepers }: Content, binding: Binding, point: Point, analysis: FrameAnalysis): Node | null {
  for (const keeper of keepers) {
    const found = judgeKeeper(keeper, binding, point, analysis)
    if (found?.kind === 'obstacle' && found.certain) return found.obstacle.node
  }
  return null
}

function judgeKeeper(keeper: Holder, binding: Binding, point: Point, analysis: FrameAnalysis): Judgement | null {
  return judge(keeper, binding, point, new Set(keeper.kind === 'name' ? [keeper.binding] : []), analysis)
}

/** Each thing that was put into the container went into another one as well, that has it still: those have to go with it, or nothing is freed but its references. */
function gatheredAt(binding: Binding, point: Point, analysis: FrameAnalysis): Kept {
  const dead: Variable[] = []
  let blockedBy: Obstacle | null = null
  for (const { names: [name], keepers } of analysis.objects.gatheredIn(binding)) {
    const found = name === undefined ? [] : keepers.flatMap(keeper => judgeKeeper(keeper, name, point, analysis) ?? [])
    const together = found.flatMap(f => (f.kind === 'together' && f.variable !== binding.variable ? [f.variable] : []))
    const kept = found.find(f => f.kind === 'obstacle' && f.certain)
    if (together.length === 0 && kept === undefined) return NOTHING
    dead.push(...together)
    if (kept?.kind === 'obstacle') blockedBy ??= kept.obstacle
  }
  return { dead, blockedBy }
}

/** Bytes. */
const SMALL = 1 << 20

export function isUsedAt(point: Point, variable: Variable, { flow }: FrameAnalysis): boolean {
  return flow.liveAt(point, variable) || variable.storage !== 'local'
}

/**
 * Has what stores the object away run since it was bound? In a loop it may have done so for the object of an earlier round only. An object
 * that had another name before may have been stored away under that.
 */
function hasBeenKept({ since }: Holder, binding: Binding, point: Point, { flow, values }: FrameAnalysis): Passing {
  if (since === null || isWithin(since, binding)) return 'always'
  const passing = flow.passedSince(binding, since, point)
  return passing === 'never' && isOlder(binding, values) ? 'sometimes' : passing
}

/** The object was there before it was bound to the name, or is the most of another one that was. */
function isOlder(binding: Binding, values: Evaluator): boolean {
  return values.ofBinding(binding).links.some(({ how, site, share }) => (how === 'is' || (how === 'part' && share === 'field')) && typeof site !== 'string' && site !== binding && ('variable' in site || !isWithin(site, binding)))
}

/** The object was kept while it was made or bound: `rows = register(load())`, `self.rows = rows = load()`. */
function isWithin(node: Node, binding: Binding): boolean {
  const around = binding.node.kind === 'Assign' ? binding.node : binding.value
  return around !== null && node.start >= around.start && node.end <= around.end
}

/** A running loop's iterator holds what it walks (facts 40, 41), and a container its elements (fact 39), `zip` and the like the last ones (fact 35). */
function iteratedBy(bindings: readonly Binding[], point: Point, { flow, values }: FrameAnalysis, except: Node | null): { readonly obstacle: Obstacle; readonly late: LateLoop | null } | null {
  const links = bindings.flatMap(b => values.ofBinding(b).links.filter(l => l.certain))
  const sites = links.filter(l => l.how === 'is').map(l => l.site)
  const owners = links.filter(l => l.how === 'part' && l.site !== OUTER).map(l => l.site)
  for (const { node } of flow.graph.blocks[point.block]!.loops) {
    if (node.kind !== 'For' || node === except) continue
    const iterated = values.ofExpr(node.iter)
    const walks = (l: Link) => l.certain && l.share !== 'little' && sites.includes(l.site)
    if (iterated.links.some(walks)) return { obstacle: { node: node.iter, why: 'the loop still walks it', weak: false }, late: null }
    const owns = (l: Link) => l.certain && l.how !== 'part' && owners.includes(l.site)
    if (!iterated.links.some(owns)) continue
    const late = lateLoop(node, values)
    return { obstacle: { node: node.iter, why: late?.why ?? 'what the loop walks has it still', weak: false }, late }
  }
  return null
}
