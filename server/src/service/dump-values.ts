/** What each binding of a file is believed to hold, as plain data, for bug reports and tests. */
import type { Binding } from '../flow/graph.ts'
import { builtinLibraries } from '../models/builtin.ts'
import { createModelTable } from '../models/table.ts'
import type { Source } from '../syntax/source.ts'
import { lineStarts, positionAt } from '../text/line-starts.ts'
import type { TargetVersion } from '../text/target-version.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { functionsOf } from '../semantic/functions.ts'
import { NOBODY } from '../values/foreign.ts'
import { createModuleFrames } from './module-frames.ts'

export interface DumpedValue {
  readonly name: string
  /** 1-based. */
  readonly line: number
  readonly binding: Binding['kind']
  readonly type: string | null
  /** The type is a guess from how the object is used. */
  readonly guessed: boolean
  readonly size: { readonly low: number; readonly high: number | null; readonly origin: string; readonly basis: string }
  /** The library model that spoke. */
  readonly model: string | null
  /** Who else may hold the object. */
  readonly holders: readonly { readonly who: string; readonly certain: boolean }[]
}

export interface DumpedValues {
  readonly frames: readonly { readonly name: string; readonly values: readonly DumpedValue[] }[]
}

/** The module's frame first, then the functions in order; those with syntax errors are left out. */
export function dumpValues(source: Source, target: TargetVersion): DumpedValues {
  const { frames } = createModuleFrames(createModelTable(builtinLibraries), target, NOBODY).update(source.body)
  const starts = lineStarts(source.text)
  const lineOf = (position: number): number => positionAt(starts, source.offsetOf(position)).line + 1
  const dump = (name: string, analysis: FrameAnalysis) => ({ name, values: analysis.flow.graph.bindings.map(b => dumpBinding(b, analysis, lineOf)) })
  return { frames: [dump('<module>', frames.ofModule()), ...functionsOf(source.body).map(f => dump(f.name, frames.of(f.def, f.ownClass)))] }
}

function dumpBinding(binding: Binding, { values, objects }: FrameAnalysis, lineOf: (position: number) => number): DumpedValue {
  const { type, guessed, size, model } = values.ofBinding(binding)
  return {
    name: binding.variable.name, line: lineOf(binding.name.start), binding: binding.kind, type, guessed,
    size: { low: size.low, high: size.high, origin: size.origin, basis: size.basis }, model,
    holders: objects.holdersOf(binding).map(h => ({ who: h.kind === 'name' ? h.binding.variable.name : h.why, certain: h.certain })),
  }
}
