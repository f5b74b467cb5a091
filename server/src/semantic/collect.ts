/**
 * First phase of name resolution: which names each block binds, declares and reads, in one walk
 * (Python/symtable.c, `symtable_visit_*`). Definitions, which open scopes for types, are in `definitions.ts`.
 */
import type { AnnAssign, Comprehension, Expr, Lambda, NamedExpr, Node, Parameter, Pattern, Stmt } from '../syntax/ast.ts'
import { forEachChild } from '../syntax/walk.ts'
import {
  addFlags, ANNOTATED, flagsOf, GLOBAL, IMPORT, LOCAL, newBlock, NONLOCAL, PARAM, USE, type Block, type BlockHead,
} from './block.ts'
import { collectClass, collectFunction, collectTypeAlias } from './definitions.ts'
import { frameBuiltin, readsFrames } from './frames.ts'
import { mangle } from './scope.ts'
import type { Traits } from './traits.ts'

/** State of one walk, shared by all blocks in it. */
interface Walk {
  readonly traits: Traits
  /** The statement of the module or class body. */
  readonly root: Stmt
  /** Names that `global` declares anywhere in it: they become names of the module. */
  readonly globals: string[]
  readonly deferred: (() => void)[]
  depth: number
}

/** Where the walk is: the block that gets the names, and how names are mangled there. */
export interface Place {
  readonly walk: Walk
  readonly block: Block
  readonly mangler: string | null
  /** In the type-parameter scope of a generic class: only these names are mangled. Null: all are. */
  readonly mangled: Set<string> | null
  readonly outer: Place | null
  /** In an annotation that is never evaluated (of a local, Python 3.14): names do not count. */
  readonly unevaluated: boolean
  /** Walks one node here. */
  readonly visit: (node: Node) => void
}

/** Nodes nested deeper than this are put aside and walked from the top of the stack. */
const MAX_DEPTH = 200

interface Collected {
  /** What the body's block would be if it had no other statement. */
  readonly block: Block
  /** Names declared global, at any depth. */
  readonly globals: readonly string[]
}

/** Collects one statement of a module or class body. */
export function collectStatement(stmt: Stmt, kind: 'module' | 'class', mangler: string | null, traits: Traits): Collected {
  const block = newBlock({ kind, name: '', node: null, position: stmt.start, mangler })
  const walk: Walk = { traits, root: stmt, globals: [], deferred: [], depth: 0 }
  placeAt(walk, block, mangler, null, null, false).visit(stmt)
  for (let next = walk.deferred.pop(); next !== undefined; next = walk.deferred.pop()) next()
  return { block, globals: walk.globals }
}

function placeAt(
  walk: Walk, block: Block, mangler: string | null, mangled: Set<string> | null, outer: Place | null, unevaluated: boolean,
): Place {
  const place: Place = {
    walk, block, mangler, mangled, outer, unevaluated,
    visit: (node) => {
      if (walk.depth >= MAX_DEPTH) {
        walk.deferred.push(() => place.visit(node))
        return
      }
      walk.depth++
      visitNode(place, node)
      walk.depth--
    },
  }
  return place
}

/** Opens a block inside `place` and returns the place inside it. */
export function enter(place: Place, head: Omit<BlockHead, 'mangler'>, mangler = place.mangler, mangled = place.mangled): Place {
  const block = newBlock({ ...head, mangler })
  place.block.children.push(block)
  return placeAt(place.walk, block, mangler, mangled, place, false)
}

/** Records what happens to a name here. */
export function add(place: Place, name: string, flags: number): void {
  if (place.unevaluated) return
  addFlags(place.block, mangledAt(place, name), flags)
}

function mangledAt(place: Place, name: string): string {
  return place.mangled !== null && !place.mangled.has(name) ? name : mangle(place.mangler, name)
}

export function visitAll(place: Place, nodes: readonly Node[]): void {
  for (const node of nodes) place.visit(node)
}

export function addParameters(place: Place, params: readonly Parameter[]): void {
  for (const param of params) add(place, param.name.id, PARAM)
}

export function visitDefaults(place: Place, params: readonly Parameter[]): void {
  for (const param of params) if (param.default !== null) place.visit(param.default)
}

function visitNode(place: Place, node: Node): void {
  switch (node.kind) {
    case 'Name': return use(place, node.id)
    case 'NamedExpr': return namedExpr(place, node)
    case 'Lambda': return lambda(place, node)
    case 'Comprehension': return comprehension(place, node)
    case 'FunctionDef': return collectFunction(place, node)
    case 'ClassDef': return collectClass(place, node)
    case 'TypeAlias': return collectTypeAlias(place, node)
    case 'Assign':
      place.visit(node.value)
      return node.targets.forEach((target) => bind(place, target))
    case 'AugAssign':
      bind(place, node.target)
      return place.visit(node.value)
    case 'AnnAssign': return annAssign(place, node)
    case 'Delete': return node.targets.forEach((target) => bind(place, target))
    case 'For':
      place.visit(node.iter)
      bind(place, node.target)
      visitAll(place, node.body)
      return visitAll(place, node.orelse)
    case 'WithItem':
      place.visit(node.context)
      return node.target === null ? undefined : bind(place, node.target)
    case 'Generator': return generator(place, node)
    case 'ExceptHandler':
      if (node.type !== null) place.visit(node.type)
      if (node.name !== null) add(place, node.name.id, LOCAL)
      return visitAll(place, node.body)
    case 'ImportAlias': return add(place, node.bound.id, IMPORT)
    case 'Global': return node.names.forEach((name) => declareGlobal(place, name.id))
    case 'Nonlocal': return node.names.forEach((name) => add(place, name.id, NONLOCAL))
    case 'MatchStar':
    case 'MatchAs':
    case 'MatchMapping': return capture(place, node)
    case 'Call':
      noteFrameCall(place, node)
      return forEachChild(node, place.visit)
    default: return forEachChild(node, place.visit)
  }
}

