/** Our scopes of a file against those of CPython. */
import { dumpScopes, type DumpedScope } from '../../server/src/semantic/dump.ts'
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import { decodeSource } from '../../server/src/text/decode.ts'
import { isAtLeast } from '../../server/src/text/target-version.ts'
import { linesOf, open } from './helpers.ts'
import { inlined } from './inlined.ts'
import type { Answer, Judge } from './judges.ts'

export interface Difference {
  /** The scope's name. */
  readonly scope: string
  readonly text: string
}

export interface Comparison {
  /** Null: this Python refuses the file. */
  readonly differences: readonly Difference[] | null
  readonly scopes: number
  readonly symbols: number
  /** Milliseconds to resolve the scopes. */
  readonly time: number
}

export async function compareFile(judge: Judge, path: string): Promise<Comparison> {
  const answer: Answer = await judge.ask(path)
  if ('error' in answer) return { differences: null, scopes: 0, symbols: 0, time: 0 }
  const decoded = decodeSource(judge.read(path))
  if ('problem' in decoded) return { differences: [{ scope: 'top', text: decoded.problem }], scopes: 0, symbols: 0, time: 0 }
  const document = open(decoded.text)
  const start = performance.now()
  const { module } = resolveScopes(document.source.body, judge.target)
  const time = performance.now() - start
  const shown = isAtLeast(judge.target, '3.12') ? inlined(module) : module
  const ours = dumpScopes({ module: shown }, linesOf(document.source)).scopes
  document.dispose()
  const symbols = answer.scopes.reduce((sum, scope) => sum + Object.keys(scope.symbols).length, 0)
  return { differences: differencesBetween(ours, answer.scopes), scopes: answer.scopes.length, symbols, time }
}

/** Scopes are compared as a set: CPython lists those of decorators, defaults and annotations in an order that differs between versions. */
function differencesBetween(ours: readonly DumpedScope[], theirs: readonly DumpedScope[]): Difference[] {
  const extra = new Map<string, DumpedScope[]>()
  for (const scope of ours) extra.set(keyOf(scope), [...extra.get(keyOf(scope)) ?? [], scope])
  const missing = theirs.filter((scope) => extra.get(keyOf(scope))?.pop() === undefined)
  return [
    ...[...extra.values()].flat().map((scope) => ({ scope: scope.name, text: `only here:   ${keyOf(scope)}` })),
    ...missing.map((scope) => ({ scope: scope.name, text: `only CPython: ${keyOf(scope)}` })),
  ]
}

function keyOf({ name, kind, line, symbols }: DumpedScope): string {
  const words = Object.entries(symbols).sort(([a], [b]) => (a < b ? -1 : 1)).map(([symbol, { scope, ...facts }]) =>
    [symbol, scope, ...Object.entries(facts).filter(([, holds]) => holds).map(([fact]) => fact)].join(' '))
  return `line ${line} ${kind} ${name}: ${words.join(', ')}`
}
