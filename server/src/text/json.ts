/** A table of JSON or TOML, as far as anybody can tell from outside: no list, no null. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
