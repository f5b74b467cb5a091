/** Collects what one statement does with globals: each thing done with each global in each function once. */
import type { Span } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { RecordedUse } from './use.ts'

/** A use whose place moves with its statement. */
export interface PlacedUse extends Omit<RecordedUse, 'start' | 'end'> {
  readonly span: Span
}

export class UseTable {
  readonly uses: PlacedUse[] = []
  /** By function, module, name and kind. */
  private readonly seen = new Set<string>()

  add(use: Omit<PlacedUse, 'span'>, { start, end }: Span): void {
    const key = keyOf(use)
    if (this.seen.has(key)) return
    this.seen.add(key)
    this.uses.push({ ...use, span: { start, end } })
  }
}

/** With the places they have now; what several statements do when the module runs, once. */
export function resolved(uses: readonly PlacedUse[], source: Source): readonly RecordedUse[] {
  const seen = new Set<string>()
  const found: RecordedUse[] = []
  for (const use of uses) {
    if (use.function === null) {
      const key = keyOf(use)
      if (seen.has(key)) continue
      seen.add(key)
    }
    const [start, end] = source.rangeOf(use.span)
    found.push({ module: sharedText(use.module), name: use.name === null ? null : sharedText(use.name), function: use.function === null ? null : sharedText(use.function), kind: use.kind, start, end })
  }
  return found
}

function keyOf(use: Omit<PlacedUse, 'span'>): string {
  return `${use.function ?? ''}|${use.module}|${use.name ?? ''}|${use.kind}`
}

const texts = new Map<string, string>()

/** One copy of each text, free of the file's: a part of a long text keeps the whole of it in memory. */
export function sharedText(text: string): string {
  let known = texts.get(text)
  if (known === undefined) {
    known = text.split('').join('')
    texts.set(known, known)
  }
  return known
}
