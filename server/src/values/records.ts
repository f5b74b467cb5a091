/** Classes whose constructor is written for them. */
import type { ClassDef } from '../syntax/ast.ts'

/** The `__init__` that `@dataclass` and its like write keeps every argument. */
export function isRecord(def: ClassDef): boolean {
  return def.decorators.some(decorator => {
    const name = decorator.kind === 'Call' ? decorator.func : decorator
    return RECORD_MAKERS.has(name.kind === 'Attribute' ? name.attr : name.kind === 'Name' ? name.id : '')
  })
}

const RECORD_MAKERS: ReadonlySet<string> = new Set(['dataclass', 'define', 'frozen', 'attrs', 's'])
