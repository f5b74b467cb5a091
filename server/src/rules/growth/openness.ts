/**
 * Signs that a collection gets ever more entries: each call adds one, or the keys are made of what the program works on (identities,
 * paths, addresses, texts, users, moments). Where there is no such sign, and none of a fixed set of keys either (`keys.ts`), nobody knows.
 */
import type { Expr, FunctionDef } from '../../syntax/ast.ts'
import { lastName } from '../../syntax/expressions.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { ModuleFacts } from '../../values/module-facts.ts'
import { isEnumeration } from '../class-bases.ts'
import { localValues, mentions } from './walk.ts'

/** `isKeyed`: equal keys are one entry; else each addition makes one. */
export function isOpenGrowth({ growth, place: { functions } }: Use, isKeyed: boolean, facts: ModuleFacts): boolean {
  if (growth === null) return false
  const { key, value, all } = growth
  // The same constants again and again: a list that is set up.
  if (!isKeyed) return all || value?.kind !== 'Constant'
  const added = key ?? value
  if (added === null) return false
  return (all ? partsOf(added) : [added]).some(part => isOpen(part, { functions, facts }))
}

/** Of what is written out, `{key: value}` or `{value}`: what becomes a key. */
function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'Dict': return expr.keys.filter(key => key !== null)
    case 'Set':
    case 'List':
    case 'Tuple': return expr.elts
    default: return []
  }
}

/** Where a key is computed. */
interface Where {
  /** Those around the expression, innermost last. */
  readonly functions: readonly FunctionDef[]
  readonly facts: ModuleFacts
}

function isOpen(expr: Expr, where: Where, depth = 0): boolean {
  const open = (e: Expr | null): boolean => e !== null && depth < 6 && isOpen(e, where, depth + 1)
  switch (expr.kind) {
    case 'Name': return isOpenName(expr.id, where, open)
    case 'Attribute': return isOpenWord(expr.attr) && !isOfCode(expr.attr) && !isOfModule(expr, where) && !isMember(expr.value, where)
    case 'Subscript': return open(expr.value) || (expr.slice.kind === 'Constant' && typeof expr.slice.value === 'string' && isOpenWord(expr.slice.value))
    case 'Call': return isOpenCall(expr, where, open)
    case 'Tuple': return expr.elts.some(open)
    case 'BinOp': return open(expr.left) || open(expr.right)
    case 'BoolOp': return expr.values.some(open)
    case 'IfExp': return open(expr.body) || open(expr.orelse)
    case 'JoinedStr': return expr.values.some(v => v.kind === 'FormattedValue' && open(v.value))
    case 'FormattedValue':
    case 'NamedExpr':
    case 'Await': return open(expr.value)
    default: return false
  }
}

function isOpenName(id: string, { functions }: Where, open: (e: Expr) => boolean): boolean {
  if (isOfModuleItself(id)) return false
  const def = functions.at(-1)
  const values = (def && localValues(id, def)) ?? []
  if (values.length > 0 && values.every(({ expr, isElement }) => !isElement && isOfItself(expr))) return false
  // What lies beside the program is part of it.
  if (values.length > 0 && values.every(({ expr }) => mentions(expr, '__file__'))) return false
  if (values.some(({ expr, isElement }) => !isElement && open(expr))) return true
  const owner = functions.find(f => f.header.params.some(p => p.name.id === id))
  const param = owner?.header.params.find(p => p.name.id === id)
  return param?.form === 'star' || (isOpenWord(id) && (owner === undefined || !isCalledWithNothing(owner)))
}

/** A parameter that is a member of an enumeration of the module, as it is annotated. */
function isMember(expr: Expr, { functions, facts }: Where): boolean {
  if (expr.kind !== 'Name') return false
  const annotation = functions.flatMap(f => f.header.params).findLast(p => p.name.id === expr.id)?.annotation
  const fact = annotation?.kind === 'Name' ? facts.get(annotation.id) : undefined
  return fact?.kind === 'class' && isEnumeration(fact.def)
}