function use(place: Place, name: string): void {
  add(place, name, USE)
  if (name === 'super' && place.block.kind !== 'module' && place.block.kind !== 'class') add(place, '__class__', USE)
}

/** A target of an assignment, `for`, `with` or `del`. */
function bind(place: Place, target: Expr): void {
  switch (target.kind) {
    case 'Name': return add(place, target.id, LOCAL)
    case 'Tuple':
    case 'List': return target.elts.forEach((element) => bind(place, element))
    case 'Starred': return bind(place, target.value)
    default: return place.visit(target)
  }
}

function declareGlobal(place: Place, name: string): void {
  add(place, name, GLOBAL)
  place.walk.globals.push(mangledAt(place, name))
}

function capture(place: Place, node: Extract<Pattern, { kind: 'MatchStar' | 'MatchAs' | 'MatchMapping' }>): void {
  const name = node.kind === 'MatchMapping' ? node.rest : node.name
  forEachChild(node, (child) => child === name ? add(place, name.id, LOCAL) : place.visit(child))
}

function annAssign(place: Place, node: AnnAssign): void {
  const { target, value, simple } = node
  if (target.kind !== 'Name') place.visit(target)
  else if (simple) add(place, target.id, ANNOTATED | LOCAL)
  else if (value !== null) add(place, target.id, LOCAL)
  variableAnnotation(place, node)
  if (value !== null) place.visit(value)
}

function variableAnnotation(place: Place, node: AnnAssign): void {
  const { walk, block } = place
  const inClass = block.kind === 'class'
  const inModule = block.kind === 'module'
  if (walk.traits.conditionalAnnotations && (inModule || (inClass && node !== walk.root))) add(place, '__conditional_annotations__', USE)
  if (walk.traits.annotations === 'eager') place.visit(node.annotation)
  else if (walk.traits.annotations === 'lazy') {
    block.annotations ??= annotationBlock(node.annotation, place.mangler, inClass)
    placeAt(walk, block.annotations, place.mangler, place.mangled, place, !inClass && !inModule).visit(node.annotation)
  }
}

/** PEP 649: one scope for all variable annotations of a block. */
function annotationBlock(first: Expr, mangler: string | null, seesClass: boolean): Block {
  const block = newBlock({ kind: 'annotation', name: '__annotate__', node: first, position: first.start, mangler, seesClass })
  addFlags(block, '.format', PARAM | USE)
  if (seesClass) addFlags(block, '__classdict__', USE)
  return block
}

function lambda(place: Place, node: Lambda): void {
  visitDefaults(place, node.params)
  const inside = enter(place, { kind: 'lambda', name: 'lambda', node, position: node.start })
  addParameters(inside, node.params)
  inside.visit(node.body)
}

const COMPREHENSION_NAMES = { list: 'listcomp', set: 'setcomp', dict: 'dictcomp', generator: 'genexpr' } as const

/** The first iterable is evaluated outside and handed over as the argument `.0`. */
function comprehension(place: Place, node: Comprehension): void {
  const [first, ...rest] = node.generators
  if (first === undefined) return
  place.visit(first.iter)
  const inside = enter(place, { kind: 'comprehension', name: COMPREHENSION_NAMES[node.form], node, position: node.start })
  add(inside, '.0', PARAM)
  bind(inside, first.target)
  visitAll(inside, first.ifs)
  visitAll(inside, rest)
  inside.visit(node.elt)
  if (node.value !== null) inside.visit(node.value)
}

function generator(place: Place, node: Extract<Node, { kind: 'Generator' }>): void {
  place.visit(node.iter)
  bind(place, node.target)
  visitAll(place, node.ifs)
}

/** PEP 572: inside comprehensions the target belongs to the nearest function around them, or the module. */
function namedExpr(place: Place, { target, value }: NamedExpr): void {
  if (place.block.kind === 'comprehension') bindOutside(place, target.id)
  place.visit(value)
  add(place, target.id, LOCAL)
}

function bindOutside(place: Place, name: string): void {
  let owner = place.outer
  while (owner !== null && owner.block.kind === 'comprehension') owner = owner.outer
  if (owner === null) return
  const { kind } = owner.block
  if (kind === 'module') {
    declareGlobal(place, name)
    declareGlobal(owner, name)
  } else if (kind === 'function' || kind === 'lambda') {
    if ((flagsOf(owner.block, mangledAt(owner, name)) & GLOBAL) !== 0) declareGlobal(place, name)
    else add(place, name, NONLOCAL)
    add(owner, name, LOCAL)
  }
}

function noteFrameCall({ block, unevaluated }: Place, node: Extract<Node, { kind: 'Call' }>): void {
  if (unevaluated) return
  const builtin = frameBuiltin(node)
  if (builtin !== null) block.frameCalls = [...(block.frameCalls ?? []), builtin]
  if (readsFrames(node)) block.seesFrames = true
}
