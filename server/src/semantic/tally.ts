/** How many statements of a module do what with each name, so that a change to one statement costs no look at the others. */
export class Tally {
  private readonly flags = new Map<string, number[]>()
  private readonly uses = new Map<string, number>()
  private touched = new Set<string>()

  addFlags(name: string, flags: number): void {
    const all = this.flags.get(name)
    if (all === undefined) this.flags.set(name, [flags])
    else all.push(flags)
    this.touched.add(name)
  }

  removeFlags(name: string, flags: number): void {
    const all = this.flags.get(name)
    all?.splice(all.indexOf(flags), 1)
    this.touched.add(name)
  }

  /** Some inner code uses the name (`change` 1), or does so no more (-1). */
  countUse(name: string, change: 1 | -1): void {
    this.uses.set(name, (this.uses.get(name) ?? 0) + change)
    this.touched.add(name)
  }

  /** All that any statement does with the name, combined; 0 where none mentions it. */
  flagsOf(name: string): number {
    let flags = 0
    for (const each of this.flags.get(name) ?? []) flags |= each
    return flags
  }

  isUsed(name: string): boolean {
    return (this.uses.get(name) ?? 0) > 0
  }

  /** The names that changed since the last call. */
  takeTouched(): ReadonlySet<string> {
    const touched = this.touched
    this.touched = new Set()
    for (const name of touched) {
      if (this.uses.get(name) === 0) this.uses.delete(name)
      if (this.flags.get(name)?.length === 0) this.flags.delete(name)
    }
    return touched
  }
}
