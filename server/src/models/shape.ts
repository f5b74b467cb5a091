/**
 * Checks a value against the part of JSON Schema (draft 7) that `schema.json` uses, so that a user's own models are checked by
 * the same text that documents them, without a validator in the bundle. Tests hold it against ajv.
 */
import { isTable } from '../text/json.ts'

export interface Schema {
  readonly $ref?: string
  readonly title?: string
  readonly description?: string
  readonly type?: JsonType | readonly JsonType[]
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly propertyNames?: Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly minLength?: number
  readonly pattern?: string
  readonly definitions?: Readonly<Record<string, Schema>>
}

type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'

export interface Problem {
  /** Keys and indices from the checked value down; empty: the value itself. */
  readonly path: readonly (string | number)[]
  /** `must be …`, `is missing "kind"`, `has no property "knid"; did you mean "kind"?` */
  readonly message: string
}

/** All problems of `value`; none: it is valid. `root` holds the definitions that `$ref` names. */
export function checkShape(value: unknown, schema: Schema, root: Schema, path: Problem['path'] = []): Problem[] {
  if (schema.$ref !== undefined) return checkShape(value, definition(root, schema.$ref), root, path)
  if (schema.anyOf) return checkAnyOf(value, schema.anyOf, root, path)
  if (schema.enum && !schema.enum.includes(value)) return [{ path, message: `must be ${schema.title ?? listed(schema.enum)}, not ${shown(value)}` }]
  if (schema.type && ![schema.type].flat().some(type => isOfType(value, type))) {
    return [{ path, message: `must be ${schema.title ?? [schema.type].flat().map(withArticle).join(' or ')}, not ${shown(value)}` }]
  }
  if (typeof value === 'string') return checkString(value, schema, path)
  if (typeof value === 'number') return checkNumber(value, schema, path)
  if (Array.isArray(value)) return checkArray(value, schema, root, path)
  if (isTable(value)) return checkObject(value, schema, root, path)
  return []
}

function checkNumber(value: number, { minimum = -Infinity }: Schema, path: Problem['path']): Problem[] {
  return value < minimum ? [{ path, message: `must be at least ${minimum}, not ${value}` }] : []
}

function checkString(value: string, schema: Schema, path: Problem['path']): Problem[] {
  const wrong = value.length < (schema.minLength ?? 0) || (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value))
  return wrong ? [{ path, message: `must be ${schema.title ?? 'a string that is not empty'}, not ${shown(value)}` }] : []
}

function checkArray(value: readonly unknown[], schema: Schema, root: Schema, path: Problem['path']): Problem[] {
  const { items, minItems = 0, maxItems = Infinity } = schema
  if (value.length < minItems || value.length > maxItems) return [{ path, message: `must be ${schema.title ?? 'a list that is not empty'}` }]
  return items ? value.flatMap((each, index) => checkShape(each, items, root, [...path, index])) : []
}

function checkObject(value: Readonly<Record<string, unknown>>, schema: Schema, root: Schema, path: Problem['path']): Problem[] {
  const { properties = {}, additionalProperties: others = true, propertyNames, required = [] } = schema
  const missing = required.filter(key => !Object.hasOwn(value, key)).map(key => ({ path, message: `is missing "${key}"` }))
  return [...missing, ...Object.entries(value).flatMap(([key, each]) => {
    if (propertyNames && checkShape(key, propertyNames, root).length > 0) {
      return [{ path, message: `has the key ${shown(key)}, which is not ${definition(root, propertyNames.$ref ?? '').title}` }]
    }
    if (Object.hasOwn(properties, key)) return checkShape(each, properties[key]!, root, [...path, key])
    if (others === false) return [{ path, message: `has no property "${key}"${suggestion(key, Object.keys(properties))}` }]
    return others === true ? [] : checkShape(each, others, root, [...path, key])
  })]
}

/** The problems of the alternative that was meant: the one with the key that is there, or that fails deepest. */
function checkAnyOf(value: unknown, alternatives: readonly Schema[], root: Schema, path: Problem['path']): Problem[] {
  const tried = alternatives.map(each => checkShape(value, each, root, path))
  if (tried.some(problems => problems.length === 0)) return []
  const meant = isTable(value) ? alternatives.findIndex(each => each.required?.some(key => Object.hasOwn(value, key))) : -1
  const deeper = tried.findIndex(problems => problems.every(each => each.path.length > path.length))
  const chosen = tried[meant >= 0 ? meant : deeper]
  if (chosen) return chosen
  const titles = alternatives.map(each => (each.$ref === undefined ? each : definition(root, each.$ref)).title ?? 'something else')
  return [{ path, message: `must be ${titles.join(', or ')}, not ${shown(value)}` }]
}

function definition(root: Schema, ref: string): Schema {
  return root.definitions?.[ref.slice('#/definitions/'.length)] ?? {}
}

function isOfType(value: unknown, type: JsonType): boolean {
  switch (type) {
    case 'object': return isTable(value)
    case 'array': return Array.isArray(value)
    case 'integer': return Number.isInteger(value)
    case 'null': return value === null
    case 'number': return Number.isFinite(value)
    default: return typeof value === type
  }
}

function withArticle(type: JsonType): string {
  if (type === 'null') return type
  const name = type === 'object' ? 'table' : type === 'array' ? 'list' : type
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`
}

function listed(values: readonly unknown[]): string {
  return `one of ${values.map(shown).join(', ')}`
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function suggestion(key: string, known: readonly string[]): string {
  const near = known.find(each => each.toLowerCase() === key.toLowerCase() || sameButOne(each, key))
  return near === undefined ? `; it may have ${known.map(each => `"${each}"`).join(', ')}` : `; did you mean "${near}"?`
}

/** One letter more, less, other or swapped with its neighbour. */
function sameButOne(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const left = a.slice(start, a.length - end)
  const right = b.slice(start, b.length - end)
  return Math.max(left.length, right.length) <= 1 || (left.length === 2 && left === [...right].reverse().join(''))
}
