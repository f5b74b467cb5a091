/**
 * Evaluates each expression and binding of a frame once, when it is first asked for. What is found does not depend on what is asked for
 * first: where values rest on one another, around a loop or by what is added to a container, a fixed number of rounds is looked at.
 */
import type { Expr, Name } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import type { FrameContext } from './context.ts'
import { cyclesIn, type Cycle, type Cycles } from './cycles.ts'
import { bindingValue, expressionValue, globalValue, type Evaluator } from './evaluate.ts'
import { join, NOTHING, UNKNOWN, type Value } from './value.ts'

/** Expressions within one another: deeper ones are not looked into. */
const MAX_DEPTH = 100

/** Bindings that rest on one another: what a longer chain of them rests on is evaluated first, so that none is longer than the stack is deep. */
const MAX_CHAIN = 12

/**
 * The round of a loop that is looked at last. A value that a loop carries is in each round what it was made in the one before; before round 0
 * nothing was made. So what is found does not depend on what is asked for first.
 */
const LAST_ROUND = 3

/** What is known of an expression or binding. Null: it is being evaluated. */
interface Entry {
  /** In whichever round; undefined: not known, or it differs. */
  always: Value | undefined
  /** By round, where a loop carries something into it. */
  readonly rounds: (Value | null | undefined)[]
}

export function createEvaluator(context: FrameContext): Evaluator {
  const expressions = new Map<Expr, Entry>()
  const bindings = new Map<Binding, Entry>()
  const evaluated = (expr: Expr): Value => (expr.kind === 'Name' ? nameValue(expr) : expressionValue(expr, evaluator))
  let cycles: Cycles | null = null
  const cycleOf = (binding: Binding): Cycle => (cycles ??= cyclesIn(context.flow)).of(binding)
  let level = 0
  /** Of the bindings that are being evaluated. */
  const chain: Cycle[] = []
  /** The cycle of bindings that is being evaluated, and the round. */
  let [cycle, round]: [Cycle, number] = [0, LAST_ROUND]
  /** What is being evaluated differs between the rounds. */
  let differs = false

  const evaluator: Evaluator = {
    context,
    ofExpr(expr) {
      return level > MAX_DEPTH ? UNKNOWN : valueOf(expressions, expr, evaluated)
    },
    ofBinding(binding) {
      return bindings.get(binding)?.always ?? apart(cycleOf(binding), LAST_ROUND, () => valueOf(bindings, binding, bound))
    },
    beforeRound(binding, evaluate, none) {
      const own = cycleOf(binding)
      return own === 0 ? evaluate() : within(own, 1, evaluate, none)
    },
  }

  function bound(binding: Binding): Value {
    if (chain.length === MAX_CHAIN) prepare(binding)
    chain.push(cycleOf(binding))
    const before = level
    level = 0
    const value = bindingValue(binding, evaluator)
    level = before
    chain.pop()
    return value
  }

  /** Evaluates what the binding rests on, in an order in which no chain gets long; of its own cycle what comes before it. */
  function prepare(binding: Binding): void {
    const [own, now] = [cycleOf(binding), round]
    const isOpen = (other: Cycle): boolean => other !== 0 && (other === own || chain.includes(other))
    chain.push(0)
    for (const needed of cycles!.neededFor(binding)) if (needed !== binding && !isOpen(cycleOf(needed))) evaluator.ofBinding(needed)
    const members = own === 0 ? [] : cycles!.membersOf(own)
    for (let at = 0; at <= now; at++) for (const member of at < now ? members : members.slice(0, members.indexOf(binding))) apart(own, at, () => valueOf(bindings, member, bound))
    chain.pop()
  }

  /** NOTHING while it is being evaluated further up. */
  function valueOf<K>(entries: Map<K, Entry>, key: K, evaluate: (key: K) => Value): Value {
    let entry = entries.get(key)
    if (entry?.always) return entry.always
    const known = entry?.rounds[round]
    if (known !== undefined) {
      differs = true
      return known ?? NOTHING
    }
    if (!entry) entries.set(key, entry = { always: undefined, rounds: [] })
    entry.rounds[round] = null
    const before = differs
    differs = false
    level++
    const value = evaluate(key)
    level--
    if (differs) entry.rounds[round] = value
    else entry.always = value
    differs ||= before
    return value
  }

  /** What another cycle gives is the same for each round of this one. */
  function apart<T>(other: Cycle, at: number, evaluate: () => T): T {
    const before: [Cycle, number, boolean] = [cycle, round, differs];
    [cycle, round] = [other, at]
    const value = evaluate();
    [cycle, round, differs] = before
    return value
  }

  /** What belongs to the cycle gives as it is so many rounds earlier. */
  function within<T>(own: Cycle, earlier: number, evaluate: () => T, none: T): T {
    const at = (cycle === own ? round : LAST_ROUND) - earlier
    const value = at < 0 ? none : apart(own, at, evaluate)
    differs = true
    return value
  }

  function nameValue(name: Name): Value {
    const reaching = context.flow.reaching(name)
    if (reaching.length === 0) return globalValue(name, evaluator)
    if (reaching.length === 1) return readAt(name, reaching[0]!)
    return reaching.map(binding => readAt(name, binding)).reduce((a, b) => join(a, b)!)
  }

  function readAt(name: Name, binding: Binding): Value {
    const own = cycleOf(binding)
    if (own === 0 || !cycles!.hasUse(own, name)) return evaluator.ofBinding(binding)
    const isCarried = cycles!.isCarried(name, binding)
    const value = within(own, isCarried ? 1 : 0, () => valueOf(bindings, binding, bound), NOTHING)
    return isCarried ? changing(value) : value
  }

  return evaluator
}

/** A number that a loop computes from itself is another in each round. */
function changing(value: Value): Value {
  return value.number === null ? value : { ...value, number: null, shape: null }
}

