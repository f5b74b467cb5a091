/**
 * Which functions of a module may call themselves, or one another in a circle: told by the names in their texts, so that it does not depend on
 * what is known of any of them. Too many are taken to (a method of a name that another class has, too); none is missed.
 */
import type { ClassDef, FunctionDef } from '../syntax/ast.ts'
import { functionsOf, type FunctionPlace } from '../semantic/functions.ts'
import type { Asking } from './asking.ts'
import { methodNamed } from './class-body.ts'
import { fromBases } from './bases.ts'
import type { ModuleChange, ModuleContext } from './changes.ts'
import { componentsFrom, neededFirst } from './components.ts'
import type { ModuleFact } from './module-facts.ts'
import { writtenIn, type Written } from './written.ts'

/** A function over its versions. */
interface Cell {
  def: FunctionDef
  ownClass: ClassDef | null
  /** What it may call; null: to be found. */
  callees: readonly Cell[] | null
  /** Undefined: not looked at. */
  circle: Circle | undefined
}

/** A number for the functions that may call one another in a circle; 0: no call in the function leads back to it. */
export type Circle = number

export interface Recursion {
  circleOf(def: FunctionDef): Circle
  /** What the function may call, near and far, itself included: what is called before what calls it, but for circles. */
  neededFor(def: FunctionDef): readonly Pick<FunctionPlace, 'def' | 'ownClass'>[]
  /** Goes on with another version of the module. Null: the functions that are as before are in the circles they were in. */
  renew(module: ModuleContext, change: ModuleChange): Regrouping | null
}

/** Have two functions come into one circle, or are they no longer in one? */
export type Regrouping = (a: FunctionDef, b: FunctionDef) => boolean

/** The same of a frame that asked for the summary of another, where both are of functions. */
export function isRegrouped({ def }: Asking, used: Asking, regrouping: Regrouping): boolean {
  return def !== null && def !== 'module' && used.def !== null && used.def !== 'module' && regrouping(def, used.def)
}

