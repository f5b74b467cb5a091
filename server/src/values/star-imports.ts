/** Names that a module binds only by `from … import *`. */
import type { Suite } from '../syntax/ast.ts'
import { dotted, starsIn } from '../workspace/imports.ts'
import type { ModuleChange } from './changes.ts'
import { Door, type Asker } from './door.ts'
import type { Answer, Others } from './foreign.ts'
import type { ModuleFact } from './module-facts.ts'

interface StarInput {
  readonly others: Others
  /** Somebody to ask other modules in whose name; `onChange`: when an answer is another. */
  askerThat(onChange: () => void): Asker
  /** Answers that have to be worked out again. */
  doubt(door: Door): void
}

/** The edit touches an `import *`: no other has to look for them in the whole body. */
export function isRestarred({ removed, added }: Pick<ModuleChange, 'removed' | 'added'>): boolean {
  return starsIn(removed).length > 0 || starsIn(added).length > 0
}

export class StarImports {
  /** The modules of which all names are imported, as written, in their order. */
  modules: readonly string[] = []
  private readonly input: StarInput
  private readonly doors = new Map<string, Door>()
  /** By name, the module that binds it last; null: to be looked up. */
  private sources: ReadonlyMap<string, string> | null = null

  constructor(body: Suite, input: StarInput) {
    this.input = input
    this.renew(body)
  }

  factOf(name: string, asker: Asker): ModuleFact | undefined {
    if (this.modules.length === 0 || name.startsWith('_')) return undefined
    let door = this.doors.get(name)
    if (!door) this.doors.set(name, door = new Door(self => this.answer(name, self)))
    const answer = door.askedBy(asker)
    return answer?.kind === 'alias' ? { kind: 'import', dotted: answer.dotted } : undefined
  }

  /** Returns whether all names are imported of other modules than before: any name may mean something else. */
  renew(body: Suite): boolean {
    const modules = starsIn(body)
    if (modules.join() === this.modules.join()) return false
    this.modules = modules
    this.sources = null
    this.doors.clear()
    return true
  }

  private answer(name: string, door: Door): Answer | null {
    this.sources ??= this.lookUp()
    const from = this.sources.get(name)
    if (from === undefined) return null
    const full = dotted(from, name)
    const asker = this.input.askerThat(() => this.input.doubt(door))
    return this.input.others.ask(full, null, asker) === null ? null : { kind: 'alias', dotted: full }
  }

  private lookUp(): ReadonlyMap<string, string> {
    const asker = this.input.askerThat(() => {
      this.sources = null
      for (const door of this.doors.values()) this.input.doubt(door)
    })
    return new Map(this.modules.flatMap(module => [...this.input.others.namesOf(module, asker)].map(name => [name, module] as const)))
  }
}
