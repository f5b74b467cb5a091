/**
 * Keys of which there are only so many: constants, types, functions, modules, file extensions. A table keyed by them ends to grow
 * once it has them all. Told by what the key is made of; a parameter by its annotation and its name.
 */
import type { Call, Expr, FunctionDef, Parameter, Stmt } from '../../syntax/ast.ts'
import { lastName } from '../../syntax/expressions.ts'
import type { ModuleUses } from '../../semantic/uses/uses.ts'
import type { ModuleFacts } from '../../values/module-facts.ts'
import type { WorkspaceView } from '../../workspace/index.ts'
import { isMetaclass } from './occasions.ts'
import { localValue, nodesOf } from './walk.ts'

/** Where a key is computed. */
export interface KeyPlace {
  /** Those around the expression, innermost last. */
  readonly functions: readonly FunctionDef[]
  readonly cls: string | null
  /** The statements around it, outermost first. */
  readonly around: readonly Stmt[]
  readonly facts: ModuleFacts
  readonly uses: Pick<ModuleUses, 'ofGlobal' | 'ofAttribute'>
  /** Null: other files are not known. */
  readonly workspace: Pick<WorkspaceView, 'usesOf' | 'path'> | null
}

export function isClosedKey(key: Expr, at: KeyPlace, depth = 0): boolean {
  const closedIn = (expr: Expr, place: KeyPlace): boolean => depth < 6 && isClosedKey(expr, place, depth + 1)
  const closed = (expr: Expr): boolean => closedIn(expr, at)
  switch (key.kind) {
    case 'Constant': return true
    case 'Compare': return true
    case 'UnaryOp': return key.op === 'not' || closed(key.operand)
    case 'BoolOp': return key.values.every(closed)
    case 'IfExp': return closed(key.body) && closed(key.orelse)
    case 'BinOp': return closed(key.left) && closed(key.right)
    case 'Tuple': return key.elts.every(closed)
    case 'JoinedStr': return key.values.every(v => (v.kind === 'FormattedValue' ? closed(v.value) : true))
    case 'Attribute': return CLOSED_ATTRIBUTES.test(key.attr) || (isConstantName(key.attr) && key.value.kind === 'Name') || (!isImportedObject(key.value, at.facts) && closed(key.value))
    case 'Subscript': return !isImportedObject(key.value, at.facts) && closed(key.value)
    case 'Call': return isClosedCall(key, closed)
    case 'Name': return isClosedName(key.id, at, closedIn)
    default: return false
  }
}

/** `from flask import request`: the name is one thing, what is read through it is another at each call. Classes and constants stay as they are. */
function isImportedObject(expr: Expr, facts: ModuleFacts): boolean {
  const fact = expr.kind === 'Name' ? facts.get(expr.id) : undefined
  return fact?.kind === 'import' && fact.dotted.includes('.') && /^[^A-Z]/.test(fact.dotted.slice(fact.dotted.lastIndexOf('.') + 1))
}

function isClosedCall({ func, args }: Extract<Expr, { kind: 'Call' }>, closed: (expr: Expr) => boolean): boolean {
  const name = lastName(func) ?? ''
  if (CLOSED_CALLS.has(name)) return true
  // `type(x).__name__.lower()`, `str(level)`, `tuple(kinds)`: as many as there are of what it is made from.
  if (func.kind === 'Attribute' && args.every(a => closed(a.value))) return closed(func.value)
  return args.length > 0 && func.kind === 'Name' && args.every(a => closed(a.value))
}

const CLOSED_CALLS: ReadonlySet<string> = new Set([
  'type', 'bool', 'callable', 'isinstance', 'splitext', 'getpid', 'get_language', 'getlocale', 'getdefaultlocale', 'getpreferredencoding', 'class_name', 'content_type', 'get_backend', 'system',
  'machine', 'get_start_method', 'getmodule', 'import_module', 'guess_type',
])

/** Attributes that say what something is, not which one. */
const CLOSED_ATTRIBUTES = /^(__\w+__|_?(type|class|cls|klass|kind|category|dtype|suffix|ext|extension|level|levelno|levelname|status|status_code|method|lang|language|locale|encoding|charset|scheme|platform|app_label|model|model_name|module|dialect|backend|vendor|alias|func|function|fn|family|mode|typecode|itemsize|ndim|name_prefix|protocol|opcode|op|operator|errno|signum|subclass|concrete_model|_meta|meta))$/