export function createRecursion(first: ModuleContext): Recursion {
  let module = first
  const cells = new Map<FunctionDef, Cell>()
  const functions = new Named()
  const methods = new Named()
  /** Circles get other numbers when they are looked for again. */
  let count = 0
  let find = finder()

  for (const place of functionsOf(module.body)) add(cellOf(place))

  function add(cell: Cell): void {
    cells.set(cell.def, cell)
    named(cell).add(cell)
  }

  function remove(cell: Cell): void {
    cells.delete(cell.def)
    named(cell).delete(cell)
  }

  function named({ ownClass }: Cell): Named {
    return ownClass === null ? functions : methods
  }

  function finder(): (cell: Cell) => void {
    return componentsFrom(calleesNow, (component, rests) => {
      const circle = rests ? ++count : 0
      for (const cell of component) cell.circle = circle
    })
  }

  function calleesNow(cell: Cell): readonly Cell[] {
    return cell.callees ??= calleesOf(cell)
  }

  function calleesOf({ def, ownClass }: Cell): readonly Cell[] {
    const found = new Set<Cell>()
    const { names, attributes, ofSelf } = writtenIn(def)
    const isOwn = ownClass !== null && isOnlyItself(def)
    for (const attribute of isOwn ? attributes : [...attributes, ...ofSelf]) for (const cell of methods.get(attribute)) found.add(cell)
    if (isOwn) for (const name of ofSelf) addMethod(ownClass, name, found)
    follow(names, found, new Set())
    return [...found]
  }

  /** The first parameter is what the method is called on, and nothing else comes into its name. */
  function isOnlyItself(def: FunctionDef): boolean {
    const [self] = def.header.params
    return self !== undefined && self.form.startsWith('positional') && self.annotation === null && module.scopes.scopeOf(def).symbols.get(self.name.id)?.assigned === false
  }

  /** The method that an object of the class has. */
  function addMethod(cls: ClassDef, name: string, found: Set<Cell>, seen = new Set<string>()): true | null {
    if (methods.get(name).size === 0 || seen.has(cls.name.id)) return null
    seen.add(cls.name.id)
    const fact = module.facts.get(cls.name.id)
    const current = fact?.kind === 'class' ? fact.def : cls
    const method = methodNamed(name, current)
    if (method === null) return fromBases(current, { factOf: id => module.facts.get(id) }, base => addMethod(base, name, found, seen), () => null)
    const cell = cells.get(method)
    if (cell) found.add(cell)
    return true
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

  function circleOf(def: FunctionDef): Circle {
    const cell = cells.get(def)
    if (cell && cell.circle === undefined) find(cell)
    return cell?.circle ?? 0
  }

  function neededFor(def: FunctionDef): readonly Cell[] {
    const cell = cells.get(def)
    return cell ? neededFirst(calleesNow, cell) : []
  }

  function renew(next: ModuleContext, change: ModuleChange): Regrouping | null {
    for (const { def, ownClass } of change.functions) if (cells.has(def)) cells.get(def)!.ownClass = ownClass
    const old = change.gone.flatMap(def => cells.get(def) ?? [])
    const fresh = change.functions.filter(f => !cells.has(f.def)).map(cellOf)
    const stays = old.length === fresh.length && old.every((cell, i) => named(cell) === named(fresh[i]!) && nameOf(cell) === nameOf(fresh[i]!))
    const meansSame = [...change.facts].every(([name, fact]) => meansAlike(fact, next.facts.get(name)))
    const edited = stays ? old.filter((cell, i) => callsOf(cell) !== callsOf(fresh[i]!)) : []
    module = next
    if (stays) for (const [i, cell] of old.entries()) become(cell, fresh[i]!)
    else replace(old, fresh)
    if (!meansSame) {
      for (const cell of cells.values()) cell.callees = null
      return regrouped()
    }
    // Each of them is asked: what it calls is found anew.
    const isChanged = stays ? edited.filter(changesCircles).length > 0 : old.some(isInCircle) || fresh.some(cell => reaches(calleesNow(cell), cell))
    return isChanged ? regrouped() : null
  }

  function become(cell: Cell, { def, ownClass }: Cell): void {
    cells.delete(cell.def)
    cell.def = def
    cell.ownClass = ownClass
    cells.set(def, cell)
  }

  function replace(old: readonly Cell[], fresh: readonly Cell[]): void {
    for (const cell of old) remove(cell)
    for (const cell of fresh) add(cell)
    const touched = new Set([...old, ...fresh].map(nameOf))
    for (const cell of cells.values()) if (mentionsAny(cell, touched)) cell.callees = null
  }

  /** The function calls others than before: a circle that it was in may be open, or one is closed. */
  function changesCircles(cell: Cell): boolean {
    const before = new Set(cell.callees)
    cell.callees = null
    // Nothing that was looked at leads to it.
    if (cell.circle === undefined) return false
    const now = new Set(calleesNow(cell))
    return [...before].some(c => !now.has(c) && areTogether(c.circle, cell.circle)) || reaches([...now].filter(c => !before.has(c)), cell)
  }

  function reaches(from: readonly Cell[], goal: Cell): boolean {
    const seen = new Set(from)
    for (const cell of seen) {
      if (cell === goal) return true
      for (const callee of calleesNow(cell)) seen.add(callee)
    }
    return false
  }

  function regrouped(): Regrouping {
    const before = new Map([...cells.values()].flatMap(cell => (cell.circle === undefined ? [] : [[cell, cell.circle] as const])))
    for (const cell of before.keys()) cell.circle = undefined
    find = finder()
    return (f, g) => {
      const [a, b] = [cells.get(f), cells.get(g)]
      return a !== undefined && b !== undefined && areTogether(before.get(a), before.get(b)) !== areTogether(circleOf(f), circleOf(g))
    }
  }

  /** Of what is written: the names of what is there to be called. */
  function callsOf({ def }: Cell): string {
    return meaningful(writtenIn(def))
  }

  function meaningful({ names, attributes, ofSelf }: Written): string {
    const isMethod = (name: string): boolean => methods.get(name).size > 0
    return JSON.stringify([
      [...names].filter(n => functions.get(n).size > 0 || leadsOn(module.facts.get(n))).sort(), [...attributes].filter(isMethod).sort(), [...ofSelf].filter(isMethod).sort(),
    ])
  }

  function meansAlike(a: ModuleFact | undefined, b: ModuleFact | undefined): boolean {
    if (a?.kind === 'class' && b?.kind === 'class') return inits(a.def) === inits(b.def) && JSON.stringify(a.def.args.map(namesOf)) === JSON.stringify(b.def.args.map(namesOf))
    if (a?.kind === 'assignment' && b?.kind === 'assignment') return meaningful(writtenIn(a.value)) === meaningful(writtenIn(b.value))
    return !leadsOn(a) && !leadsOn(b)
  }

  return { circleOf, neededFor, renew }
}

function cellOf({ def, ownClass }: Pick<FunctionPlace, 'def' | 'ownClass'>): Cell {
  return { def, ownClass, callees: null, circle: undefined }
}

function nameOf({ def }: Cell): string {
  return def.header.name.id
}

function isInCircle({ circle }: Cell): boolean {
  return areTogether(circle, circle)
}

function areTogether(a: Circle | undefined, b: Circle | undefined): boolean {
  return a === b && a !== undefined && a > 0
}

function mentionsAny({ def }: Cell, wanted: ReadonlySet<string>): boolean {
  const { names, attributes, ofSelf } = writtenIn(def)
  return [...wanted].some(name => names.has(name) || attributes.has(name) || ofSelf.has(name))
}

function namesOf(base: { readonly value: ClassDef['args'][number]['value'] }): readonly string[] {
  return [...writtenIn(base.value).names]
}

function inits(cls: ClassDef): boolean {
  return methodNamed('__init__', cls) !== null
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
    this.byName.set(nameOf(cell), (this.byName.get(nameOf(cell)) ?? new Set()).add(cell))
  }

  delete(cell: Cell): void {
    this.byName.get(nameOf(cell))?.delete(cell)
  }
}

const NONE: ReadonlySet<Cell> = new Set()
