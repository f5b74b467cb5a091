/** Lookup of models by dotted name, over the built-in libraries and the user's own. */
import type { CallModel, Library, ResultModel, TypeModel, TypeName } from './model.ts'
import { bindSelf, bindSelfInType } from './self.ts'

export interface ModelTable {
  /**
   * The model of a function by dotted name, aliases followed: `pandas.read_csv`, `open`. For a type's name: its constructor, from
   * `functions` or from `construct` of the type or its bases.
   */
  call(name: string): CallModel | null
  /** With what it inherits from its bases, methods and attributes apart. */
  type(name: TypeName): TypeModel | null
  /** Own or inherited; `self` results are replaced by the type. */
  method(type: TypeName, method: string): CallModel | null
  attribute(type: TypeName, attribute: string): ResultModel | null
  /** The same type, or a base of it near or far. */
  isA(type: TypeName, base: TypeName): boolean
  /** The name under which the table knows this dotted name, or null. */
  canonical(name: string): string | null
  /** The library whose model speaks for this function or type, or for a method or attribute of it; one of the user's goes by the name the user gave it. */
  library(name: string, member?: string): string | null
  /** Does any library of the table own this module or name (first dotted component)? */
  knowsLibrary(root: string): boolean
}

interface Entry<M> {
  readonly model: M
  readonly library: string
}

interface Index {
  readonly functions: Map<string, Entry<CallModel>>
  /** What each library says of a type, the last library first. */
  readonly types: Map<TypeName, Entry<TypeModel>[]>
  readonly aliases: Map<string, string>
  /** Of `a.b.*` aliases: `a.b.` → `c.`. */
  readonly prefixes: [from: string, to: string][]
  readonly roots: Set<string>
}

/**
 * The index is built at the first look-up; merging of inherited types and `self` happens per name, once.
 * Where two libraries speak of one name the later wins, and the user's win over all; of a type, member by
 * member, so that a user can add one method to `pandas.DataFrame`.
 */
export function createModelTable(libraries: readonly Library[], userModels: readonly Library[] = []): ModelTable {
  let built: Index | null = null
  const index = (): Index => (built ??= buildIndex([...libraries, ...userModels]))
  const types = new Map<TypeName, TypeModel | null>()
  const members = new Map<string, CallModel | ResultModel | null>()

  const canonical = (name: string): string | null => findName(index(), name)

  function type(name: TypeName): TypeModel | null {
    return remembered(types, name, () => {
      const known = canonical(name)
      if (known === null) return null
      const merged = lineage(index(), known).reduceRight<TypeModel | null>((base, { model }) => ({ ...base, ...model }), null)
      return merged && bindSelfInType(merged, known)
    })
  }

  function call(name: string): CallModel | null {
    const known = canonical(name)
    if (known === null) return null
    const own = index().functions.get(known)
    if (own) return own.model
    return remembered(members, known, () => {
      const construct = type(known)?.construct
      return construct ? { result: known, ...construct } : null
    })
  }

  function member<M extends CallModel | ResultModel>(name: TypeName, key: string, pick: (type: TypeModel) => M | undefined): M | null {
    return remembered(members as Map<string, M | null>, `${name} ${key}`, () => {
      const known = canonical(name)
      if (known === null) return null
      const found = lineage(index(), known).find(each => pick(each.model))
      return found ? bindSelf(pick(found.model)!, known) : null
    })
  }

  return {
    call,
    type,
    canonical,
    method: (name, method) => member(name, `${method}()`, each => own(each.methods, method)),
    attribute: (name, attribute) => member(name, attribute, each => own(each.attributes, attribute)),
    isA(name, base) {
      const known = canonical(name)
      const wanted = index().types.get(canonical(base) ?? '')?.[0]
      return known !== null && wanted !== undefined && lineage(index(), known).includes(wanted)
    },
    library(name, member) {
      const known = canonical(name)
      if (known === null) return null
      if (member === undefined) return (index().functions.get(known) ?? index().types.get(known)?.[0])?.library ?? null
      return lineage(index(), known).find(({ model }) => own(model.methods, member) ?? own(model.attributes, member))?.library ?? null
    },
    knowsLibrary: root => index().roots.has(root),
  }
}

function buildIndex(libraries: readonly Library[]): Index {
  const index: Index = { functions: new Map(), types: new Map(), aliases: new Map(), prefixes: [], roots: new Set() }
  for (const { library, functions = {}, types = {}, aliases = {} } of libraries) {
    for (const [name, model] of Object.entries(functions)) {
      index.functions.set(name, { model, library })
      index.roots.add(root(name))
    }
    for (const [name, model] of Object.entries(types)) {
      index.types.set(name, [{ model, library }, ...index.types.get(name) ?? []])
      index.roots.add(root(name))
    }
    for (const [name, target] of Object.entries(aliases)) {
      if (name.endsWith('.*')) index.prefixes.push([name.slice(0, -1), target.slice(0, -1)])
      else index.aliases.set(name, target)
      index.roots.add(root(name))
    }
  }
  return index
}

function root(name: string): string {
  const dot = name.indexOf('.')
  return dot < 0 ? name : name.slice(0, dot)
}

function findName(index: Index, name: string): string | null {
  if (index.functions.has(name) || index.types.has(name)) return name
  const alias = index.aliases.get(name)
  if (alias !== undefined) return alias
  for (const [from, to] of index.prefixes) {
    if (!name.startsWith(from)) continue
    const found = to + name.slice(from.length)
    if (index.functions.has(found) || index.types.has(found)) return found
    const further = index.aliases.get(found)
    if (further !== undefined) return further
  }
  return null
}

/** What is said of the type, then of its bases, nearest first, each once. */
function lineage(index: Index, name: TypeName): Entry<TypeModel>[] {
  const found: Entry<TypeModel>[] = []
  const visit = (each: TypeName): void => {
    const entries = index.types.get(findName(index, each) ?? '') ?? []
    if (entries.length === 0 || found.includes(entries[0]!)) return
    found.push(...entries)
    for (const { model } of entries) model.bases?.forEach(visit)
  }
  visit(name)
  return found
}

function own<V>(record: Readonly<Record<string, V>> | undefined, key: string): V | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}

function remembered<V>(cache: Map<string, V | null>, key: string, make: () => V | null): V | null {
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = make()
  cache.set(key, made)
  return made
}
