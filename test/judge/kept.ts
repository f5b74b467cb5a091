/** Programs that fixes once broke, each the smallest found. */
import { readdirSync, readFileSync } from 'node:fs'

const FOLDER = new URL('kept/', import.meta.url)

/** Of each program, with other decisions. */
export const KEPT_RUNS = 200

export function keptPrograms(): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(FOLDER).map(name => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') }))
}
