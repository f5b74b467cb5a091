/**
 * tree-sitter compiled for this machine. Optional: the package may be absent, or not built. Trees are freed by the garbage collector,
 * and not before the event loop has had a turn: whoever parses many files must let it turn between them.
 */
import type { Cursor, Engine, Tree } from '../engine.ts'
import { grammarProblem, PROBE } from './check.ts'

interface NativeCursor extends Cursor {
  readonly nodeType: string
  readonly nodeIsNamed: boolean
}
interface NativeTree {
  readonly rootNode: { readonly hasError: boolean }
  walk(): NativeCursor
}
interface NativeParser {
  setLanguage(language: unknown): void
  parse(read: (index: number) => string): NativeTree
}

/** The engine, or why there is none. */
export type NativeAnswer = { readonly engine: Engine } | { readonly reason: string }

export async function openNative(): Promise<NativeAnswer> {
  try {
    const parser = new (await defaultExport<new () => NativeParser>('tree-sitter'))()
    parser.setLanguage(await defaultExport('tree-sitter-python'))
    const cursor = parser.parse((index) => PROBE.slice(index)).walk()
    const problem = grammarProblem(cursor, () => ({ name: cursor.nodeType, named: cursor.nodeIsNamed }))
    return problem === null ? { engine: engineOf(parser) } : { reason: `unexpected tree-sitter-python: ${problem}` }
  } catch (error) {
    return { reason: error instanceof Error ? error.message.split('\n', 1)[0] ?? error.name : String(error) }
  }
}

async function defaultExport<T>(name: string): Promise<T> {
  return ((await import(name)) as { default: T }).default
}

/** UTF-16 units per answer to the parser: what its read buffer of 32 KiB units takes comfortably. */
const CHUNK = 16_000

function engineOf(parser: NativeParser): Engine {
  return {
    name: 'native',
    parse: <T>(text: string, read: (tree: Tree) => T): T => {
      const tree = parser.parse((index) => text.slice(index, index + CHUNK))
      return read({ hasError: tree.rootNode.hasError, cursor: tree.walk() })
    },
    dispose: () => {},
  }
}
