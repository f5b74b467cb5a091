/** A file that is being edited: keeps what an edit does not touch. */
import { applyChanges, difference } from '../text/changes.ts'
import type { Region, TextChange } from '../text/changes.ts'
import { compose, EMPTY } from './compose.ts'
import type { Composition } from './compose.ts'
import type { Engine } from './engine.ts'
import { itemOf, SegmentNumbers } from './items.ts'
import type { Item } from './items.ts'
import { Interner } from './lower/interner.ts'
import { lowerPieces } from './lower/pieces.ts'
import { matchItems } from './reuse.ts'
import type { Matches } from './reuse.ts'
import { Snapshot } from './snapshot.ts'
import type { Source } from './source.ts'
import { outlineOf, updatedOutline } from './split/outline.ts'
import type { Outline } from './split/outline.ts'

export interface SourceDocument {
  /** The state after the last update. */
  readonly source: Source
  /** Applies changes one after the other, each to the text the one before left. */
  update(changes: readonly TextChange[]): Source
  /** Replaces the whole text; what is the same at both ends of old and new text is kept. */
  replace(text: string): Source
  /** Frees what the document holds; it must not be used afterwards. */
  dispose(): void
}

/** Never throws on a user's code. The engine is borrowed: the document does not dispose of it. */
export function openSource(engine: Engine, text: string): SourceDocument {
  return new Document(engine, text)
}

class Document implements SourceDocument {
  source: Source
  private readonly engine: Engine
  private readonly interner = new Interner()
  private readonly segments = new SegmentNumbers()
  private text: string
  /** The text as Python reads it: no line ends with a lone `\r`. */
  private code: string
  private outline: Outline
  private items: readonly Item[]
  private composition: Composition

  constructor(engine: Engine, text: string) {
    this.engine = engine
    this.text = text
    this.code = withoutLoneReturns(text)
    this.outline = outlineOf(this.code)
    const { pieces } = this.outline
    this.items = this.lowered({ items: pieces.map(() => null), headers: new Map(), dropped: [] })
    this.composition = compose(pieces, this.items, EMPTY)
    this.source = this.snapshot()
  }

  update(changes: readonly TextChange[]): Source {
    const { text, regions } = applyChanges(this.text, changes)
    if (regions.length === 0) return this.source
    const old = { code: this.code, outline: this.outline }
    const code = this.code === this.text && !regions.some((region) => mayHaveLoneReturn(text, region)) ? text : withoutLoneReturns(text)
    const { outline, replaced } = updatedOutline(old.outline, code, regions.map((region) => withReturn(text, region)))
    const matches = matchItems(old, this.items, { code, outline }, replaced)
    this.text = text
    this.code = code
    this.outline = outline
    for (const item of matches.dropped) this.segments.release(item.segment)
    this.items = this.lowered(matches)
    this.composition = compose(outline.pieces, this.items, this.composition)
    this.source = this.snapshot()
    return this.source
  }

  replace(text: string): Source {
    return this.update(difference(this.text, text))
  }

  dispose(): void {
    this.items = []
    this.composition = EMPTY
  }

  /** The items of the current outline, with those lowered that have no match. */
  private lowered({ items, headers }: Matches): Item[] {
    const all = [...items]
    const numbers = items.map((item, index) => item?.segment ?? headers.get(index)?.segment ?? this.segments.take())
    const source = {
      engine: this.engine, interner: this.interner, code: this.code, outline: this.outline,
      segmentOf: (index: number): number => numbers[index] as number,
    }
    for (let from = all.indexOf(null); from !== -1; from = all.indexOf(null, from)) {
      let to = from
      while (to < all.length && all[to] === null) to++
      for (const lowered of lowerPieces(source, from, to)) {
        all[from] = itemOf(lowered, numbers[from] as number, this.code, this.outline.starts[from] as number, headers.get(from))
        from++
      }
    }
    return all as Item[]
  }

  private snapshot(): Source {
    return new Snapshot(this.text, this.code, this.outline, this.items, this.composition, this.segments.limit)
  }
}

const LONE_RETURN = /\r(?!\n)/

/** Python ends a line at a lone `\r` too; the parser does not. Offsets stay the same. */
function withoutLoneReturns(text: string): string {
  return LONE_RETURN.test(text) ? text.replace(/\r(?!\n)/g, '\n') : text
}

/** A lone `\r` may have come into a text that had none. */
function mayHaveLoneReturn(text: string, { newStart, newEnd }: Region): boolean {
  return LONE_RETURN.test(text.slice(Math.max(0, newStart - 1), newEnd + 1))
}

/** What a `\r` before the region means can depend on the first character of the region. */
function withReturn(text: string, region: Region): Region {
  if (region.newStart === 0 || text[region.newStart - 1] !== '\r') return region
  return { ...region, oldStart: region.oldStart - 1, newStart: region.newStart - 1 }
}
