/** Writes a library model the one way it is kept in the repository: one line per function, type property, method and attribute. */
import type { Library, TypeModel } from '../server/src/models/model.ts'

/** The text of a data file, with a final newline. */
export function formatLibrary(library: Library): string {
  const parts = [`  "library": ${JSON.stringify(library.library)}`]
  if (library.types) parts.push(block(1, 'types', Object.entries(library.types).map(([name, type]) => formatType(name, type))))
  if (library.functions) parts.push(block(1, 'functions', lines(2, library.functions)))
  if (library.aliases) parts.push(block(1, 'aliases', lines(2, library.aliases)))
  return `{\n${parts.join(',\n')}\n}\n`
}

function formatType(name: string, type: TypeModel): string {
  const { methods, attributes, ...rest } = type
  const parts = lines(3, rest)
  if (attributes) parts.push(block(3, 'attributes', lines(4, attributes)))
  if (methods) parts.push(block(3, 'methods', lines(4, methods)))
  return parts.length === 1 ? `${indent(2)}${JSON.stringify(name)}: ${inline(rest)}` : block(2, name, parts)
}

function block(depth: number, name: string, entries: readonly string[]): string {
  return `${indent(depth)}${JSON.stringify(name)}: {\n${entries.join(',\n')}\n${indent(depth)}}`
}

function lines(depth: number, record: object): string[] {
  return Object.entries(record).map(([key, value]) => `${indent(depth)}${JSON.stringify(key)}: ${inline(value)}`)
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${inline(each)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function indent(depth: number): string {
  return '  '.repeat(depth)
}
