/** The fix that makes a global a local of the only function that uses it, where that runs once. */
import type { FunctionDef } from '../../syntax/ast.ts'
import type { Source } from '../../syntax/source.ts'
import { removal } from '../../fixes/removal.ts'
import type { Fix } from '../finding.ts'
import type { ModuleView } from '../rule.ts'
import type { LargeGlobal, Making } from './large-globals.ts'
import { isSteady } from './loader.ts'
import { atItsTop, linesOf, meansTheSameIn, runsOnce } from './movable.ts'
import { movedElsewhere } from './moved.ts'
import { alsoEdits } from './other-file.ts'

export function intoFunctionFix({ making, user }: LargeGlobal, view: ModuleView, source: Source): readonly Fix[] {
  const def = user.kind === 'function' ? user.uses[0]!.place.functions[0] : user.kind === 'elsewhere' ? user.def : undefined
  const text = linesOf(making, source)
  if (user.kind === 'import' || def === undefined || text === null || !isSteady(making, view)) return []
  const inserted = user.kind === 'elsewhere' ? movedElsewhere(user, making, text, view) : movedHere(def, making, text, view, source)
  if (inserted === null) return []
  return [{
    title: `Move it into \`${user.scope}\`, which makes it when it runs, no longer at import${user.kind === 'elsewhere' ? alsoEdits(user) : ''}`, kind: 'local', safety: 'unsafe',
    ...inserted, edits: [removal({ body: view.body }, making.stmt, view.body.indexOf(making.stmt), source), ...inserted.edits],
  }]
}

function movedHere(def: FunctionDef, making: Making, text: readonly string[], { uses, scopes, workspace }: ModuleView, source: Source): Pick<Fix, 'edits'> | null {
  const isKnown = workspace?.usesOf(def.header.name.id).uses.every(use => use.path === workspace.path) !== false
  if (!isKnown || !runsOnce(def, uses) || !meansTheSameIn(def, making, scopes)) return null
  const insertion = atItsTop(def, text, source)
  return insertion && { edits: [insertion] }
}
