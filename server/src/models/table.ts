/** Lookup of models by dotted name, over the built-in libraries and the user's own. */
import { remembered } from '../text/on-demand.ts'
import { createCatalogue, type LibrarySource } from './catalogue.ts'
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
  /**
   * The library whose model speaks for this function or type, or for a method or attribute of it; one of the user's goes by the
   * name the user gave it.
   */
  library(name: string, member?: string): string | null
  /** Does any library of the table own this module or name (first dotted component)? */
  knowsLibrary(root: string): boolean
}

const FACTORY = /^(load|from_\w+)$/

/**
 * `sources` are read as their names are asked for, and what a type inherits is put together once. The user's models win over them:
 * of a type, member by member, so that a user can add one method to `pandas.DataFrame`.
 */
export function createModelTable(sources: readonly LibrarySource[], userModels: readonly Library[] = []): ModelTable {
  const catalogue = createCatalogue(sources, userModels)
  const names = new Map<string, string | null>()
  const types = new Map<TypeName, TypeModel | null>()
  const members = new Map<string, CallModel | ResultModel | null>()

  const canonical = (name: string): string | null => remembered(names, name, () => catalogue.canonical(name))

  function type(name: TypeName): TypeModel | null {
    return remembered(types, name, () => {
      const known = canonical(name)
      if (known === null) return null
      const merged = catalogue.lineage(known).reduceRight<TypeModel | null>((base, { model }) => ({ ...base, ...model }), null)
      return merged && bindSelfInType(merged, known)
    })
  }

  function call(name: string): CallModel | null {
    const known = canonical(name)
    if (known === null) return factory(name)
    const own = catalogue.function(known)
    if (own) return own.model
    return remembered(members, known, () => {
      const construct = type(known)?.construct
      return construct ? { result: known, ...construct } : null
    })
  }

  /** A method that makes an object of the class it is called on: `Word2Vec.load(path)`. */
  function factory(name: string): CallModel | null {
    const dot = name.lastIndexOf('.')
    return dot > 0 && FACTORY.test(name.slice(dot + 1)) ? method(name.slice(0, dot), name.slice(dot + 1)) : null
  }

  function method(type: TypeName, name: string): CallModel | null {
    return member(type, `${name}()`, each => own(each.methods, name))
  }

  function member<M extends CallModel | ResultModel>(name: TypeName, key: string, pick: (type: TypeModel) => M | undefined): M | null {
    return remembered(members as Map<string, M | null>, `${name} ${key}`, () => {
      const known = canonical(name)
      if (known === null) return null
      const found = catalogue.lineage(known).find(each => pick(each.model))
      return found ? bindSelf(pick(found.model)!, known) : null
    })
  }

  return {
    call,
    type,
    canonical,
    method,
    attribute: (name, attribute) => member(name, attribute, each => own(each.attributes, attribute)),
    isA(name, base) {
      const known = canonical(name)
      const wanted = canonical(base)
      if (known === null || wanted === null) return false
      const [entry] = catalogue.lineage(wanted)
      return entry !== undefined && catalogue.lineage(known).includes(entry)
    },
    library(name, member) {
      const known = canonical(name)
      if (known === null) return null
      if (member === undefined) return (catalogue.function(known) ?? catalogue.lineage(known)[0])?.library ?? null
      return catalogue.lineage(known).find(({ model }) => own(model.methods, member) ?? own(model.attributes, member))?.library ?? null
    },
    knowsLibrary: catalogue.knowsRoot,
  }
}

function own<V>(record: Readonly<Record<string, V>> | undefined, key: string): V | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}
