/** The edits in another file, of a global that one function there alone uses. Places in it are absolute. */
import type { Expr, Node, Span } from '../../syntax/ast.ts'
import { forEachChild } from '../../syntax/walk.ts'
import { isReplaceable } from '../../fixes/replaceable.ts'
import { nameOf } from '../../workspace/files.ts'
import type { OtherModule } from '../../workspace/other-module.ts'
import type { Edit, Fix } from '../finding.ts'
import type { LargeGlobal } from './large-globals.ts'

export type UserElsewhere = Extract<LargeGlobal['user'], { kind: 'elsewhere' }>

/** For titles. */
export function alsoEdits({ other: { module } }: UserElsewhere): string {
  return `; edits ${nameOf(module.path)}, too`
}

/** What a fix says of the other file. */
export type EditsElsewhere = Required<Pick<Fix, 'edits' | 'others'>>

/** The function calls the loader, which is imported in the place of the global; null where some place is not to be replaced. */
export function loadedElsewhere(user: UserElsewhere, global: string, loader: string): EditsElsewhere | null {
  const { module, imported } = user.other
  const places = placesIn(user, global)
  if (places === null) return null
  const imports = imported === null ? [] : [elsewhere(imported.alias, loader, module)]
  return { edits: [...imports, ...places.map(place => elsewhere(lastName(place, global), `${loader}()`, module))], others: [textOf(module)] }
}

export function textOf({ path, source }: OtherModule): { readonly path: string; readonly text: string } {
  return { path, text: source.text }
}

export function elsewhere(span: Span, newText: string, { path, source }: OtherModule): Edit {
  const [start, end] = source.rangeOf(span)
  return { start, end, newText, path }
}

/** Every place where the function names the object. */
export function placesIn({ def, other: { module, imported, uses } }: UserElsewhere, global: string): readonly Expr[] | null {
  const bound = imported?.alias.bound.id
  const isIt = (node: Node): node is Expr => (bound === undefined ? node.kind === 'Attribute' && node.attr === global : node.kind === 'Name' && node.id === bound)
  const places = [...new Set(uses.map(u => u.node))].filter(isIt)
  let written = 0
  const count = (node: Node): void => {
    if (isIt(node)) written++
    forEachChild(node, count)
  }
  count(def)
  // A name of its own that an inner function has is not among the uses.
  return written === places.length && places.every(place => isReplaceable(lastName(place, global), bound ?? global, module.source)) ? places : null
}

/** Of `here.NAME` the name. */
function lastName(place: Expr, global: string): Span {
  return place.kind === 'Attribute' ? { start: place.end - global.length, end: place.end } : place
}
