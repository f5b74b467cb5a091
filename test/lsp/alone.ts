import type { Workspace } from '../../server/src/service/workspace.ts'

/** A workspace without files: each document is looked at alone. */
export function alone(open: Workspace['open']): Workspace {
  return { open, filesChanged: () => {}, setRoots: () => {}, usesOf: () => ({ uses: [], doubts: [] }), attributeElsewhere: () => ({ files: [], doubts: [] }), *indexing() {}, files: () => [], listAgain: () => {}, scanner: () => open }
}