const CLOSED_NAMES = /(^|_)(type|class|module|mod|field|func|function|lang|language|model|attr|method|table|column|col|app|pkg|package|plugin|backend|dtype|enum|format)_?(name|num|no|id|code|label|key|type)s?$|module$|types?$|^name$|(^|_)(cls|klass|class|typ|type|types|tp|t|model|func|fn|function|callable|module|mod|modname|package|pkg|app|dtype|ext|extension|suffix|lang|language|locale|encoding|charset|codec|level|mode|kind|category|protocol|scheme|platform|arch|attr|attrname|field|fieldname|prop|property|opcode|op|operator|sig|signal|signum|errno|unit|option|optname|alias|using|backend|engine|dialect|label|builtin|sentinel|target_type|subclass|method|methname|constructor|flag|flags|enum|member|format|fmt|section|role|domain|algo|algorithm|digestmod|hash_name|bits|parity|base|dim|ndim|axis|dims|obj_type|exc|exc_type|plugin|interface|iface|proto|codename|directive|filter|tag|tagname|setting|feature|version|ver|python|env_name|loader|cpu|device)$/i

const CLOSED_TYPES: ReadonlySet<string> = new Set(['type', 'Type', 'Callable', 'Literal', 'bool', 'ModuleType', 'FunctionType', 'Enum', 'DType', 'Locale'])

function isClosedName(id: string, at: KeyPlace, closedIn: (expr: Expr, place: KeyPlace) => boolean): boolean {
  const { functions, facts } = at
  const def = functions.at(-1)
  const local = def && localValue(id, def)
  if (local) return local.isElement ? isClosedSource(local.expr, facts) || CLOSED_NAMES.test(id) : closedIn(local.expr, at) || CLOSED_NAMES.test(id)
  const owner = functions.find(f => f.header.params.some(p => p.name.id === id))
  const param = owner?.header.params.find(p => p.name.id === id)
  if (owner && param) return isClosedParameter(param) || (at.cls !== null && param === functions[0]?.header.params[0] && isMetaclass(at.cls, facts)) || isBaseClass(id, owner) || (owner.header.name.id === '__get__' && owner.header.params[2] === param) || (owner === functions[0] && isGivenClosed(owner, param, at, closedIn))
  if (/^__\w+__$/.test(id)) return true
  const fact = facts.get(id)
  if (fact?.kind === 'function' || fact?.kind === 'class' || fact?.kind === 'import') return true
  if (fact?.kind === 'assignment' && fact.value.kind === 'Constant') return true
  return (fact !== undefined && isConstantName(id)) || CLOSED_NAMES.test(id)
}

/** All callers of the function are known, and pass only so many things: it is private, or nobody elsewhere uses it. */
export function isGivenClosed(def: FunctionDef, param: Parameter, at: KeyPlace, closed: (expr: Expr, place: KeyPlace) => boolean = isClosedKey): boolean {
  const { cls, facts, uses, workspace } = at
  const { header } = def
  const name = header.name.id
  if (!isOfThisFile(name, at)) return false
  const found = (cls === null ? uses.ofGlobal(name) : uses.ofAttribute(name)).filter(use => use.node !== header.name)
  return found.length > 0 && found.every(({ act, deed, place, around }) => {
    if (deed !== 'call' || act.kind !== 'Call') return false
    const passed = passedFor(param, act, header.params.slice(cls === null ? 0 : 1))
    if (passed === 'unknown') return false
    if (isSwitchedOff(act, def, at)) return true
    return passed === 'default' ? param.default !== null : closed(passed, { functions: place.functions, cls: place.cls, around, facts, uses, workspace })
  })
}

/** The file calls the function, and each time gives the parameter something else than its default. */
export function isAlwaysGiven(def: FunctionDef, name: string, uses: ModuleUses): boolean {
  const { params, name: own } = def.header
  const param = params.find(p => p.name.id === name)
  const calls = uses.ofGlobal(own.id).filter(use => use.node !== own && use.deed === 'call' && use.act.kind === 'Call')
  return param !== undefined && calls.length > 0 && calls.every(({ act }) => act.kind === 'Call' && typeof passedFor(param, act, params) !== 'string')
}

/** No other file uses it, as far as that is known. Of a public function it has to be known. */
function isOfThisFile(name: string, { cls, workspace }: KeyPlace): boolean {
  if (name.startsWith('__')) return false
  const isPrivate = name.startsWith('_')
  if (cls !== null || workspace === null) return isPrivate
  const { uses, doubts } = workspace.usesOf(name)
  return uses.every(use => use.path === workspace.path) && (isPrivate || doubts.every(doubt => doubt.kind === 'unread'))
}

