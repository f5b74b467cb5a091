/** What has to hold so that a global can become a local of a function, and how it is written there. */
import type { FunctionDef, Node } from '../../syntax/ast.ts'
import { forEachChild } from '../../syntax/walk.ts'
import type { Source } from '../../syntax/source.ts'
import { insertion } from '../../fixes/edits.ts'
import { lineEnding, lineIndent } from '../../fixes/insertion.ts'
import { isBoundHere, type ScopeTree } from '../../semantic/scope.ts'
import type { ModuleUses } from '../../semantic/uses/uses.ts'
import type { Edit } from '../finding.ts'
import type { Making } from './large-globals.ts'

/** One place of its file calls it, when that is imported and in no loop, and nothing else there has it. */
export function runsOnce(def: FunctionDef, uses: ModuleUses): boolean {
  const [call, ...more] = uses.ofGlobal(def.header.name.id).filter(use => use.node !== def.header.name)
  if (call?.deed !== 'call' || more.length > 0 || call.place.functions.includes(def)) return false
  const isInLoop = call.around.some(stmt => stmt.kind === 'For' || stmt.kind === 'While')
  return !isInLoop && call.place.atImport
}

/** The function has no names of its own for what the making reads, and none for the global. */
export function meansTheSameIn(def: FunctionDef, { stmt }: Making, scopes: ScopeTree): boolean {
  const scope = scopes.scopeOf(def)
  let same = !scope.seesFrames
  const look = (node: Node): void => {
    const symbol = node.kind === 'Name' ? scope.symbols.get(node.id) : undefined
    if (symbol && (isBoundHere(symbol) || symbol.scope === 'global-explicit')) same = false
    forEachChild(node, look)
  }
  look(stmt)
  return same
}

/** Below the function's docstring; null where its body stands on one line with its head. */
export function atItsTop(def: FunctionDef, text: readonly string[], source: Source): Edit | null {
  const first = def.body.find(stmt => stmt.kind !== 'ExprStmt' || stmt.value.kind !== 'Constant')
  const indent = first && lineIndent(source, first.start)
  if (first === undefined || indent === null || indent === undefined) return null
  const eol = lineEnding(source.text, source.offsetOf(first.start))
  return insertion(first.start - indent.length, text.map(line => (line === '' ? '' : indent + line) + eol).join(''))
}

/** Its lines; null where lines of a text would be moved with the code, or something else stands on them. */
export function linesOf({ stmt }: Making, source: Source): readonly string[] | null {
  const [start, end] = source.rangeOf(stmt)
  const text = source.text.slice(start, end)
  return /"""|'''|\\\r?\n/.test(text) || /^[ \t]*;/.test(source.text.slice(end)) || lineIndent(source, stmt.start) !== '' ? null : text.split(/\r\n|\n|\r/)
}
