/** First phase for `def`, `class` and `type`: the scopes that definitions open, those of their types included. */
import type { ClassDef, FunctionDef, Stmt, Suite, TypeAlias, TypeParameter } from '../syntax/ast.ts'
import { LOCAL, PARAM, USE } from './block.ts'
import { add, addParameters, enter, visitAll, visitDefaults, type Place } from './collect.ts'
import { addFragment, bodyFragment } from './fragments.ts'

export function collectFunction(place: Place, node: FunctionDef): void {
  const { header } = node
  add(place, header.name.id, LOCAL)
  visitAll(place, header.decorators)
  visitDefaults(place, header.params)
  const around = header.typeParams.length === 0 ? place : enterTypeParameters(place, node, header.name.id)
  if (around !== place) {
    add(around, '.defaults', PARAM)
    if (header.params.some((param) => param.form === 'keyword-only' && param.default !== null)) add(around, '.kwdefaults', PARAM)
    header.typeParams.forEach((parameter) => typeParameter(around, parameter))
  }
  parameterAnnotations(around, node)
  const inside = enter(around, { kind: 'function', name: header.name.id, node, position: header.keyword })
  addParameters(inside, header.params)
  visitAll(inside, node.body)
}

function parameterAnnotations(place: Place, node: FunctionDef): void {
  const { annotations } = place.walk.traits
  if (annotations === 'ignored') return
  const inside = annotations === 'lazy' ? enterAnnotations(place, node) : place
  for (const param of node.header.params) if (param.annotation !== null) inside.visit(param.annotation)
  if (node.header.returns !== null) inside.visit(node.header.returns)
}

/** PEP 649: every function has an annotation scope, were it empty. */
function enterAnnotations(place: Place, node: FunctionDef): Place {
  const seesClass = place.block.seesClass || place.block.kind === 'class'
  const inside = enter(place, { kind: 'annotation', name: '__annotate__', node, position: node.header.keyword, seesClass })
  add(inside, '.format', PARAM | USE)
  if (seesClass) add(inside, '__classdict__', USE)
  return inside
}

export function collectClass(place: Place, node: ClassDef): void {
  const name = node.name.id
  add(place, name, LOCAL)
  visitAll(place, node.decorators)
  const generic = node.typeParams.length > 0
  const around = generic ? enterClassTypeParameters(place, node) : place
  visitAll(around, node.args)
  const inside = enter(around, { kind: 'class', name, node, position: node.keyword }, name, null)
  if (generic) {
    add(inside, '__type_params__', LOCAL)
    add(inside, '.type_params', USE)
  }
  collectClassBody(inside, node.body)
}

function collectClassBody({ walk, block, mangler }: Place, body: Suite): void {
  for (const stmt of body) {
    const fragment = bodyFragment(stmt, 'class', mangler, walk.traits)
    addFragment(block, fragment)
    walk.globals.push(...fragment.globals)
  }
}

export function collectTypeAlias(place: Place, node: TypeAlias): void {
  const name = node.name.id
  add(place, name, LOCAL)
  const seesClass = place.block.kind === 'class'
  const around = node.typeParams.length === 0 ? place : enterTypeParameters(place, node, name)
  if (around !== place) node.typeParams.forEach((parameter) => typeParameter(around, parameter))
  const inside = enter(around, { kind: 'type-alias', name, node, position: node.start, seesClass })
  addLazyNames(inside)
  inside.visit(node.value)
}

function enterTypeParameters(place: Place, node: Stmt, name: string, mangler?: string | null, mangled?: Set<string>): Place {
  const seesClass = place.block.kind === 'class'
  const position = node.kind === 'FunctionDef' ? node.header.keyword : node.kind === 'ClassDef' ? node.keyword : node.start
  const inside = enter(place, { kind: 'type-parameters', name, node, position, seesClass }, mangler, mangled)
  if (seesClass) add(inside, '__classdict__', USE)
  return inside
}

/** Only the type parameters themselves are mangled with the name of their own class. */
function enterClassTypeParameters(place: Place, node: ClassDef): Place {
  const inside = enterTypeParameters(place, node, node.name.id, node.name.id, new Set())
  add(inside, '.type_params', LOCAL | USE)
  add(inside, '.generic_base', LOCAL | USE)
  node.typeParams.forEach((parameter) => typeParameter(inside, parameter))
  return inside
}

/** The bound and the default have a scope each, evaluated when asked for. */
function typeParameter(place: Place, node: TypeParameter): void {
  const name = node.name.id
  place.mangled?.add(name)
  add(place, name, LOCAL)
  for (const expr of [node.bound, node.default]) {
    if (expr === null) continue
    const { seesClass } = place.block
    const inside = enter(place, { kind: 'type-variable', name, node, position: expr.start, seesClass })
    addLazyNames(inside)
    inside.visit(expr)
  }
}

function addLazyNames(place: Place): void {
  if (place.walk.traits.annotations === 'lazy') add(place, '.format', PARAM | USE)
  if (place.block.seesClass) add(place, '__classdict__', USE)
}
