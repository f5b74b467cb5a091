/** One answer that a module gives to others, and who got it. */
import type { Answer } from './foreign.ts'

/** Whoever asks other modules: told when an answer is no longer what it was. */
export class Asker {
  readonly changed: () => void
  private readonly doors = new Set<Door>()

  constructor(changed: () => void) {
    this.changed = changed
  }

  cameTo(door: Door): void {
    this.doors.add(door)
  }

  /** Nothing is asked in its name any more. */
  leave(): void {
    for (const door of this.doors) door.forget(this)
    this.doors.clear()
  }
}

export class Door {
  private readonly workOut: (door: Door) => Answer | null
  private readonly askers = new Set<Asker>()
  private answer: Answer | null | undefined
  private isOpen = false

  constructor(workOut: (door: Door) => Answer | null) {
    this.workOut = workOut
  }

  /** Null too while the answer is being worked out: it needs itself. */
  askedBy(asker: Asker): Answer | null {
    this.askers.add(asker)
    asker.cameTo(this)
    if (this.answer !== undefined || this.isOpen) return this.answer ?? null
    return this.answer = this.made()
  }

  /** Works the answer out again; where it is another one, or `isOver`, whoever asked for the old one is told, and has to ask anew. */
  renew(isOver: boolean): void {
    const before = this.answer
    if (before === undefined) return
    this.answer = undefined
    if (this.askers.size === 0) return
    if (!isOver) this.answer = this.made()
    if (!isOver && JSON.stringify(before) === JSON.stringify(this.answer)) return
    for (const asker of [...this.askers]) asker.changed()
  }

  /** What was answered; undefined: nothing that holds. */
  get given(): Answer | null | undefined {
    return this.answer
  }

  forget(asker: Asker): void {
    this.askers.delete(asker)
  }

  private made(): Answer | null {
    this.isOpen = true
    try {
      return this.workOut(this)
    } finally {
      this.isOpen = false
    }
  }
}
