/** All models by dotted name: the built-in libraries, each read when a name of it is first asked for, and before them the user's own. */
import type { CallModel, Library, TypeModel, TypeName } from './model.ts'

/** A library that is read when it is needed. */
export interface LibrarySource {
  /** First components of the dotted names it speaks of: a name of another root cannot be in it. */
  readonly roots: readonly string[]
  /** May be slow; called once. */
  readonly load: () => Library
}

export interface Entry<M> {
  readonly model: M
  /** Name of the library that says so. */
  readonly library: string
}

/** No name is in two built-in libraries. Where the user speaks of a function too, the user's word counts. */
export interface Catalogue {
  /** The name under which a model stands, after aliases, or null. */
  canonical(name: string): string | null
  /** For a canonical name. */
  function(name: string): Entry<CallModel> | null
  /** What is said of a type, then of its bases, nearest first, each once; the user's word before the built-in one. For a canonical name. */
  lineage(name: TypeName): readonly Entry<TypeModel>[]
  knowsRoot(root: string): boolean
}

interface Index {
  readonly functions: Map<string, Entry<CallModel>>
  readonly types: Map<TypeName, Entry<TypeModel>[]>
  readonly aliases: Map<string, string>
  /** Of `a.b.*` aliases: `a.b.` → `c.`. */
  readonly prefixes: [from: string, to: string][]
}

/** Aliases of aliases are followed so far: a user may write a circle. */
const MAX_HOPS = 4

export function createCatalogue(sources: readonly LibrarySource[], userModels: readonly Library[]): Catalogue {
  const user = newIndex()
  for (const library of userModels) add(user, library)
  const userRoots = new Set(userModels.flatMap(rootsOf))
  const builtin = newIndex()
  const byRoot = groupByRoot(sources)
  const read = new Set<LibrarySource>()

  function has(name: string): boolean {
    for (const source of byRoot.get(rootOf(name)) ?? []) {
      if (read.has(source)) continue
      read.add(source)
      add(builtin, source.load())
    }
    return user.functions.has(name) || user.types.has(name) || builtin.functions.has(name) || builtin.types.has(name)
  }

  function canonical(name: string, hops = MAX_HOPS): string | null {
    if (has(name)) return name
    if (hops === 0) return null
    const alias = user.aliases.get(name) ?? builtin.aliases.get(name)
    if (alias !== undefined) return canonical(alias, hops - 1)
    for (const [from, to] of [...user.prefixes, ...builtin.prefixes]) {
      const found = name.startsWith(from) ? canonical(to + name.slice(from.length), hops - 1) : null
      if (found !== null) return found
    }
    return null
  }

  function lineage(name: TypeName): readonly Entry<TypeModel>[] {
    const found: Entry<TypeModel>[] = []
    const visit = (each: TypeName): void => {
      const known = canonical(each) ?? each
      const entries = [...user.types.get(known) ?? [], ...builtin.types.get(known) ?? []]
      if (entries.length === 0 || found.includes(entries[0]!)) return
      found.push(...entries)
      for (const { model } of entries) model.bases?.forEach(visit)
    }
    visit(name)
    return found
  }

  return {
    canonical: name => canonical(name),
    function: name => user.functions.get(name) ?? builtin.functions.get(name) ?? null,
    lineage,
    knowsRoot: root => userRoots.has(root) || byRoot.has(root),
  }
}

/** First component of each name that the library declares, sorted. */
export function rootsOf({ functions = {}, types = {}, aliases = {} }: Library): string[] {
  return [...new Set([functions, types, aliases].flatMap(section => Object.keys(section).map(rootOf)))].sort()
}

function newIndex(): Index {
  return { functions: new Map(), types: new Map(), aliases: new Map(), prefixes: [] }
}

/** A later library wins over an earlier one. */
function add(index: Index, library: Library): void {
  const { functions = {}, types = {}, aliases = {} } = library
  for (const [name, model] of Object.entries(functions)) index.functions.set(name, { model, library: library.library })
  for (const [name, model] of Object.entries(types)) index.types.set(name, [{ model, library: library.library }, ...index.types.get(name) ?? []])
  for (const [name, target] of Object.entries(aliases)) {
    if (name.endsWith('.*')) index.prefixes.push([name.slice(0, -1), target.slice(0, -1)])
    else index.aliases.set(name, target)
  }
}

function groupByRoot(sources: readonly LibrarySource[]): Map<string, readonly LibrarySource[]> {
  const found = new Map<string, readonly LibrarySource[]>()
  for (const source of sources) {
    for (const root of source.roots) found.set(root, [...found.get(root) ?? [], source])
  }
  return found
}

function rootOf(name: string): string {
  const dot = name.indexOf('.')
  return dot < 0 ? name : name.slice(0, dot)
}
