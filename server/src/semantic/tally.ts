/** How many statements of a module do what with each name, so that a change to one statement costs no look at the others. */
import { GLOBAL, type NameLists } from './block.ts'
import { usesOf, type Part } from './parts.ts'

export class Tally {
  private readonly flags = new Map<string, number[]>()
  private readonly uses = new Map<string, number>()
  private touched = new Set<string>()

  constructor(parts: readonly Part[], otherUses: NameLists) {
    for (const part of parts) {
      this.addNames(part)
      for (const names of part.uses) this.count(names, 1)
    }
    for (const names of otherUses) this.count(names, 1)
    this.touched = new Set()
  }

  replaceParts(before: readonly Part[], after: readonly Part[]): void {
    for (const part of before) this.removeNames(part)
    for (const part of after) this.addNames(part)
    this.replaceUses(usesOf(before), usesOf(after))
  }

  /**
   * Lists of members that did not change are the same objects before and after. Of a class that changed in one member, its own list
   * (the first) and that of the member are new.
   */
  replaceUses(before: NameLists, after: NameLists): void {
    const shorter = Math.min(before.length, after.length)
    let head = 1
    while (head < shorter && before[head] === after[head]) head++
    let tail = 0
    while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
    const gone = new Set([...before.slice(0, 1), ...before.slice(head, before.length - tail)])
    for (const names of [...after.slice(0, 1), ...after.slice(head, after.length - tail)]) if (!gone.delete(names)) this.count(names, 1)
    for (const names of gone) this.count(names, -1)
  }

  /** All that any statement does with the name, combined; 0 where none mentions it. */
  flagsOf(name: string): number {
    let flags = 0
    for (const each of this.flags.get(name) ?? []) flags |= each
    return flags
  }

  /** Some inner code uses the name. */
  isUsed(name: string): boolean {
    return this.uses.has(name)
  }

  /** The names that something changed about since the last call. */
  takeTouched(): ReadonlySet<string> {
    const touched = this.touched
    this.touched = new Set()
    return touched
  }

  private addNames({ fragment }: Part): void {
    for (const { name, flags } of fragment.names) this.addFlags(name, flags)
    for (const name of fragment.globals) this.addFlags(name, GLOBAL)
  }

  private removeNames({ fragment }: Part): void {
    for (const { name, flags } of fragment.names) this.removeFlags(name, flags)
    for (const name of fragment.globals) this.removeFlags(name, GLOBAL)
  }

  private addFlags(name: string, flags: number): void {
    const all = this.flags.get(name)
    if (all === undefined) this.flags.set(name, [flags])
    else all.push(flags)
    this.touched.add(name)
  }

  private removeFlags(name: string, flags: number): void {
    const all = this.flags.get(name) ?? []
    all.splice(all.indexOf(flags), 1)
    if (all.length === 0) this.flags.delete(name)
    this.touched.add(name)
  }

  private count(names: readonly string[], change: 1 | -1): void {
    for (const name of names) {
      const count = (this.uses.get(name) ?? 0) + change
      if (count === 0) this.uses.delete(name)
      else this.uses.set(name, count)
      this.touched.add(name)
    }
  }
}
