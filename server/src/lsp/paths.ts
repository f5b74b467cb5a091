/** From the protocol's URIs to the paths of the workspace, and back. */
import { fileURLToPath, pathToFileURL } from 'node:url'
import { slashed } from '../cli/disk.ts'
import type { FilePath } from '../workspace/files.ts'

/** Absolute, with slashes; null for documents that are not files of this machine. */
export function filePathOf(uri: string): FilePath | null {
  if (!uri.startsWith('file:')) return null
  try {
    return slashed(fileURLToPath(uri))
  } catch {
    return null
  }
}

export function uriOf(path: FilePath): string {
  return pathToFileURL(path).href
}
