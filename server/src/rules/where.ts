/** Where a statement is to be written, in words, seen from the place that the finding stands at. */
import { contains } from '../syntax/ancestors.ts'
import type { Node, Stmt } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Place } from './places.ts'
import { excerpt } from './wording.ts'

const BLOCKS: Readonly<Partial<Record<Stmt['kind'], string>>> = {
  For: 'the loop', While: 'the loop', With: 'the `with` block', If: 'the `if`', Try: 'the `try`', Match: 'the `match`',
}

/** `here`: right after the statement of the finding; `after the loop`; before or after another statement; `on each path` where there are several places. */
export function whereTo([place, ...others]: readonly Pick<Place, 'suite' | 'index'>[], from: Node, source: Source): string {
  if (others.length > 0) return 'on each path'
  const { suite: { body }, index } = place!
  const [before, next] = [body[index - 1], body[index]]
  const block = before && BLOCKS[before.kind]
  if (before && contains(before, from)) return block === undefined ? 'here' : `after ${block}`
  return next ? `before ${excerpt(next, source)}` : `after ${excerpt(before!, source)}`
}
