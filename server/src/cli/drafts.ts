/** Files that are changed together: on disk, or as drafts of which a diff is shown. */
import type { FilePath } from '../workspace/files.ts'
import { overwrite, type Change } from './overwrite.ts'
import { decodeBytes, readBytes } from './read-file.ts'

export interface FileState {
  readonly bytes: Uint8Array
  /** Null: it cannot be read as Python. */
  readonly text: string | null
  /** The bytes of another text in its encoding; null where that cannot write it. */
  encode(text: string): Uint8Array | null
}

export interface Files {
  read(path: FilePath): FileState
  /** All of them, or none; null, or why none. */
  replace(changes: readonly Change[]): string | null
  /** The text, where it is not that on disk. */
  textOf(path: FilePath): string | null
}

export class OnDisk implements Files {
  read(path: FilePath): FileState {
    const read = readBytes(path)
    return 'problem' in read ? NOTHING : stateOf(path, read.bytes)
  }

  replace(changes: readonly Change[]): string | null {
    return overwrite(changes)
  }

  textOf(): null {
    return null
  }
}

export class Drafts implements Files {
  readonly #drafts: Map<FilePath, Uint8Array>

  constructor(drafts: Iterable<readonly [FilePath, Uint8Array]>) {
    this.#drafts = new Map(drafts)
  }

  read(path: FilePath): FileState {
    const draft = this.#drafts.get(path)
    return draft === undefined ? new OnDisk().read(path) : stateOf(path, draft)
  }

  replace(changes: readonly Change[]): null {
    for (const { path, after } of changes) this.#drafts.set(path, after)
    return null
  }

  textOf(path: FilePath): string | null {
    return path.endsWith('.py') && this.#drafts.has(path) ? this.read(path).text : null
  }
}

const NOTHING: FileState = { bytes: new Uint8Array(), text: null, encode: () => null }

function stateOf(path: FilePath, bytes: Uint8Array): FileState {
  const decoded = decodeBytes(bytes, path)
  return 'problem' in decoded ? NOTHING : { bytes, text: decoded.text, encode: (text) => decoded.encode(text) }
}
