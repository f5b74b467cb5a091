/** Calls of functions of which nothing but the name is known, as far as the name tells what they give. */
import type { Call, Expr } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import { arrayFunction, givesModulePart, isModelLibrary, loadsByName, loadsWeights, namesModelClass, readsTable, resultTold, unwrapsModel, walksModule } from '../models/told-results.ts'
import type { Callee } from './calls.ts'
import type { Evaluator } from './evaluate.ts'
import { dottedName } from './names.ts'
import { kindOf, ofType } from './parts.ts'
import { ANY } from './range.ts'
import { doubtful, keepingElements, makeValue, sized, takenFrom, UNKNOWN, viewing, type Value } from './value.ts'

/** numpy's model for a function of another array library: `xp.zeros(n)`, `lib.einsum(…)`. */
export function arrayFunctionFor(func: Expr, e: Evaluator): Callee | null {
  const name = lastName(func)
  const numpy = name === null ? null : arrayFunction(ownerOf(func), name)
  const model = numpy === null ? null : e.context.models.call(numpy)
  return model && numpy ? { kind: 'model', model, name: numpy, self: null } : null
}

/** torch's model for a method of an object of unknown type that walks what a module is made of: `network.children()`. */
export function moduleWalkFor({ func, args }: Call, self: Value | null, e: Evaluator): Callee | null {
  const model = self !== null && func.kind === 'Attribute' && args.length === 0 && walksModule(func.attr) ? e.context.models.method('torch.nn.Module', func.attr) : null
  return model && func.kind === 'Attribute' ? { kind: 'model', model, name: `torch.nn.Module.${func.attr}`, self } : null
}

/** What a model hands out of itself is its own, whatever it is: `network.get_encoder()`, `unwrap_model(network)`. Null for all other calls. */
export function modulePartTold(call: Call, self: Value | null, e: Evaluator): Value | null {
  const name = lastName(call.func) ?? ''
  const [first] = call.args
  const model = self !== null && givesModulePart(name) ? self : first?.form === 'positional' && unwrapsModel(name) ? e.ofExpr(first.value) : null
  const links = model ? takenFrom(model, 'field', call) : []
  return links.length > 0 ? makeValue({ links }) : null
}

/** Weights that are read make a new object, whoever reads them. */
export function readsWeights({ func }: Call): boolean {
  return loadsWeights(ownerOf(func), lastName(func) ?? '')
}

/** Type and size of the result; unknown where the name tells nothing. */
export function toldResult({ func }: Call, e: Evaluator): Value {
  const name = lastName(func)
  if (name === null) return UNKNOWN
  const type = func.kind === 'Attribute' ? resultTold(name) : null
  if (type !== null) return { ...ofType({ type, element: null }, e.context), guessed: true }
  if (loadsWeights(ownerOf(func), name)) return weights(func, e)
  // `model.load_state_dict(state)` puts in what it is given, and tells which names it did not know.
  if (!loadsByName(name) || (name === 'load_state_dict' && func.kind === 'Attribute')) return UNKNOWN
  const loaded = readsTable(name) ? ofType({ type: 'pandas.DataFrame', element: null }, e.context) : UNKNOWN
  return { ...loaded, size: sized(ANY, 'outside', `what ${name}() loads`), guessed: true }
}

function weights(func: Expr, e: Evaluator): Value {
  const owner = ownerOf(func) ?? ''
  const size = sized(ANY, 'outside', `the weights that ${owner}.${lastName(func)}() loads`)
  return { ...ofType({ type: 'torch.nn.Module', element: null }, e.context), size, guessed: !namesModelClass(owner) && !isModelLibrary(dottedName(func, e.context) ?? '') }
}

/** `.items()`, `.setdefault(key, new)`, `.get(key, new)`: what gives pairs, or an object that may be there, or else one made for it, is a mapping. */
export function asksMapping({ func, args }: Call): boolean {
  if (func.kind !== 'Attribute') return false
  if (args.length === 0) return func.attr === 'items'
  if (args.length !== 2 || args.some(a => a.form !== 'positional')) return false
  return func.attr === 'setdefault' || (func.attr === 'get' && MADE.has(args[1]!.value.kind))
}

const MADE: ReadonlySet<Expr['kind']> = new Set(['Call', 'List', 'Dict', 'Set', 'Comprehension'])

/** `.copy()` gives another object like the one it is called on, whatever that is; elements may be shared. Null for all other calls. */
export function copyTold(call: Call, self: Value | null): Value | null {
  if (self === null || call.func.kind !== 'Attribute' || call.func.attr !== 'copy' || call.args.length > 0) return null
  const shared = keepingElements([self]).map(l => ({ ...l, weak: true as const }))
  return makeValue({ type: self.type, guessed: self.guessed, size: self.size, links: [{ site: call, how: 'is', certain: true }, ...shared] })
}

/** `.numpy()` shows the memory of what it is called on, be it a tensor of whichever library; `._values()` that of a sparse one; `.state_dict()` has the tensors of a model. Null for all other calls. */
export function viewTold(call: Call, self: Value | null): Value | null {
  if (self === null || call.func.kind !== 'Attribute' || call.args.length > 0) return null
  if (call.func.attr === 'state_dict') return makeValue({ type: 'dict', size: self.size, links: [{ site: call, how: 'is', certain: true }, ...doubtful(keepingElements([self]))] })
  if (!VIEWS.has(call.func.attr)) return null
  return makeValue({ type: 'numpy.ndarray', guessed: true, size: self.size, isView: true, links: [{ site: call, how: 'is', certain: true }, ...doubtful(viewing([self]))] })
}

const VIEWS: ReadonlySet<string> = new Set(['numpy', '_values', '_indices'])

/** What gives a model and is given one wraps it, by all that its name tells: `get_peft_model(model, config)`, `Tuned.from_pretrained(model, path)`. */
export function wrapsModel({ func }: Call, given: Value, e: Evaluator): boolean {
  const name = lastName(func) ?? ''
  return kindOf(given.type, e.context) === 'model' && (GIVES_MODEL.test(name) || loadsWeights(ownerOf(func), name))
}

const GIVES_MODEL = /(^|_)(model|net|network|module|pipeline|pipe|adapter|lora|peft|compile|wrap|parallel|prepare)(_|$)/i

/** `np` of `self.np.zeros`, `Model` of `Model.from_pretrained`. */
function ownerOf(func: Expr): string | null {
  return func.kind === 'Attribute' ? lastName(func.value) : null
}
