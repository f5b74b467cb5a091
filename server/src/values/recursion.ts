/**
 * Which functions of a module may call themselves, or one another in a circle: told by the names in their texts, so that it does not depend on
 * what is known of any of them. Too many are taken to (a method of a name that another class has, too); none is missed.
 */
import type { ClassDef, FunctionDef, Node } from '../syntax/ast.ts'
import { forEachChild } from '../syntax/walk.ts'
import { functionsOf, type FunctionPlace } from '../semantic/functions.ts'
import { perObject } from '../text/on-demand.ts'
import { methodNamed } from './argument-answers.ts'
import type { ModuleChange, ModuleContext } from './changes.ts'
import { componentsFrom } from './components.ts'
import type { ModuleFact } from './module-facts.ts'

/** A function over its versions. */
interface Cell {
  def: FunctionDef
  ownClass: ClassDef | null
  /** Undefined: not looked at; null: no call in it leads back to it. */
  circle: Circle | null | undefined
}

/** The functions that may call one another in a circle. */
export interface Circle {
  has(def: FunctionDef): boolean
  readonly functions: readonly FunctionDef[]
}

export interface Recursion {
  /** Null: no call in the function leads back to it. */
  circleOf(def: FunctionDef): Circle | null
  /** What the function may call, near and far, itself included: what is called before what calls it, but for circles. */
  calledBy(def: FunctionDef): readonly Pick<FunctionPlace, 'def' | 'ownClass'>[]
  /** Goes on with another version of the module. Returns the functions, as before themselves, that are no longer in the circle they were in. */
  renew(module: ModuleContext, change: ModuleChange): readonly FunctionDef[]
}

