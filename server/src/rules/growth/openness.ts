/**
 * Signs that a collection gets ever more entries: each call adds one, or the keys are made of what the program works on (identities,
 * paths, addresses, texts, users, moments). Where there is no such sign, and none of a fixed set of keys either (`keys.ts`), nobody knows.
 */
import type { Expr, FunctionDef } from '../../syntax/ast.ts'
import { lastName } from '../../syntax/expressions.ts'
import type { Use } from '../../semantic/uses/use.ts'
import { localValue } from './walk.ts'

/** `isKeyed`: equal keys are one entry; else each addition makes one. */
export function isOpenGrowth({ growth, place }: Use, isKeyed: boolean): boolean {
  if (growth === null) return false
  const { key, value, all } = growth
  // The same constants again and again: a list that is set up.
  if (!isKeyed) return all || value?.kind !== 'Constant'
  const added = key ?? value
  return added !== null && !all && isOpen(added, place.functions)
}

function isOpen(expr: Expr, functions: readonly FunctionDef[], depth = 0): boolean {
  const open = (e: Expr | null): boolean => e !== null && depth < 6 && isOpen(e, functions, depth + 1)
  switch (expr.kind) {
    case 'Name': return isOpenName(expr.id, functions, open)
    case 'Attribute': return isOpenWord(expr.attr)
    case 'Subscript': return open(expr.value) || (expr.slice.kind === 'Constant' && typeof expr.slice.value === 'string' && isOpenWord(expr.slice.value))
    case 'Call': return isOpenCall(expr, open)
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

function isOpenName(id: string, functions: readonly FunctionDef[], open: (e: Expr) => boolean): boolean {
  const def = functions.at(-1)
  const local = def && localValue(id, def)
  if (local && !local.isElement && open(local.expr)) return true
  const param = functions.flatMap(f => f.header.params).find(p => p.name.id === id)
  return isOpenWord(id) || param?.form === 'star'
}

function isOpenCall({ func, args }: Extract<Expr, { kind: 'Call' }>, open: (e: Expr) => boolean): boolean {
  const name = lastName(func) ?? ''
  return OPEN_CALLS.has(name) || args.some(a => open(a.value)) || (func.kind === 'Attribute' && open(func.value))
}

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
