/** The names in the text of a node: what it may call. */
import type { Node } from '../syntax/ast.ts'
import { forEachChild } from '../syntax/walk.ts'
import { perObject } from '../text/on-demand.ts'

export interface Written {
  readonly names: ReadonlySet<string>
  /** Of a function: `self.name` stands in `ofSelf` instead, where `self` is its first parameter, but for inner functions. */
  readonly attributes: ReadonlySet<string>
  readonly ofSelf: ReadonlySet<string>
}

export const writtenIn = perObject((root: Node): Written => {
  const self = root.kind === 'FunctionDef' ? root.header.params[0]?.name.id : undefined
  const [names, attributes, ofSelf] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const visit = (node: Node, isInside: boolean): void => {
    if (node.kind === 'Name') names.add(node.id)
    else if (node.kind === 'Attribute') (!isInside && node.value.kind === 'Name' && node.value.id === self ? ofSelf : attributes).add(node.attr)
    const inner = isInside || (node !== root && (node.kind === 'FunctionDef' || node.kind === 'Lambda' || node.kind === 'ClassDef'))
    // That a function is made calls nothing.
    const made = node.kind === 'FunctionDef' ? node.header.name : null
    forEachChild(node, child => { if (child !== made) visit(child, inner) })
  }
  visit(root, false)
  return { names, attributes, ofSelf }
})
