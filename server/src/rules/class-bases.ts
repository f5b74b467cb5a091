/** How many objects a class has, by the names of its bases. */
import type { ClassDef } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'

/** An enumeration, made of the library's own bases: as many members as its text has. */
export function isEnumeration(def: ClassDef): boolean {
  return hasBase(def, /^(Int|Str)?(Enum|Flag)$/)
}

/** Its objects are classes or members of an enumeration, also of the program's own bases, by their names: they stay as long as the program. */
export function isEverlasting(def: ClassDef): boolean {
  return hasBase(def, /^type$|(Enum|Flag|Meta)$/)
}

/** One for each module. */
export function isLogger(def: ClassDef): boolean {
  return hasBase(def, /^Logger(Adapter)?$/)
}

function hasBase({ args }: ClassDef, name: RegExp): boolean {
  return args.some(({ form, value }) => form !== 'keyword' && name.test(lastName(value) ?? ''))
}
