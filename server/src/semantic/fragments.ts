/** What statements of module and class bodies contribute, remembered by the statement's identity. */
import type { Stmt } from '../syntax/ast.ts'
import { collectStatement, type Fragment } from './collect.ts'
import type { Traits } from './traits.ts'

interface Entry {
  readonly kind: 'module' | 'class'
  readonly mangler: string | null
  readonly traits: Traits
  readonly fragment: Fragment
}

/** Unchanged statements are the same objects after an edit, so their entry still holds unless what surrounds them changed. */
const entries = new WeakMap<Stmt, Entry>()

export function bodyFragment(stmt: Stmt, kind: 'module' | 'class', mangler: string | null, traits: Traits): Fragment {
  const known = entries.get(stmt)
  if (known !== undefined && known.kind === kind && known.mangler === mangler && known.traits === traits) return known.fragment
  const fragment = collectStatement(stmt, kind, mangler, traits)
  entries.set(stmt, { kind, mangler, traits, fragment })
  return fragment
}
