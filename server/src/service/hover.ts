/** The hover at an offset: which name stands there, whose it is, and which findings are about it. */
import type { FunctionDef, Name } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Binding, Variable } from '../flow/graph.ts'
import type { FrameAnalysis, Frames } from '../values/frames.ts'
import type { Finding } from '../rules/finding.ts'
import { onDemand } from '../text/on-demand.ts'
import { indexFrame } from '../rules/frame-index.ts'
import { functionsOf } from '../semantic/functions.ts'
import { describe, describeCompiled, describeNotes, type FramePlace, type Terms } from './hover-words.ts'
import type { ModuleAnalysis } from './module-analysis.ts'
import type { Hover } from './report.ts'
import type { Settings } from './settings.ts'

/** Null where there is no name and no finding, or nothing to say of it. */
export function hoverAt(offset: number, source: Source, { frames, drafts, compiled }: ModuleAnalysis, settings: Settings, terms: Terms): Hover | null {
  const findings = onDemand(() => drafts.flatMap(draft => draft(source) ?? []))
  return ofName(offset, source, { frames, compiled }, findings, settings, terms) ?? ofFinding(offset, source, findings(), terms)
}

/** The places that a finding speaks of, where it is about no name that stands here: who adds, what keeps it. The editor shows its message itself. */
function ofFinding(offset: number, source: Source, findings: readonly Finding[], terms: Terms): Hover | null {
  const finding = findings.find(f => f.notes.length > 0 && covers(source, f.span, offset))
  if (finding === undefined) return null
  const [start, end] = source.rangeOf(finding.span)
  return { range: { start, end }, text: describeNotes(finding, source, terms) }
}

function ofName(offset: number, source: Source, { frames, compiled }: Pick<ModuleAnalysis, 'frames' | 'compiled'>, findings: () => readonly Finding[], settings: Settings, terms: Terms): Hover | null {
  const around = framesAround(offset, source, frames)
  for (const [depth, { analysis, def }] of around.entries()) {
    const index = indexFrame(analysis.flow)
    for (const [variable, names] of index.names) {
      const name = names.find(n => covers(source, n, offset))
      if (!name) continue
      const owner = variable.storage === 'outer' ? ownerOf(variable, around.slice(depth + 1)) : { frame: { analysis, def }, variable }
      if (owner === null) return null
      const about = findings().filter(finding => isAbout(finding, owner.variable, owner.frame.def))
      const bindings = depth === 0 && owner.variable === variable ? bindingsAt(name, variable, analysis) : owner.frame.analysis.flow.graph.bindings.filter(b => b.variable === owner.variable)
      const text = describe(bindings, about, { source, settings, terms, ...owner.frame, variable: owner.variable })
      const [start, end] = source.rangeOf(name)
      if (text === null) return null
      const otherwise = around.flatMap(place => compiled().find(c => c.place.def === place.def) ?? [])
      return { range: { start, end }, text: otherwise[0] ? describeCompiled(variable.name, otherwise[0], source) : text }
    }
  }
  return null
}

/** The frame of an enclosing function that an inner one reads the name from; globals are nobody's. */
function ownerOf({ name }: Variable, around: readonly FramePlace[]): { readonly frame: FramePlace; readonly variable: Variable } | null {
  for (const frame of around) {
    const { graph } = frame.analysis.flow
    const variable = graph.variables.find(v => v.name === name && v.scope === graph.scope && v.storage !== 'outer')
    if (variable) return frame.def === null ? null : { frame, variable }
  }
  return null
}

function covers(source: Source, span: { readonly start: number; readonly end: number }, offset: number): boolean {
  const [start, end] = source.rangeOf(span)
  return start <= offset && offset <= end
}

/** The functions around the offset, innermost first, and the module. */
function framesAround(offset: number, source: Source, frames: Frames): readonly FramePlace[] {
  const at = source.segmentAt(offset)
  const around: FramePlace[] = [{ analysis: frames.ofModule(), def: null }]
  for (const { def, ownClass } of functionsOf(at ? [at.statement] : [])) {
    if (def.body.length === 0 || !covers(source, { start: parametersStart(def), end: def.end }, offset)) continue
    around.unshift({ analysis: frames.of(def, ownClass ?? (at && def === at.statement ? at.classes.at(-1) ?? null : null)), def })
  }
  return around
}

/** Names of parameters belong to the function, too. */
function parametersStart({ header, body }: FunctionDef): number {
  return header.params[0]?.start ?? body[0]!.start
}

/** A finding that names the variable and points into its function. */
function isAbout({ names, scope, binding, span, notes }: Finding, { name }: Variable, def: FunctionDef | null): boolean {
  if (!names.includes(name)) return false
  return def === null ? scope === '<module>' : [binding, span, ...notes].some(s => s.start >= def.start && s.end <= def.end)
}

function bindingsAt(name: Name, variable: Variable, { flow }: FrameAnalysis): readonly Binding[] {
  const bound = flow.graph.bindings.find(b => b.name === name && b.variable === variable)
  return bound ? [bound] : flow.reaching(name)
}
