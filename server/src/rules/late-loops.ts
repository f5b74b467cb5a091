/**
 * Loops whose iterator keeps what it gave last until it has made the next: `del` in the body frees one round late (facts 33, 35). `map`,
 * `filter`, `islice` and `chain` keep nothing of their own (fact 36).
 */
import type { Call, Expr, For, Name } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import { resolveCallee } from '../values/calls.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { elementOf } from '../values/parts.ts'
import { isSmall, type Value } from '../values/value.ts'

export interface LateLoop {
  readonly loop: For
  readonly call: Call
  /** `pairs`: the tuple that `enumerate` or `zip` gives is kept; `generator`: the function has a name for what it yields. */
  readonly holder: 'pairs' | 'generator'
  /** Of `pairs`: the one iterable that makes an object at each step, and the name the object gets. */
  readonly maker: { readonly iterable: Expr; readonly target: Name } | null
  /** For a person, at the end of a sentence. */
  readonly why: string
}

export function lateLoop(loop: For, e: Evaluator): LateLoop | null {
  const { iter: call } = loop
  if (call.kind !== 'Call' || loop.isAsync) return null
  const callee = resolveCallee(call, e)
  if (callee.kind === 'function') {
    const { summary } = callee
    if (!summary?.keepsYielded || summary.manages) return null
    return { loop, call, holder: 'generator', maker: null, why: `\`${summary.name}()\` has a name for what it gave last, until it goes on` }
  }
  if (callee.kind !== 'model' || !PAIRING.has(callee.name)) return null
  const maker = makerIn(loop, call, callee.name, e)
  return maker && { loop, call, holder: 'pairs', maker, why: `\`${callee.name.replace(/^.*\./, '')}()\` keeps what it gave last until it has made the next` }
}

const PAIRING: ReadonlySet<string> = new Set(['enumerate', 'zip', 'itertools.zip_longest'])

/** `for pair in zip(…)`: a tuple that nobody else has is filled anew, item by item (fact 35), so that letting go of it in the round frees nothing before. */
export function isRefilled({ kind, path, value }: Binding, e: Evaluator): boolean {
  return kind === 'for' && path.length === 0 && value !== null && PAIRING.has(e.ofExpr(value).type ?? '')
}

function makerIn({ target }: For, call: Call, name: string, e: Evaluator): LateLoop['maker'] {
  if (target.kind !== 'Tuple' && target.kind !== 'List') return null
  const iterables = name === 'enumerate' ? call.args.slice(0, 1) : call.args.filter(a => a.name === null)
  if (iterables.some(a => a.form !== 'positional')) return null
  const makers = iterables.flatMap(({ value: iterable }, i) => {
    const own = target.elts[name === 'enumerate' ? 1 : i]
    return own?.kind === 'Name' && isMadeAtEachStep(stepOf(iterable, e)) ? [{ iterable, target: own }] : []
  })
  return makers.length === 1 ? makers[0]! : null
}

function stepOf(iterable: Expr, e: Evaluator): Value {
  return iterable.kind === 'Comprehension' && iterable.form === 'generator' ? e.ofExpr(iterable.elt) : elementOf(e.ofExpr(iterable), e)
}

/** A large object that nothing else holds, the iterable neither. */
function isMadeAtEachStep(value: Value): boolean {
  const { links } = value
  return !isSmall(value, SMALL) && links.length > 0 && links.every(l => l.how === 'is' && l.certain && !l.taken)
}

/** Bytes. */
const SMALL = 1 << 20
