/** The fix that makes a global a local of the only function that uses it, where that runs once. */
import type { FunctionDef, Node } from '../../syntax/ast.ts'
import { forEachChild } from '../../syntax/walk.ts'
import type { Source } from '../../syntax/source.ts'
import { lineEnding, lineIndent } from '../../fixes/insertion.ts'
import { removal } from '../../fixes/removal.ts'
import { isBoundHere } from '../../semantic/scope.ts'
import type { Fix } from '../finding.ts'
import type { ModuleView } from '../rule.ts'
import type { LargeGlobal, Making } from './large-globals.ts'
import { isSteady } from './loader.ts'

export function intoFunctionFix({ making, user }: LargeGlobal, view: ModuleView, source: Source): readonly Fix[] {
  const def = user.kind === 'function' ? user.uses[0]!.place.functions[0] : undefined
  if (user.kind !== 'function' || def === undefined || !isSteady(making, view) || !runsOnce(def, view) || !meansTheSameIn(def, making, view)) return []
  const first = def.body.find(stmt => stmt.kind !== 'ExprStmt' || stmt.value.kind !== 'Constant')
  const indent = first && lineIndent(source, first.start)
  const text = textOf(making, source)
  if (first === undefined || indent === null || indent === undefined || text === null) return []
  const eol = lineEnding(source.text, source.offsetOf(first.start))
  return [{
    title: `Move it into \`${user.scope}\`, which makes it when it runs, no longer at import`, kind: 'local', safety: 'unsafe',
    edits: [
      removal({ body: view.body }, making.stmt, view.body.indexOf(making.stmt), source),
      { start: first.start - indent.length, end: first.start - indent.length, newText: text.map(line => (line === '' ? '' : indent + line) + eol).join(''), path: null },
    ],
  }]
}

/** One place calls it, in no loop, and nothing else has it: of other files as far as they are known. */
function runsOnce(def: FunctionDef, { uses, workspace }: ModuleView): boolean {
  const name = def.header.name.id
  const [call, ...more] = uses.ofGlobal(name).filter(use => use.node !== def.header.name)
  if (call?.deed !== 'call' || more.length > 0 || call.place.functions.includes(def)) return false
  const isInLoop = call.around.some(stmt => stmt.kind === 'For' || stmt.kind === 'While')
  const isOpen = workspace === null ? !call.place.atImport : workspace.usesOf(name).uses.some(use => use.path !== workspace.path)
  return !isInLoop && !isOpen && call.place.functions.length === 0
}

/** The function has no names of its own for what the making reads, and none for the global. */
function meansTheSameIn(def: FunctionDef, { stmt }: Making, { scopes }: ModuleView): boolean {
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

/** Its lines; null where lines of a text would be moved with the code, or something else stands on them. */
function textOf({ stmt }: Making, source: Source): readonly string[] | null {
  const [start, end] = source.rangeOf(stmt)
  const text = source.text.slice(start, end)
  return /"""|'''|\\\r?\n/.test(text) || /^[ \t]*;/.test(source.text.slice(end)) || lineIndent(source, stmt.start) !== '' ? null : text.split(/\r\n|\n|\r/)
}
