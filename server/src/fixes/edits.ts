/** Edits of the file that the finding is in. */
import type { Span } from '../syntax/ast.ts'
import type { Pos } from '../syntax/position.ts'
import type { Edit } from '../rules/finding.ts'

export function insertion(at: Pos, newText: string): Edit {
  return replacement({ start: at, end: at }, newText)
}

export function replacement({ start, end }: Span, newText: string): Edit {
  return { start, end, newText, path: null }
}