/** It works without being told of anything: its parameters are settings. */
function isCalledWithNothing({ header }: FunctionDef): boolean {
  return header.params.every(p => p.default !== null || p.name.id === 'self' || p.name.id === 'cls') && header.params.some(p => p.default !== null)
}

/** What the object or the program gives without being told of which: whatever it is called, there are as many as there are settings. */
function isOfItself(expr: Expr): boolean {
  switch (expr.kind) {
    case 'Constant': return true
    case 'Name': return isOfModuleItself(expr.id)
    case 'Attribute': return isOfCode(expr.attr)
    case 'Call': return isAskedOfItself(expr) || (expr.args.length > 0 && expr.args.every(a => isOfItself(a.value)))
    default: return false
  }
}

function isAskedOfItself({ func, args }: Extract<Expr, { kind: 'Call' }>): boolean {
  return args.length === 0 && func.kind === 'Attribute' && !OPEN_CALLS.has(func.attr) && func.value.kind === 'Name' && (func.value.id === 'self' || func.value.id === 'cls')
}

/** `__file__`, `__name__`. */
function isOfModuleItself(id: string): boolean {
  return /^__\w+__$/.test(id)
}

/** Of a code object. */
function isOfCode(attr: string): boolean {
  return attr.startsWith('co_')
}

/** A module's function gives as many values as it is given, whatever the module is called (`os.path`). */
function isOpenCall(call: Extract<Expr, { kind: 'Call' }>, where: Where, open: (e: Expr) => boolean): boolean {
  const { func, args } = call
  if (OPEN_CALLS.has(lastName(func) ?? '')) return true
  return !isAskedOfItself(call) && (args.some(a => open(a.value)) || (func.kind === 'Attribute' && !isOfModule(func.value, where) && open(func.value)))
}

/** A module, or what is read through one: a thing of the program, of which there is one. */
function isOfModule(expr: Expr, { functions, facts }: Where): boolean {
  if (expr.kind === 'Attribute') return isOfModule(expr.value, { functions, facts })
  if (expr.kind !== 'Name' || functions.some(f => f.header.params.some(p => p.name.id === expr.id))) return false
  const fact = facts.get(expr.id)
  return fact?.kind === 'import' && (!fact.dotted.includes('.') || NESTED_MODULES.has(fact.dotted))
}

/** Of others that are imported from a module, nobody knows whether they are modules or objects. */
const NESTED_MODULES: ReadonlySet<string> = new Set(['os.path'])

/** Each call gives another value, or one for each object. */
const OPEN_CALLS: ReadonlySet<string> = new Set([
  'id', 'hash', 'next', 'time', 'time_ns', 'monotonic', 'perf_counter', 'now', 'utcnow', 'today', 'uuid1', 'uuid4', 'token_hex', 'token_urlsafe', 'random', 'urandom', 'digest', 'hexdigest',
])

/** What a name of these ends in is one of many. */
const OPEN_WORDS: ReadonlySet<string> = new Set([
  'id', 'ids', 'uid', 'uuid', 'guid', 'pk', 'ident', 'number', 'seq', 'path', 'file', 'filename', 'fname', 'filepath', 'pathname', 'fullpath', 'abspath', 'dirname', 'directory', 'dir', 'folder',
  'url', 'uri', 'href', 'link', 'address', 'addr', 'ip', 'host', 'hostname', 'netloc', 'query', 'sql', 'statement', 'text', 'tex', 'string', 'line', 'sentence', 'word', 'token', 'phrase', 'message', 'msg',
  'body', 'content', 'data', 'payload', 'question', 'prompt', 'user', 'username', 'email', 'customer', 'account', 'session', 'sid', 'request', 'client', 'peer', 'conn', 'connection', 'job', 'task', 'order',
  'ticket', 'transaction', 'timestamp', 'time', 'date', 'day', 'moment', 'hash', 'digest', 'checksum', 'fingerprint', 'signature', 'node', 'obj', 'object', 'instance', 'self', 'item', 'record', 'row', 'value', 'values',
])

function isOpenWord(name: string): boolean {
  const last = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase().split('_').filter(part => part !== '').at(-1) ?? ''
  return OPEN_WORDS.has(last.replace(/\d+$/, ''))
}
