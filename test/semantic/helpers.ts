/** Python text to scopes, and scopes to a text that people can read. */
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import type { Scope, ScopeTree, Symbol } from '../../server/src/semantic/scope.ts'
import type { Pos } from '../../server/src/syntax/position.ts'
import { openSource, type SourceDocument } from '../../server/src/syntax/document.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import type { Source } from '../../server/src/syntax/source.ts'
import { lineStarts, positionAt } from '../../server/src/text/line-starts.ts'
import type { TargetVersion } from '../../server/src/text/target-version.ts'

const { engine } = await openEngine({ prefer: 'wasm' })

/** Versions whose annotations need no scopes of their own keep the expectations short. */
export const USUAL: TargetVersion = '3.13'

export function open(text: string): SourceDocument {
  return openSource(engine, text)
}

export function scopesOf(python: string, target: TargetVersion = USUAL): ScopeTree {
  return resolveScopes(open(dedent(python)).source.body, target)
}

/** Answers the 1-based line of a position. */
export function linesOf(source: Source): (position: Pos) => number {
  const starts = lineStarts(source.text)
  return (position) => positionAt(starts, source.offsetOf(position)).line + 1
}

/** One line per scope, names in alphabetical order: `function f: x local parameter read, y free`. Inner scopes are indented. */
export function names(python: string, target: TargetVersion = USUAL): string {
  return printed(scopesOf(python, target).module)
}

export function printed(scope: Scope): string {
  const symbols = [...scope.symbols.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(describe)
  const head = `${scope.kind === 'module' ? 'module' : `${scope.kind} ${scope.name}`}: ${symbols.join(', ')}`.trimEnd()
  return [head, ...scope.children.map((child) => printed(child).replace(/^/gm, '  '))].join('\n')
}

function describe(symbol: Symbol): string {
  const facts = [
    symbol.parameter && 'parameter', symbol.imported && 'imported', symbol.nonlocal && 'nonlocal', symbol.annotated && 'annotated',
    symbol.assigned && 'assigned', symbol.referenced && 'read',
  ]
  return [symbol.name, symbol.scope, ...facts.filter((fact) => fact !== false)].join(' ')
}

/** Without the indentation of the first line, and without the first and last line break. */
export function dedent(text: string): string {
  const body = text.replace(/^\n/, '').replace(/\n[ ]*$/, '\n')
  const indent = /^ */.exec(body)?.[0] ?? ''
  return body.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
}

/** The scope with this name, wherever it is. */
export function find(tree: ScopeTree, name: string): Scope {
  const all: Scope[] = [tree.module]
  for (const scope of all) all.push(...scope.children)
  const found = all.find((scope) => scope.name === name)
  if (found === undefined) throw new Error(`no scope ${name} in\n${printed(tree.module)}`)
  return found
}
