/** One string object per identifier, none of which keeps the text it was cut from alive. */
export class Interner {
  private readonly strings = new Map<string, string>()

  of(slice: string): string {
    const known = this.strings.get(slice)
    if (known !== undefined) return known
    const own = detached(slice)
    this.strings.set(own, own)
    return own
  }
}

/** V8 represents a slice of this length or more as a view of the string it was cut from. */
const SHORTEST_VIEW = 13

/** An equal string that does not keep alive what `slice` was cut from. */
export function detached(slice: string): string {
  // Slicing a concatenation flattens it first, so the view is one of the small copy.
  return slice.length < SHORTEST_VIEW ? slice : ` ${slice}`.slice(1)
}
