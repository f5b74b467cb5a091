/** What statements of module and class bodies contribute, remembered by the statement's identity. */
import type { Stmt } from '../syntax/ast.ts'
import { addFlags, unresolved, type Block, type Entry } from './block.ts'
import { collectStatement } from './collect.ts'
import type { Traits } from './traits.ts'

export type BodyKind = 'module' | 'class'

/** What one statement of a body adds to that body. */
export interface Fragment {
  readonly kind: BodyKind
  readonly mangler: string | null
  readonly traits: Traits
  readonly names: readonly Entry[]
  readonly children: readonly Block[]
  readonly annotations: Block | null
  readonly frameCalls: readonly string[] | null
  readonly seesFrames: boolean
  /** Names that it declares global, at any depth. */
  readonly globals: readonly string[]
}

/** Unchanged statements are the same objects after an edit, so their fragment still holds unless what surrounds them changed. */
const fragments = new WeakMap<Stmt, Fragment>()

export function bodyFragment(stmt: Stmt, kind: BodyKind, mangler: string | null, traits: Traits): Fragment {
  const known = fragments.get(stmt)
  if (known !== undefined && known.kind === kind && known.mangler === mangler && known.traits === traits) return known
  const { block, globals } = collectStatement(stmt, kind, mangler, traits)
  const { symbols, children, annotations, frameCalls, seesFrames } = block
  const fragment = { kind, mangler, traits, names: [...symbols.values()], children, annotations, frameCalls, seesFrames, globals }
  fragments.set(stmt, fragment)
  return fragment
}

/** Adds a statement of a class body to the class. */
export function addFragment(whole: Block, part: Fragment): void {
  for (const { name, flags } of part.names) addFlags(whole, name, flags)
  for (const child of part.children) whole.children.push(child)
  if (part.frameCalls !== null) whole.frameCalls = [...(whole.frameCalls ?? []), ...part.frameCalls]
  if (part.seesFrames) whole.seesFrames = true
  if (part.annotations !== null) whole.annotations = merged(whole.annotations, part.annotations)
}

/** The annotation scope of a body made of those of its statements. The parts stay as they are. */
export function merged(whole: Block | null, part: Block): Block {
  const copy = unresolved(part)
  if (whole === null) return copy
  for (const { name, flags } of copy.symbols.values()) addFlags(whole, name, flags)
  whole.children.push(...copy.children)
  return whole
}
