/** Reading files, and saying why that fails. */
import { readFileSync } from 'node:fs'
import type { ReadText } from '../service/config.ts'

/** Of UTF-8 files; an error's message is for a person. */
export const readText: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw new Error(reasonOf(error))
  }
}

/** Why a path cannot be used, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT': return 'no such file or folder'
    case 'EACCES':
    case 'EPERM': return 'permission denied'
    case 'ELOOP': return 'too many levels of symbolic links'
    case 'ENOTDIR': return 'not a folder'
    case 'EISDIR': return 'is a folder'
    case 'ENAMETOOLONG': return 'the name is too long'
    default: return error instanceof Error ? error.message : String(error)
  }
}
