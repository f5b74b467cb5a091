/** What each statement of a module adds to the module. */
import type { Stmt, Suite } from '../syntax/ast.ts'
import { commonEnds } from '../text/common-ends.ts'
import type { Block, NameLists } from './block.ts'
import { bodyFragment, merged, type Fragment } from './fragments.ts'
import { resolveModuleMember, type Resolver } from './resolve.ts'

export interface Part {
  readonly fragment: Fragment
  readonly children: readonly Block[]
  /** Globals used by inner code. */
  readonly uses: NameLists
}

export interface Change {
  /** For the whole body. */
  readonly parts: readonly Part[]
  readonly removed: readonly Part[]
  readonly added: readonly Part[]
}

/** The statements at both ends that stayed the same keep their parts. */
export function changedParts(resolver: Resolver, old: Suite, oldParts: readonly Part[], body: Suite): Change {
  const { head, tail } = commonEnds(old, body)
  const added = body.slice(head, body.length - tail).map((stmt) => partOf(resolver, stmt))
  return {
    parts: oldParts.slice(0, head).concat(added, oldParts.slice(old.length - tail)),
    removed: oldParts.slice(head, old.length - tail),
    added,
  }
}

function partOf(resolver: Resolver, stmt: Stmt): Part {
  const fragment = bodyFragment(stmt, 'module', null, resolver.traits)
  const members = fragment.children.map((child) => resolveModuleMember(resolver, child))
  return { fragment, children: members, uses: usesOf(members.map(({ member }) => member)) }
}

/** One list for the lists of all; that of a large class is not copied. */
export function usesOf(all: readonly { readonly uses: NameLists }[]): NameLists {
  const [first] = all
  return first !== undefined && all.length === 1 ? first.uses : all.flatMap(({ uses }) => uses)
}

/** Python 3.14: the one scope of all variable annotations of the module. */
export interface Annotations {
  readonly scope: Block
  readonly uses: NameLists
}

export function annotationsOf(resolver: Resolver, parts: readonly Part[]): Annotations | null {
  let whole: Block | null = null
  for (const { fragment } of parts) if (fragment.annotations !== null) whole = merged(whole, fragment.annotations)
  if (whole === null) return null
  const scope = resolveModuleMember(resolver, whole)
  return { scope, uses: scope.member.uses }
}
