/**
 * Objects whose lifetime is their meaning: letting go of them is no saving but another program. Locks, files, windows and the
 * like are known by their type; others by how they are made for C, or by what is done with them: a weak reference watches them, or their address is taken.
 */
import type { Attribute, Call, Expr, Name } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import type { Binding, Event } from '../flow/graph.ts'
import { methodOfType } from '../values/calls.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { dottedName, globalFact } from '../values/names.ts'
import type { Site } from '../values/value.ts'

export function isMeantToLive(binding: Binding, e: Evaluator): boolean {
  const { type, links } = e.ofBinding(binding)
  if (type !== null && (e.context.models.type(type)?.lifetime || endsWithEffect(type, e))) return true
  if (binding.value?.kind === 'Call' && isOwnedForC(binding.value, e)) return true
  const sites = watchedSites(e)
  return sites.size > 0 && links.some(l => l.how === 'is' && sites.has(l.site))
}

/** A class of the workspace that does something when it is left or goes. */
function endsWithEffect(type: string, { context }: Evaluator): boolean {
  return ['__del__', '__exit__', '__aexit__'].some(name => methodOfType(type, name, context) !== null)
}

/** C calls or reads through a pointer what Python frees with this object: `CFUNCTYPE(None)(f)`, `ffi.new("int[4]")`. */
function isOwnedForC({ func }: Call, e: Evaluator): boolean {
  if (func.kind === 'Attribute' && /(^|_)ffi$/i.test(lastName(func.value) ?? '')) return OF_FFI.has(func.attr)
  const maker = func.kind === 'Name' ? boundTo(func, e) : func
  return maker?.kind === 'Call' && CALLBACK_TYPES.has(dottedName(maker.func, e.context) ?? '')
}

/** What a name was bound to, where it is bound once. */
function boundTo(name: Name, { context }: Evaluator): Expr | null {
  const [binding, ...others] = context.flow.reaching(name)
  if (binding) return others.length === 0 && binding.path.length === 0 ? binding.value : null
  const fact = globalFact(name, context)
  return fact?.kind === 'assignment' ? fact.value : null
}

const CALLBACK_TYPES: ReadonlySet<string> = new Set(['ctypes.CFUNCTYPE', 'ctypes.WINFUNCTYPE', 'ctypes.PYFUNCTYPE'])
const OF_FFI: ReadonlySet<string> = new Set(['new', 'new_handle', 'callback', 'from_buffer', 'gc'])

const known = new WeakMap<Evaluator, ReadonlySet<Site>>()

function watchedSites(e: Evaluator): ReadonlySet<Site> {
  let sites = known.get(e)
  if (!sites) {
    const watched = e.context.flow.graph.blocks.flatMap(block => block.events.flatMap(event => watchedBy(event, e)))
    known.set(e, sites = new Set(watched.flatMap(expr => e.ofExpr(expr).links.filter(l => l.how === 'is').map(l => l.site))))
  }
  return sites
}

/** The objects whose end or address the event makes the program's business. */
function watchedBy(event: Event, e: Evaluator): readonly Expr[] {
  if (event.kind === 'call') return [...watchedArguments(event.node, e), ...(event.node.func.kind === 'Attribute' ? addressed(event.node.func) : [])]
  return event.kind === 'operation' && event.node.kind === 'Attribute' ? addressed(event.node) : []
}

function watchedArguments(call: Call, e: Evaluator): readonly Expr[] {
  const dotted = dottedName(call.func, e.context)
  const watches = dotted === 'id' || dotted?.startsWith('weakref.') || dotted?.startsWith('ctypes.') || (call.func.kind === 'Attribute' && call.func.attr === 'from_buffer')
  return watches ? call.args.map(a => a.value) : []
}

/** `x.ctypes`, `x.data_ptr()`: what is done with the address nobody sees. */
function addressed({ value, attr }: Attribute): readonly Expr[] {
  return ADDRESSES.has(attr) ? [value] : []
}

const ADDRESSES: ReadonlySet<string> = new Set(['ctypes', '__array_interface__', '__cuda_array_interface__', 'data_ptr', 'buffer_info'])
