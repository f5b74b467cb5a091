/** The fix that makes a global when the only function that uses it first needs it, and keeps it from then on. */
import { contains } from '../../syntax/ancestors.ts'
import type { Node } from '../../syntax/ast.ts'
import { forEachChild } from '../../syntax/walk.ts'
import type { Source } from '../../syntax/source.ts'
import { partings, withImport } from '../../fixes/blank-lines.ts'
import { replacement } from '../../fixes/edits.ts'
import { importing } from '../../fixes/imports.ts'
import { isAtLeast } from '../../text/target-version.ts'
import { isMentioned } from '../../semantic/scope.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { Edit, Fix } from '../finding.ts'
import type { ModuleView } from '../rule.ts'
import type { LargeGlobal, Making } from './large-globals.ts'
import { alsoEdits, loadedElsewhere } from './other-file.ts'

export function loaderFix(found: LargeGlobal, view: ModuleView, source: Source): readonly Fix[] {
  const { making, user } = found
  if (user.kind === 'import' || !isSteady(making, view)) return []
  const name = loaderName(found, view)
  const definition = name === null ? null : definedLoader(making, name, view, source)
  const taking = name === null ? null : user.kind === 'elsewhere' ? loadedElsewhere(user, making.target.id, name) : { edits: loadedHere(user.uses, making.target.id, name) }
  if (name === null || definition === null || taking === null) return []
  return [{
    title: `Make it when \`${user.scope}\` first needs it: \`${name}()\`, no longer at import${user.kind === 'elsewhere' ? alsoEdits(user) : ''}`, kind: 'move', safety: 'unsafe', ...user.kind === 'elsewhere' ? {} : { made: name },
    ...taking, edits: [...definition, ...taking.edits],
  }]
}

/** In the place of the global. */
function definedLoader(making: Making, name: string, view: ModuleView, source: Source): readonly Edit[] | null {
  const definition = definitionOf(making, name, source)
  const cache = isAtLeast(view.options.target, '3.9') ? 'cache' : 'lru_cache'
  const made = importing('functools', cache, making.stmt, view.facts, source)
  if (definition === null || made === null) return null
  const whole = replacement(making.stmt, `@${made.text}${cache === 'cache' ? '' : '(maxsize=None)'}${definition}`)
  return withImport(made.edits, [...partings(making.stmt, source), whole], source)
}

function loadedHere(uses: readonly Use[], global: string, loader: string): readonly Edit[] {
  const places = new Set(uses.map(u => u.node).filter(node => node.kind === 'Name' && node.id === global))
  return [...places].map(node => replacement(node, `${loader}()`))
}

/** What the loader will read when it is called: no other fix may take that away at the same time. */
export function namesRead({ stmt, target }: Making): readonly string[] {
  const names = new Set<string>()
  const look = (node: Node): void => {
    if (node.kind === 'Name' && node.id !== target.id) names.add(node.id)
    forEachChild(node, look)
  }
  look(stmt)
  return [...names]
}

/** All names that the making reads mean the same later: imports, functions, constants, builtins; what `with` binds is its own. */
export function isSteady({ stmt, target }: Making, { facts, uses }: ModuleView): boolean {
  const own = new Set(stmt.kind === 'With' ? stmt.items.flatMap(i => (i.target?.kind === 'Name' ? [i.target.id] : [])) : [])
  let steady = true
  const look = (node: Node): void => {
    if (node.kind === 'NamedExpr' || node.kind === 'Await' || node.kind === 'Lambda') steady = false
    if (node.kind === 'Name' && node.id !== target.id && !own.has(node.id)) {
      const fact = facts.get(node.id)
      if (fact?.kind === 'ambiguous' || (fact?.kind === 'assignment' && uses.ofGlobal(node.id).filter(u => u.deed !== 'read' && u.deed !== 'iterate' && u.deed !== 'test' && u.deed !== 'size' && u.deed !== 'escape').length > 1)) steady = false
    }
    forEachChild(node, look)
  }
  look(stmt)
  const inside = (node: Node): boolean => contains(stmt, node)
  return steady && [...own].every(name => uses.ofGlobal(name).every(u => inside(u.node)))
}

/** `TABLE` → `_table`, for another file `load_table`; null where that is taken. */
function loaderName({ making: { target: { id } }, user }: LargeGlobal, { scopes }: ModuleView): string | null {
  const bare = id.replace(/^_+|_+$/g, '').toLowerCase()
  const names = user.kind === 'elsewhere' ? [`${id.startsWith('_') ? '_' : ''}load_${bare}`] : [`_${bare}`, `_load_${bare}`]
  const modules = [scopes.module, ...user.kind === 'elsewhere' ? [user.other.module.scopes.module] : []]
  return bare === '' ? null : names.find(name => name !== id && modules.every(module => !isMentioned(name, module))) ?? null
}

/** Null where lines of a text would be moved with the code. */
function definitionOf({ stmt, target, assign }: Making, name: string, source: Source): string | null {
  const { text } = source
  const [start, end] = source.rangeOf(stmt)
  const written = text.slice(start, end)
  if (/"""|'''|\\\r?\n/.test(written) || /;/.test(text.slice(end, end + 2))) return null
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const step = /^\t/m.test(text) ? '\t' : '    '
  const offset = source.offsetOf(assign.start) - start
  const assignment = written.slice(offset)
  const returned = assignment.replace(new RegExp(`^${target.id}\\s*=\\s*`), 'return ')
  if (returned === assignment) return null
  const lines = (written.slice(0, offset) + returned).split(/\r?\n/)
  return `${eol}def ${name}():${eol}${lines.map(line => (line === '' ? '' : step + line)).join(eol)}`
}