export function createRecursion(first: ModuleContext): Recursion {
  let module = first
  const cells = new Map<FunctionDef, Cell>()
  const functions = new Named()
  const methods = new Named()
  let find = finder()

  for (const place of functionsOf(module.body)) add(cellOf(place))

  function add(cell: Cell): void {
    cells.set(cell.def, cell);
    named(cell).add(cell)
  }

  function remove(cell: Cell): void {
    cells.delete(cell.def);
    named(cell).delete(cell)
  }

  function named({ ownClass }: Cell): Named {
    return ownClass === null ? functions : methods
  }

  function finder(): (cell: Cell) => void {
    return componentsFrom(callees, (component, rests) => {
      const circle: Circle | null = rests ? { has: def => cells.get(def)?.circle === circle, get functions() { return component.map(c => c.def) } } : null
      for (const cell of component) cell.circle = circle
    })
  }

  function callees({ def }: Cell): readonly Cell[] {
    const found = new Set<Cell>()
    const { names, attributes } = writtenIn(def)
    for (const attribute of attributes) for (const cell of methods.get(attribute)) found.add(cell)
    follow(names, found, new Set())
    return [...found]
  }

  function follow(names: Iterable<string>, found: Set<Cell>, seen: Set<string>): void {
    for (const name of names) {
      if (seen.has(name)) continue
      seen.add(name)
      for (const cell of functions.get(name)) found.add(cell)
      const fact = module.facts.get(name)
      if (fact?.kind === 'assignment') follow(writtenIn(fact.value).names, found, seen)
      if (fact?.kind === 'class') followClass(fact.def, found, seen)
    }
  }

  /** What a call of the class runs. */
  function followClass(cls: ClassDef, found: Set<Cell>, seen: Set<string>): void {
    const init = methodNamed('__init__', cls)
    const cell = init && cells.get(init)
    if (cell) found.add(cell)
    else for (const base of cls.args) follow(writtenIn(base.value).names, found, seen)
  }

  function circleOf(def: FunctionDef): Circle | null {
    const cell = cells.get(def)
    if (!cell) return null
    if (cell.circle === undefined) find(cell)
    return cell.circle ?? null
  }

  function calledBy(def: FunctionDef): readonly Cell[] {
    const order: Cell[] = []
    const cell = cells.get(def)
    if (cell) componentsFrom(callees, component => { order.push(...component) })(cell)
    return order
  }

  function renew(next: ModuleContext, change: ModuleChange): readonly FunctionDef[] {
    const old = change.gone.flatMap(def => cells.get(def) ?? [])
    const fresh = change.functions.filter(f => !cells.has(f.def)).map(cellOf)
    for (const { def, ownClass } of change.functions) if (cells.has(def)) cells.get(def)!.ownClass = ownClass
    const isAlike = old.length === fresh.length && old.every((cell, i) => callsAlike(cell, fresh[i]!)) && [...change.facts].every(([name, fact]) => meansAlike(fact, next.facts.get(name)))
    module = next
    if (isAlike) {
      for (const [i, cell] of old.entries()) {
        cells.delete(cell.def);
        ({ def: cell.def, ownClass: cell.ownClass } = fresh[i]!)
        cells.set(cell.def, cell)
      }
      return []
    }
    for (const cell of old) remove(cell)
    for (const cell of fresh) add(cell)
    return regrouped()
  }

  function regrouped(): readonly FunctionDef[] {
    const before = [...cells.values()].flatMap(cell => (cell.circle === undefined ? [] : [[cell, cell.circle && new Set(cell.circle.functions)] as const]))
    for (const [cell] of before) cell.circle = undefined
    find = finder()
    return before.flatMap(([{ def }, circle]) => {
      const now = circleOf(def)
      return circle?.size === now?.functions.length && (circle === null || now!.functions.every(f => circle.has(f))) ? [] : [def]
    })
  }

  function callsAlike(a: Cell, b: Cell): boolean {
    return named(a) === named(b) && a.def.header.name.id === b.def.header.name.id && meaningful(writtenIn(a.def)) === meaningful(writtenIn(b.def))
  }

  /** Of what is written: the names of what is there to be called. */
  function meaningful({ names, attributes }: Written): string {
    return JSON.stringify([
      [...names].filter(n => functions.get(n).size > 0 || leadsOn(module.facts.get(n))).sort(),
      [...attributes].filter(a => methods.get(a).size > 0).sort(),
    ])
  }

  function meansAlike(a: ModuleFact | undefined, b: ModuleFact | undefined): boolean {
    if (a?.kind === 'class' && b?.kind === 'class') {
      return (methodNamed('__init__', a.def) === null) === (methodNamed('__init__', b.def) === null) && JSON.stringify(a.def.args.map(written)) === JSON.stringify(b.def.args.map(written))
    }
    if (a?.kind === 'assignment' && b?.kind === 'assignment') return meaningful(writtenIn(a.value)) === meaningful(writtenIn(b.value))
    return !leadsOn(a) && !leadsOn(b)
  }

  return { circleOf, calledBy, renew }
}

function cellOf({ def, ownClass }: Pick<FunctionPlace, 'def' | 'ownClass'>): Cell {
  return { def, ownClass, circle: undefined }
}

function leadsOn(fact: ModuleFact | undefined): boolean {
  return fact?.kind === 'class' || fact?.kind === 'assignment'
}

/** Functions by their names. */
class Named {
  private readonly byName = new Map<string, Set<Cell>>()

  get(name: string): ReadonlySet<Cell> {
    return this.byName.get(name) ?? NONE
  }

  add(cell: Cell): void {
    const name = cell.def.header.name.id
    this.byName.set(name, (this.byName.get(name) ?? new Set()).add(cell))
  }

  delete(cell: Cell): void {
    this.byName.get(cell.def.header.name.id)?.delete(cell)
  }
}

const NONE: ReadonlySet<Cell> = new Set()

interface Written {
  readonly names: ReadonlySet<string>
  readonly attributes: ReadonlySet<string>
}

/** What is written in a node, inner functions included. */
const writtenIn = perObject((node: Node): Written => {
  const [names, attributes] = [new Set<string>(), new Set<string>()]
  const visit = (inner: Node): void => {
    if (inner.kind === 'Name') names.add(inner.id)
    else if (inner.kind === 'Attribute') attributes.add(inner.attr)
    // That a function is made calls nothing.
    const made = inner.kind === 'FunctionDef' ? inner.header.name : null
    forEachChild(inner, child => { if (child !== made) visit(child) })
  }
  visit(node)
  return { names, attributes }
})

function written(node: { readonly value: Node }): readonly string[] {
  return [...writtenIn(node.value).names]
}
