/** A file that is being edited: keeps what an edit does not touch. */
import { applyChanges, difference } from '../text/changes.ts'
import type { Region, TextChange } from '../text/changes.ts'
import { maskScript } from '../text/notebook/script.ts'
import { compose, EMPTY } from './compose.ts'
import type { Engine } from './engine.ts'
import { itemOf, SegmentNumbers } from './items.ts'
import type { Item } from './items.ts'
import { EMPTY_LAYOUT, LayoutBuilder } from './layout.ts'
import type { Layout } from './layout.ts'
import { Interner } from './lower/interner.ts'
import { lowerPieces } from './lower/pieces.ts'
import { match } from './reuse.ts'
import type { Match } from './reuse.ts'
import { Snapshot } from './snapshot.ts'
import type { Version } from './snapshot.ts'
import type { Source } from './source.ts'
import { outlineOf, replacements } from './split/outline.ts'
import type { Replacement } from './split/outline.ts'
import { tracesAfter, tracesIn } from './traces.ts'
import type { Traces } from './traces.ts'

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

const NOTHING: Version = { text: '', code: '', layout: EMPTY_LAYOUT, composition: EMPTY, hasErrors: false, segments: 0, traces: { cells: false, directives: false } }

class Document implements SourceDocument {
  source: Source
  private readonly engine: Engine
  private readonly interner = new Interner()
  private readonly numbers = new SegmentNumbers()
  private version = NOTHING
  /** How many items are flawed. */
  private flawed = 0

  constructor(engine: Engine, text: string) {
    this.engine = engine
    const code = codeOf(text)
    this.source = this.become(text, code, [{ from: 0, to: 0, outline: outlineOf(code), shift: 0 }], tracesIn(text))
  }

  update(changes: readonly TextChange[]): Source {
    const before = this.version
    const { text, regions } = applyChanges(before.text, changes)
    if (regions.length === 0) return this.source
    const wasPlain = before.code === before.text
    const traces = tracesAfter(before.traces, text, regions)
    const code = wasPlain && !traces.cells && !regions.some((region) => mayHaveLoneReturn(text, region)) ? text : codeOf(text)
    const changed = wasPlain && code === text ? regions : applyChanges(before.code, difference(before.code, code)).regions
    this.source = this.become(text, code, replacements(before.layout, code, changed.map((region) => withReturn(code, region))), traces)
    return this.source
  }

  replace(text: string): Source {
    return this.update(difference(this.version.text, text))
  }

  dispose(): void {
    this.version = NOTHING
  }

  private become(text: string, code: string, replaced: readonly Replacement[], traces: Traces): Source {
    const layout = this.laidOut(code, replaced)
    const composition = compose(layout, this.version.composition)
    this.version = { text, code, layout, composition, hasErrors: this.flawed > 0, segments: this.numbers.limit, traces }
    return new Snapshot(this.version)
  }

  private laidOut(code: string, replaced: readonly Replacement[]): Layout {
    const { layout, code: oldCode } = this.version
    const builder = new LayoutBuilder(layout)
    let at = 0
    let shift = 0
    for (const replacement of replaced) {
      builder.keep(at, replacement.from, shift)
      builder.add(replacement.outline, this.items(code, replacement, match(layout, oldCode, replacement, code)))
      at = replacement.to
      shift = replacement.shift
    }
    builder.keep(at, layout.items.length, shift)
    return builder.build()
  }

  /** The items of the new pieces of a replacement: old ones where the text is the same, the others lowered. */
  private items(code: string, { outline }: Replacement, { items, headers, dropped }: Match): Item[] {
    for (const item of dropped) this.numbers.release(item.segment)
    for (const item of [...dropped, ...headers.values()]) this.count(item, -1)
    const all = items.slice()
    for (let from = all.indexOf(null); from !== -1; from = all.indexOf(null, from)) {
      const end = all.findIndex((item, index) => index > from && item !== null)
      const to = end === -1 ? all.length : end
      const numbers = Array.from({ length: to - from }, (_, k) => headers.get(from + k)?.segment ?? this.numbers.take())
      const segmentOf = (index: number): number => numbers[index - from] as number
      lowerPieces({ engine: this.engine, interner: this.interner, code, outline, segmentOf }, from, to).forEach((lowered, k) => {
        const index = from + k
        all[index] = this.count(itemOf(lowered, segmentOf(index), headers.get(index)), 1)
      })
    }
    return all as Item[]
  }

  private count(item: Item, by: number): Item {
    if (item.flawed) this.flawed += by
    return item
  }
}

const LONE_RETURN = /\r(?!\n)/

/** What is parsed for a text, as long as it. */
function codeOf(text: string): string {
  return maskScript(withoutLoneReturns(text))
}

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
