/**
 * Where the items of a list stand, over the versions of the list: numbers that ascend with it. Items that stay keep theirs, so that an edit
 * costs what it replaces.
 */
export class Order<T> {
  private readonly numbers = new Map<T, number>()

  /** `items[from…to]` stand where `removed` stood. */
  replace(removed: readonly T[], items: readonly T[], from: number, to: number): void {
    for (const item of removed) this.numbers.delete(item)
    const low = from === 0 ? 0 : this.of(items[from - 1]!)
    const high = to === items.length ? low + to - from + 1 : this.of(items[to]!)
    const step = (high - low) / (to - from + 1)
    if (step > LEAST) for (let i = from; i < to; i++) this.numbers.set(items[i]!, low + (i - from + 1) * step)
    else items.forEach((item, i) => this.numbers.set(item, i + 1))
  }

  sorted(items: readonly T[]): readonly T[] {
    return [...items].sort((a, b) => this.of(a) - this.of(b))
  }

  private of(item: T): number {
    return this.numbers.get(item) ?? 0
  }
}

/** Far above what numbers between 0 and a million can still tell apart. */
const LEAST = 2 ** -20
