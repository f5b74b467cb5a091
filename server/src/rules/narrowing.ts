/** Fixes of a held object that give its name a shorter life instead of ending it by hand. They follow the `del`, never replace it. */
import type { Source } from '../syntax/source.ts'
import type { Binding } from '../flow/graph.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { extractFix } from '../fixes/extract.ts'
import { inlineFix } from '../fixes/inline.ts'
import type { Fix } from './finding.ts'
import { contains } from '../syntax/ancestors.ts'
import type { HeldObject } from './held.ts'
import { riskOfEnding } from './risk.ts'
import type { FrameFacts } from './rule.ts'

export function narrowingFixes(object: HeldObject, facts: FrameFacts, source: Source): readonly Fix[] {
  // Statements of different cells are run apart from each other; what looks at the names of a function would miss those that move.
  if (facts.options.session === 'kernel' || facts.analysis.flow.graph.scope.seesFrames) return []
  return [inlined(object, facts, source), extracted(object, facts, source)].filter(fix => fix !== null)
}

function inlined(object: HeldObject, facts: FrameFacts, source: Source): Fix | null {
  const { variable, together, bindings, places } = object
  const { analysis, index } = facts
  const [binding] = bindings
  const isOnly = places.every(p => analysis.flow.reachingAt(p.point, variable).every(b => b === binding))
  if (binding === undefined || !isOnly || together.length > 0) return null
  return inlineFix(binding, riskOfEnding(object, facts), analysis, index, source)
}

/** The lines from the binding to the last use, where one place ends the name. */
function extracted(object: HeldObject, facts: FrameFacts, source: Source): Fix | null {
  const { variable, together, places } = object
  const { analysis } = facts
  const [place, ...more] = places
  if (place === undefined || more.length > 0) return null
  const { suite, index } = place
  const held = [variable, ...together]
  const first = Math.min(...makersOf(held.flatMap(v => analysis.flow.reachingAt(place.point, v)), analysis).map(b => suite.body.findIndex((stmt, i) => i < index && contains(stmt, b.name))))
  if (first < 0) return null
  return extractFix({ suite, first, end: index }, held.map(v => v.name), riskOfEnding(object, facts), analysis, source)
}

/** The bindings with those before them that `x += …` goes on with: it is the same object where it can be changed in place. */
function makersOf(bindings: readonly Binding[], { flow }: FrameAnalysis): readonly Binding[] {
  const all = new Set(bindings)
  for (const binding of all) {
    const point = binding.kind === 'augmented' ? flow.graph.pointOf(binding.name) : null
    if (point) for (const before of flow.reachingAt(point, binding.variable)) all.add(before)
  }
  return [...all]
}
