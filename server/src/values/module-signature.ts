/** What the module's own frame depends on: its statements, of functions the headers only, and which globals inner code uses. */
import type { Stmt, Suite } from '../syntax/ast.ts'
import type { ScopeTree } from '../semantic/scope.ts'

export interface ModuleSignature {
  readonly parts: readonly object[]
  readonly globalsUsedInside: ReadonlySet<string>
}

export function moduleSignature(module: { readonly body: Suite; readonly scopes: ScopeTree }): ModuleSignature {
  return { parts: module.body.flatMap(partsOf), globalsUsedInside: module.scopes.globalsUsedInside }
}

/** The objects whose identity stands for what the statement does when the module runs. */
function partsOf(stmt: Stmt): readonly object[] {
  if (stmt.kind === 'FunctionDef') return [stmt.header]
  if (stmt.kind === 'ClassDef') return [stmt.name, ...stmt.body.flatMap(partsOf)]
  return [stmt]
}

export function sameSignature(a: ModuleSignature, b: ModuleSignature): boolean {
  return a.parts.length === b.parts.length && a.parts.every((part, i) => part === b.parts[i]) && sameSet(a.globalsUsedInside, b.globalsUsedInside)
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a === b) return true
  if (a.size !== b.size) return false
  for (const item of a) if (!b.has(item)) return false
  return true
}
