/** Classes whose constructor is written for them. */
import type { ClassDef } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'

/** The `__init__` that `@dataclass` and its like write keeps every argument. */
export function isRecord(def: ClassDef): boolean {
  return def.decorators.some(decorator => {
    const name = decorator.kind === 'Call' ? decorator.func : decorator
    return RECORD_MAKERS.has(lastName(name) ?? '')
  })
}

const RECORD_MAKERS: ReadonlySet<string> = new Set(['dataclass', 'define', 'frozen', 'attrs', 's'])
