/** At most this many numbers are kept by one cache (32 MB). */
const MAX_KEPT = 2 ** 23

/** Solutions by number, one entry per block each; the oldest are forgotten where a huge module would need too much memory for all. */
export class Solved {
  private readonly kept = new Map<number, Int32Array>()
  private readonly solve: (key: number) => Int32Array
  private readonly room: number

  constructor(blocks: number, solve: (key: number) => Int32Array) {
    this.solve = solve
    this.room = Math.max(2, Math.floor(MAX_KEPT / (blocks + 1)))
  }

  get(key: number): Int32Array {
    const known = this.kept.get(key)
    if (known !== undefined) return known
    const solution = this.solve(key)
    if (this.kept.size >= this.room) this.kept.delete(this.kept.keys().next().value!)
    this.kept.set(key, solution)
    return solution
  }
}
