/**
 * Applying fixes to a text: which of them go together in one pass, and the text they give. Pure; offsets are absolute
 * UTF-16 units of the text before the pass.
 */
import { mergeInsertions } from './merge.ts'

export interface TextEdit {
  readonly start: number
  /** Exclusive. */
  readonly end: number
  readonly newText: string
}

/** The edits of one fix: all of them are applied, or none. */
export interface Candidate {
  /** What the fix is about. Two fixes with a subject in common (a name, say) never share a pass: the first may make the second wrong. */
  readonly subjects: readonly string[]
  readonly edits: readonly TextEdit[]
}

export interface Pass {
  /** Not overlapping, in order of place. */
  readonly edits: readonly TextEdit[]
  /** Indices of the candidates that were taken. */
  readonly taken: readonly number[]
}

/**
 * Takes candidates in the order given, each one whose subjects are its own and that gets along with those taken before.
 * Insertions at one place become one where they are statements of one block (`del a` and `del b`: `del a, b`), and are in conflict otherwise.
 */
export function choosePass(candidates: readonly Candidate[]): Pass {
  const subjects = new Set<string>()
  const taken: number[] = []
  let edits: readonly TextEdit[] = []
  for (const [index, candidate] of candidates.entries()) {
    if (candidate.subjects.some((subject) => subjects.has(subject)) || candidate.edits.length === 0) continue
    const merged = addAll(edits, candidate.edits)
    if (merged === null) continue
    for (const subject of candidate.subjects) subjects.add(subject)
    taken.push(index)
    edits = merged
  }
  return { edits: [...edits].sort((a, b) => a.start - b.start || a.end - b.end), taken }
}

/** The text after the edits, which do not overlap and are in order of place. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = []
  let at = 0
  for (const edit of edits) {
    parts.push(text.slice(at, edit.start), edit.newText)
    at = edit.end
  }
  parts.push(text.slice(at))
  return parts.join('')
}

/** Both together, or null where some edit of `more` is in conflict. */
function addAll(edits: readonly TextEdit[], more: readonly TextEdit[]): readonly TextEdit[] | null {
  let result = edits
  for (const edit of more) {
    const added = addOne(result, edit)
    if (added === null) return null
    result = added
  }
  return result
}

function addOne(edits: readonly TextEdit[], edit: TextEdit): readonly TextEdit[] | null {
  const index = edits.findIndex((other) => touches(other, edit))
  const other = edits[index]
  if (other === undefined) return [...edits, edit]
  const both = isInsertion(other) && isInsertion(edit) ? mergeInsertions(other.newText, edit.newText) : null
  return both === null ? null : edits.with(index, { ...edit, newText: both })
}

/** Overlapping; or one is an insertion that touches the other, so that the order in which they apply would matter. */
function touches(a: TextEdit, b: TextEdit): boolean {
  if (isInsertion(a) || isInsertion(b)) return a.start <= b.end && b.start <= a.end
  return a.start < b.end && b.start < a.end
}

function isInsertion(edit: TextEdit): boolean {
  return edit.start === edit.end
}
