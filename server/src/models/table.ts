/** Lookup of models by dotted name, over the built-in libraries and the user's own. */
import type { CallModel, ResultModel, TypeModel, TypeName } from './model.ts'

export interface ModelTable {
  /** The model of a function by dotted name, aliases followed: `pandas.read_csv`, `open`. For a type's name: its constructor, where `functions` has one. */
  call(name: string): CallModel | null
  type(name: TypeName): TypeModel | null
  /** Own or inherited; `self` results are replaced by the type. */
  method(type: TypeName, method: string): CallModel | null
  attribute(type: TypeName, attribute: string): ResultModel | null
  /** The name under which the table knows this dotted name, or null. */
  canonical(name: string): string | null
  /** Does any library of the table own this module or name (first dotted component)? */
  knowsLibrary(root: string): boolean
}
