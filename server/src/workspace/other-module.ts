/** Another file of the workspace as it is now: where it does what with a global of this one, for edits that reach into it. */
import type { Attribute, Expr, FunctionDef, ImportAlias, ImportFrom } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import { mentionsOf } from '../semantic/mentions.ts'
import type { ScopeTree } from '../semantic/scope.ts'
import type { Use } from '../semantic/uses/use.ts'
import { usesOf, type ModuleUses } from '../semantic/uses/uses.ts'
import type { FilePath } from './files.ts'
import { dotted, importedNames } from './imports.ts'
import type { ModuleResolver } from './modules.ts'
import type { GlobalUses } from './use.ts'

export interface OtherModule {
  readonly path: FilePath
  readonly source: Source
  readonly scopes: ScopeTree
  readonly uses: ModuleUses
  /** The dotted name, as written there, means the file that asks. */
  leadsHere(module: string): boolean
  /** Who uses a global of that module, in all files. */
  usersOf(name: string): GlobalUses
}

export interface OtherModuleInput extends Pick<OtherModule, 'path' | 'source' | 'scopes' | 'usersOf'> {
  /** The file that asks. */
  readonly asker: FilePath
  readonly modules: ModuleResolver
}

export function createOtherModule({ path, source, scopes, usersOf, asker, modules }: OtherModuleInput): OtherModule {
  return {
    path, source, scopes, usersOf,
    uses: usesOf(source, source.body, scopes),
    leadsHere: module => modules.named(module, path)?.path === asker,
  }
}

/** How the only function of another file that uses a global of this one gets at it. */
export interface OtherUser {
  readonly module: OtherModule
  readonly uses: readonly Use[]
  /** `from here import NAME`, at the top of that file; null: the function writes `here.NAME`. */
  readonly imported: { readonly stmt: ImportFrom; readonly alias: ImportAlias } | null
}

/** All that the module does with the global, where that is done in the one way or the other; null where something of it is not seen. */
export function otherUser(name: string, module: OtherModule): OtherUser | null {
  if (module.source.hasErrors || module.scopes.module.seesFrames) return null
  const mentions = mentionsIn(name, module)
  const imports = importsOf(name, module)
  const [only] = imports
  if (only === undefined) return byAttribute(name, module, mentions)
  if (imports.length > 1 || mentions > 0) return null
  const [binding, ...uses] = module.uses.ofGlobal(only.alias.bound.id)
  return binding?.node === only.alias.bound ? { module, uses, imported: only } : null
}

function byAttribute(name: string, module: OtherModule, mentions: number): OtherUser | null {
  const uses = module.uses.ofAttribute(name)
  const places = new Set(uses.map(u => u.node))
  const areAllOfIt = uses.every(({ node, owner }) => owner.kind === 'path' && isAttribute(node, name) && leadsHere(owner.path, module))
  return areAllOfIt && places.size === mentions ? { module, uses, imported: null } : null
}

function isAttribute(node: Expr, name: string): node is Attribute {
  return node.kind === 'Attribute' && node.attr === name
}

/** `a.b`, where `a` is bound by one import. */
function leadsHere(path: string, { source, leadsHere: leads }: OtherModule): boolean {
  const [root, ...rest] = path.split('.')
  const [meant, ...more] = importedNames(source.body, bound => bound === root).get(root!) ?? []
  return meant !== undefined && more.length === 0 && leads(rest.reduce(dotted, meant.name === null ? meant.module : dotted(meant.module, meant.name)))
}

/** Attributes and texts of that name, whosever they are. */
function mentionsIn(name: string, { source }: OtherModule): number {
  return source.body.reduce((sum, stmt) => sum + (mentionsOf(stmt).counts.get(name) ?? 0), 0)
}

/** Statements of the module's own, in no condition. */
function importsOf(name: string, { source, leadsHere: leads }: OtherModule): readonly NonNullable<OtherUser['imported']>[] {
  return source.body.flatMap(stmt => (stmt.kind === 'ImportFrom' && leads('.'.repeat(stmt.level) + stmt.module) ? stmt.names.filter(alias => alias.name === name).map(alias => ({ stmt, alias })) : []))
}

/** The function of the module that contains all of them, each as a look at the object; null: there are several, they do more, or a decorator may. */
export function onlyFunction(uses: readonly Use[]): FunctionDef | null {
  if (uses.length === 0 || uses.some(u => u.place.atImport || changes(u) || u.place.functions.some(f => f.header.decorators.length > 0))) return null
  const functions = new Set(uses.map(u => u.place.functions[0]))
  const [only] = functions
  return functions.size === 1 && only !== undefined && uses[0]!.place.cls === null ? only : null
}

/** It adds to the object, takes from it, or hands it on to where it cannot be followed; the caller may have it. */
function changes({ deed, depth, act }: Use): boolean {
  return deed === 'bind' || deed === 'delete' || deed === 'grow' || deed === 'shrink' || (depth === 0 && deed === 'escape' && act.kind !== 'Return')
}
