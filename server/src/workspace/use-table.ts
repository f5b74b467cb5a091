/** Collects the uses of one file: each thing done with each global in each function once. */
import type { Span } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { RecordedUse } from './use.ts'

export class UseTable {
  readonly uses: RecordedUse[] = []
  private readonly source: Source
  /** By function, module, name and kind. */
  private readonly seen = new Set<string>()

  constructor(source: Source) {
    this.source = source
  }

  add(use: Omit<RecordedUse, 'start' | 'end'>, span: Span): void {
    const key = `${use.function ?? ''}|${use.module}|${use.name ?? ''}|${use.kind}`
    if (this.seen.has(key)) return
    this.seen.add(key)
    const [start, end] = this.source.rangeOf(span)
    this.uses.push({ module: shared(use.module), name: use.name === null ? null : shared(use.name), function: use.function === null ? null : shared(use.function), kind: use.kind, start, end })
  }
}

const texts = new Map<string, string>()

/** One copy of each text, free of the file's: a part of a long text keeps the whole of it in memory. */
function shared(text: string): string {
  let known = texts.get(text)
  if (known === undefined) {
    known = text.split('').join('')
    texts.set(known, known)
  }
  return known
}
