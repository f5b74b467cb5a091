/** One frame while its uses are collected: which names mean what. */
import type { Attribute, Expr, FunctionDef, Name } from '../../syntax/ast.ts'
import { mangle, type Scope } from '../scope.ts'
import type { Owner, Place } from './use.ts'

/** What an expression names: an object that outlives functions, or an element of one. */
export interface Subject {
  readonly name: string
  readonly owner: Owner
  readonly depth: 0 | 1
  /** A local that was given it. */
  readonly isAlias: boolean
}

export const GLOBAL: Owner = { kind: 'global' }
const OTHER: Owner = { kind: 'other' }

export class Frame {
  readonly scope: Scope
  readonly outer: Frame | null
  readonly place: Place
  /** The first parameter of a method. */
  readonly self: string | null
  /** Locals that were given such an object, in the order of the text. */
  private readonly names = new Map<string, Subject>()

  constructor(scope: Scope, outer: Frame | null, place: Place, self: string | null) {
    this.scope = scope
    this.outer = outer
    this.place = place
    this.self = self
  }

  /** Null: an ordinary local. */
  subjectOf(expr: Expr): Subject | null {
    if (expr.kind === 'Name') return this.ofName(expr.id)
    return expr.kind === 'Attribute' ? { name: expr.attr, owner: this.ownerOf(expr.value), depth: 0, isAlias: false } : null
  }

  private ofName(id: string): Subject | null {
    const home = this.homeOf(id)
    if (home === null) return { name: id, owner: GLOBAL, depth: 0, isAlias: false }
    if (home.scope.kind === 'class') return { name: id, owner: { kind: 'own', cls: home.place.cls! }, depth: 0, isAlias: false }
    return home.names.get(id) ?? null
  }

  /** What a class body binds is read from the module where it is not bound yet. */
  mayMeanGlobal(id: string): boolean {
    return this.scope.kind === 'class' && this.homeOf(id) === this
  }

  /** The frame whose local the name is; null: a global. */
  private homeOf(id: string): Frame | null {
    if (this.scope.kind === 'module') return null
    switch (this.scope.symbols.get(mangle(this.scope.mangler, id))?.scope) {
      case 'local':
      case 'cell': return this
      case 'free': return this.outer === null ? null : this.outer.homeOf(id)
      default: return null
    }
  }

  private ownerOf(base: Expr): Owner {
    const cls = this.selfClass(base)
    if (cls !== null) return { kind: 'own', cls }
    const path = this.pathOf(base)
    return path === null ? OTHER : { kind: 'path', path }
  }

  /** The class of `self`, `cls`, `self.__class__`, `type(self)`. */
  private selfClass(base: Expr): string | null {
    switch (base.kind) {
      case 'Name': {
        const home = this.homeOf(base.id)
        return home !== null && home.self === base.id ? home.place.cls : null
      }
      case 'Attribute': return base.attr === '__class__' ? this.selfClass(base.value) : null
      case 'Call': return base.func.kind === 'Name' && base.func.id === 'type' && base.args.length === 1 ? this.selfClass(base.args[0]!.value) : null
      default: return null
    }
  }

  private pathOf(base: Expr): string | null {
    if (base.kind === 'Name') return this.homeOf(base.id) === null ? base.id : null
    const outer = base.kind === 'Attribute' ? this.pathOf(base.value) : null
    return outer === null ? null : `${outer}.${(base as Attribute).attr}`
  }

  /** From here on the local is another name for the subject. False: it is no local, and the subject has escaped. */
  give(name: Name, { name: of, owner }: Subject, depth: 0 | 1): boolean {
    const home = this.homeOf(name.id)
    if (home === null || home.scope.kind === 'class') return false
    home.names.set(name.id, { name: of, owner, depth, isAlias: true })
    return true
  }

  forget(node: Expr): void {
    if (node.kind === 'Name') this.homeOf(node.id)?.names.delete(node.id)
  }

  giveDefault(def: FunctionDef, parameter: Name): void {
    this.names.set(parameter.id, { name: parameter.id, owner: { kind: 'default', def }, depth: 0, isAlias: false })
  }
}
