/** tree-sitter compiled to WebAssembly. Trees live in the module's own heap and are freed after every parse. */
import { Language, Parser } from 'web-tree-sitter'
import type { Engine, Tree } from '../engine.ts'
import { grammarProblem, PROBE } from './check.ts'
import { Cursors } from './wasm-cursor.ts'

/** Where the two modules are: file paths, or whatever `fetch` takes in a browser. */
export interface WasmLocations {
  /** `web-tree-sitter.wasm` */
  readonly runtime: string
  /** `tree-sitter-python.wasm` */
  readonly grammar: string
}

/** The binding keeps its module in a global, and a second initialisation would orphan every parser; one that failed may be repeated. */
let runtime: Promise<Cursors> | null = null

async function startRuntime(locations: WasmLocations): Promise<Cursors> {
  // The options become the module.
  const options = { locateFile: () => locations.runtime }
  await Parser.init(options)
  return new Cursors(options)
}

/** Throws where a module cannot be loaded or is not the expected grammar. */
export async function openWasm(locations: WasmLocations): Promise<Engine> {
  runtime ??= startRuntime(locations).catch((error: unknown) => {
    runtime = null
    throw error
  })
  const cursors = await runtime
  const language = await Language.load(locations.grammar)
  const parser = new Parser()
  parser.setLanguage(language)
  check(parser)
  return {
    name: 'wasm',
    parse: (text, read) => parse(parser, cursors, text, read),
    dispose: () => parser.delete(),
  }
}

/** UTF-16 units per answer to the parser, which copies 5,119 at most at a time. */
const CHUNK = 5_000

function parse<T>(parser: Parser, cursors: Cursors, text: string, read: (tree: Tree) => T): T {
  const tree = parser.parse((index) => text.slice(index, index + CHUNK))
  if (tree === null) throw new Error('web-tree-sitter returned no tree')
  try {
    const { hasError } = tree.rootNode
    return cursors.onRoot(tree, (cursor) => read({ hasError, cursor }))
  } finally {
    tree.delete()
  }
}

function check(parser: Parser): void {
  const tree = parser.parse(PROBE)
  const cursor = tree?.walk()
  if (!tree || !cursor) throw new Error('web-tree-sitter returned no tree')
  const problem = grammarProblem(cursor, () => ({ name: cursor.nodeType, named: cursor.nodeIsNamed }))
  cursor.delete()
  tree.delete()
  if (problem !== null) throw new Error(`unexpected tree-sitter-python: ${problem}`)
}
