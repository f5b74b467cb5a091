/** What changed between two versions of a module, for those who asked for its facts. */
import type { ClassDef, FunctionDef, Suite } from '../syntax/ast.ts'
import type { ScopeTree } from '../semantic/scope.ts'
import { methodsOf } from './class-body.ts'
import { sameFact, type AllFacts, type FactChanges, type ModuleFacts } from './module-facts.ts'

/** What the frames of one version of a module share. */
export interface ModuleContext {
  readonly body: Suite
  readonly scopes: ScopeTree
  readonly facts: AllFacts
}

/** What is different in the next version of a module. */
export interface ModuleChange {
  /** The statements of the body that make the difference: what stood there before, what stands there now. */
  readonly removed: Suite
  readonly added: Suite
  readonly facts: FactChanges
  /** Functions that are no more, nested ones included. */
  readonly gone: readonly FunctionDef[]
  /** The functions of the added statements, with the classes whose methods they are. */
  readonly functions: readonly { readonly def: FunctionDef; readonly ownClass: ClassDef | null }[]
}

export interface Changes {
  /** Facts that are no longer what they were: `name`, `Class.method`. */
  readonly keys: readonly string[]
  readonly edited: readonly EditedFunction[]
}

/** A function that replaces one of the same key. */
export interface EditedFunction {
  readonly key: string
  readonly before: FunctionDef
  readonly def: FunctionDef
  readonly ownClass: ClassDef | null
}

export function methodKey(cls: ClassDef, method: string): string {
  return `${cls.name.id}.${method}`
}

export function changedKeys(before: FactChanges, after: ModuleFacts): Changes {
  const keys: string[] = []
  const edited: EditedFunction[] = []
  for (const [name, old] of before) {
    const now = after.get(name)
    if (sameFact(old, now)) continue
    if (old?.kind === 'class' && now?.kind === 'class') {
      compareClasses(old.def, now.def)
      continue
    }
    keys.push(name)
    if (old?.kind === 'function' && now?.kind === 'function') edited.push({ key: name, before: old.def, def: now.def, ownClass: null })
  }
  return { keys, edited }

  function compareClasses(old: ClassDef, now: ClassDef): void {
    if (old.args !== now.args && JSON.stringify(old.args) !== JSON.stringify(now.args)) keys.push(now.name.id)
    const [methods, current] = [methodsOf(old), methodsOf(now)]
    for (const name of new Set([...methods.keys(), ...current.keys()])) {
      const [was, is] = [methods.get(name), current.get(name)]
      if (was === is) continue
      keys.push(methodKey(now, name))
      if (was && is) edited.push({ key: methodKey(now, name), before: was, def: is, ownClass: now })
    }
  }
}
