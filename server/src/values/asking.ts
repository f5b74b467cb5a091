/** Who asked for which facts and summaries: what has to be made again when they change. */
import type { FunctionDef } from '../syntax/ast.ts'

/** Something that asks for facts and summaries, and is dropped when they change. */
export interface Asking {
  /** The frame that asks; null: something else. */
  readonly def: FunctionDef | 'module' | null
  /** Keys of the facts it asked for: `name`, `Class.method`. */
  readonly asked: Set<string>
  /** Frames whose summaries it asked for, and those that asked for its own. */
  readonly uses: Set<Asking>
  readonly users: Set<Asking>
  /** It has to be made again. */
  drop(): void
}

export class Askings {
  private readonly byKey = new Map<string, Set<Asking>>()

  ask(asking: Asking, key: string): void {
    if (asking.asked.has(key)) return
    asking.asked.add(key)
    const known = this.byKey.get(key)
    if (known) known.add(asking)
    else this.byKey.set(key, new Set([asking]))
  }

  askedFor(key: string): readonly Asking[] {
    return [...this.byKey.get(key) ?? []]
  }

  connect(user: Asking, used: Asking): void {
    user.uses.add(used)
    used.users.add(user)
  }

  disconnect(asking: Asking): void {
    for (const user of asking.users) user.uses.delete(asking)
    for (const used of asking.uses) used.users.delete(asking)
    asking.users.clear()
    asking.uses.clear()
  }

  /** Whoever asked for something that changed is made again, and so is whoever asked for its summary. */
  drop(first: Asking | undefined): void {
    const queue = first ? [first] : []
    for (let asking = queue.pop(); asking !== undefined; asking = queue.pop()) {
      asking.drop()
      queue.push(...asking.users)
      this.disconnect(asking)
      for (const key of asking.asked) this.forget(key, asking)
    }
  }

  private forget(key: string, asking: Asking): void {
    const known = this.byKey.get(key)
    known?.delete(asking)
    if (known?.size === 0) this.byKey.delete(key)
  }
}
