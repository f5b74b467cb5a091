/** Classes of other files, as the names that are written somewhere mean them. */
import type { ClassDef, Suite } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { FilePath } from './files.ts'
import { dotted, importedNames } from './imports.ts'
import type { ModuleResolver } from './modules.ts'

export interface OtherClass {
  readonly path: FilePath
  readonly def: ClassDef
  /** Of the class as it is now. */
  readonly text: string
}

export interface ClassSearch {
  readonly modules: ModuleResolver
  sourceAt(path: FilePath): Source | null
}

/** Names of names are followed this far. */
const MOST_HOPS = 10

/** The class that a name, as written at the top of a file, means: `Base`, `module.Base`; null: none that a file of the workspace defines once, in no condition. */
export function classNamed(written: string, from: FilePath, search: ClassSearch, hops = 0): OtherClass | null {
  const source = hops < MOST_HOPS ? search.sourceAt(from) : null
  if (source === null) return null
  const [root, ...rest] = written.split('.') as [string, ...string[]]
  const meant = importedNames(source.body, name => name === root).get(root) ?? []
  const definitions = classesIn(source.body, root)
  const [def] = definitions
  if (def !== undefined && definitions.length === 1 && rest.length === 0 && meant.length === 0) return { path: from, def, text: source.text.slice(...source.rangeOf(def)) }
  const [imported, ...more] = meant
  if (imported === undefined || more.length > 0 || definitions.length > 0) return null
  const full = rest.reduce(dotted, imported.name === null ? imported.module : dotted(imported.module, imported.name))
  const [, dots = '', inner = '', name = ''] = /^(\.*)(?:(.*)\.)?([^.]+)$/.exec(full) ?? []
  const path = search.modules.named(dots + inner, from)?.path ?? null
  return path === null || path === from ? null : classNamed(name, path, search, hops + 1)
}

function classesIn(body: Suite, name: string): readonly ClassDef[] {
  return body.flatMap(stmt => (stmt.kind === 'ClassDef' && stmt.name.id === name ? [stmt] : []))
}
