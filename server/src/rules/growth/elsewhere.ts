/** What other files of the workspace do with a global container. */
import type { Questions } from '../kept.ts'
import type { Subject } from './subjects.ts'

export interface Elsewhere {
  /** For a person: `submit() in queue.py`. */
  readonly growers: readonly string[]
  /** Why they may take something out that is not seen. */
  readonly doubts: readonly string[]
}

const NOBODY: Elsewhere = { growers: [], doubts: [] }

/** Null: somebody there takes something out, or binds the name anew. */
export function elsewhereOf({ form, name }: Subject, { workspace }: Questions): Elsewhere | null {
  if (form !== 'global' || workspace === null) return NOBODY
  const { uses, doubts } = workspace.usesOf(name)
  const others = uses.filter(u => u.path !== workspace.path)
  const running = others.filter(u => u.function !== null)
  if (others.some(u => u.kind === 'binds' || u.kind === 'deletes') || running.some(u => u.kind === 'shrinks')) return null
  const where = (u: typeof others[number]): string => `${u.function ?? 'the module'}${u.function === null ? '' : '()'} in ${u.path.slice(u.path.lastIndexOf('/') + 1)}`
  return {
    growers: running.filter(u => u.kind === 'grows').map(where),
    doubts: [...others.filter(u => u.kind === 'escapes').map(u => `${where(u)} hands it on`), ...doubts.filter(d => d.kind === 'dynamic').map(d => d.text)],
  }
}