function passedFor(param: Parameter, { args }: Call, params: readonly Parameter[]): Expr | 'default' | 'unknown' {
  const index = params.indexOf(param)
  if (args.some((a, i) => (a.form === 'star' && i <= index) || a.form === 'double-star')) return 'unknown'
  const passed = args.find(a => a.name === param.name.id) ?? (args[index]?.form === 'positional' ? args[index] : undefined)
  return passed?.value ?? 'default'
}

/** The key is computed under `if keep:`, and the call passes `keep=False`. */
function isSwitchedOff(call: Call, { header: { params } }: FunctionDef, { around }: KeyPlace): boolean {
  return around.some(stmt => {
    const { test } = stmt.kind === 'If' && stmt.orelse.length === 0 ? stmt : { test: null }
    const flag = test?.kind === 'Name' ? params.find(p => p.name.id === test.id) : undefined
    const passed = flag && passedFor(flag, call, params)
    return typeof passed === 'object' && passed.kind === 'Constant' && (passed.type === 'False' || passed.type === 'None')
  })
}

/** `class Made(cls)` in the function: it is given classes. */
function isBaseClass(id: string, def: FunctionDef): boolean {
  return nodesOf(def).some(n => n.kind === 'ClassDef' && n.args.some(a => a.value.kind === 'Name' && a.value.id === id))
}

function isClosedParameter({ name, annotation }: Parameter): boolean {
  if (CLOSED_NAMES.test(name.id)) return true
  const head = annotation?.kind === 'Subscript' ? annotation.value : annotation
  const word = (head && lastName(head)) ?? ''
  return CLOSED_TYPES.has(word)
}

/** What is walked is written in the program, or is the program itself: a literal, a constant, the names of a module. */
export function isClosedSource(expr: Expr, facts: ModuleFacts): boolean {
  switch (expr.kind) {
    case 'List':
    case 'Tuple':
    case 'Set':
    case 'Dict': return true
    case 'Name': return facts.get(expr.id) !== undefined || isConstantName(expr.id) || /^(.*_)?(types|classes|models|modules|fields|args|kwargs|attrs|names|options)$/.test(expr.id)
    case 'Attribute': return /^(__\w+__|modules|[A-Z][A-Z0-9_]*|_?fields|_?meta)$/.test(expr.attr)
    case 'Call': {
      const { func, args } = expr
      const name = lastName(func) ?? ''
      if (['dir', 'vars', 'globals', 'fields', 'signature', 'getmembers', 'iter_modules', 'walk_packages', 'entry_points', 'get_models', 'get_app_configs', '__subclasses__', 'mro', 'range'].includes(name)) return true
      if (func.kind === 'Attribute' && (['items', 'keys', 'values', 'copy'].includes(name))) return isClosedSource(func.value, facts)
      return args.length > 0 && func.kind === 'Name' && args.every(a => isClosedSource(a.value, facts))
    }
    default: return false
  }
}

/** What is in it comes of something closed, or is left of it: `set(KINDS).difference(seen)`, `set(KINDS) - seen`, `(k for k in KINDS if k not in seen)`. */
export function areClosedItems(expr: Expr, closed: (expr: Expr) => boolean): boolean {
  const areClosed = (inner: Expr): boolean => areClosedItems(inner, closed)
  switch (expr.kind) {
    case 'List':
    case 'Tuple':
    case 'Set': return expr.elts.every(e => e.kind === 'Constant')
    case 'Dict': return expr.keys.every(k => k !== null && closed(k))
    case 'BinOp': return expr.op === '-' || expr.op === '&' ? areClosed(expr.left) : areClosed(expr.left) && areClosed(expr.right)
    case 'Comprehension': {
      const [walked, ...others] = expr.generators
      return others.length === 0 && expr.elt.kind === 'Name' && walked?.target.kind === 'Name' && walked.target.id === expr.elt.id && areClosed(walked.iter)
    }
    case 'Call': {
      const { func, args } = expr
      if (func.kind === 'Attribute' && LEAVING.has(func.attr)) return areClosed(func.value)
      return func.kind === 'Name' && COPYING.has(func.id) && args.length === 1 ? areClosed(args[0]!.value) : closed(expr)
    }
    default: return closed(expr)
  }
}

/** What they give is in the object that they are called on. */
const LEAVING: ReadonlySet<string> = new Set(['difference', 'intersection', 'copy'])
const COPYING: ReadonlySet<string> = new Set(['set', 'frozenset', 'list', 'tuple', 'dict', 'sorted'])

function isConstantName(id: string): boolean {
  return /^_?[A-Z][A-Z0-9_]*$/.test(id)
}
