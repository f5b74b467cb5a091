/** The control flow of random programs over three names: what the statements in it say is up to who asks for them. */
import fc from 'fast-check'

export type Name = 'a' | 'b' | 'c'
export const name = fc.constantFrom<Name>('a', 'b', 'c')

/** `L`: the simple statements. */
export type Statement<L> =
  | L
  | Branch<L>
  | Try<L>
  | { readonly kind: 'with'; readonly name: Name | null; readonly body: Suite<L> }
  | Match<L>

export type Suite<L> = readonly Statement<L>[]
interface Branch<L> {
  readonly kind: 'if' | 'while' | 'for' | 'forever'
  readonly test: number
  readonly name: Name
  readonly body: Suite<L>
  readonly orelse: Suite<L>
}
interface Try<L> {
  readonly kind: 'try'
  readonly body: Suite<L>
  readonly handlers: readonly Handler<L>[]
  readonly orelse: Suite<L>
  readonly finalbody: Suite<L>
  readonly star: boolean
}
interface Match<L> { readonly kind: 'match'; readonly cases: readonly Case<L>[]; readonly last: Name | '_' | null }
interface Handler<L> { readonly type: 'E' | 'Exception' | 'ValueError'; readonly name: Name | null; readonly body: Suite<L> }
interface Case<L> { readonly pattern: number; readonly guard: boolean; readonly name: Name; readonly other: Name; readonly body: Suite<L> }

interface Leaf { readonly kind: string }

/**
 * `leaves`: the simple statements, and the compound ones that only some programs have, which hold suites themselves. `longest`: statements
 * of a suite.
 */
export function suites<L extends Leaf>(
  leaves: (suite: fc.Arbitrary<Suite<L>>) => readonly fc.WeightedArbitrary<L>[], longest: number, depthSize: fc.DepthSize,
): fc.Arbitrary<Suite<L>> {
  return fc.letrec<{ statement: Statement<L>; suite: Suite<L>; maybe: Suite<L> }>((tie) => ({
    suite: fc.array(tie('statement'), { minLength: 1, maxLength: longest }),
    maybe: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: tie('suite') }),
    statement: fc.oneof(
      { maxDepth: 4, depthSize },
      ...leaves(tie('suite')),
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constantFrom('if' as const, 'if' as const, 'while' as const, 'for' as const, 'forever' as const),
          test: fc.nat(6), name, body: tie('suite'), orelse: tie('maybe'),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('try' as const), body: tie('suite'), orelse: tie('maybe'), finalbody: tie('maybe'), star: fc.boolean(),
          handlers: fc.array(fc.record({
            type: fc.constantFrom('E' as const, 'Exception' as const, 'ValueError' as const), name: fc.option(name), body: tie('suite'),
          }), { maxLength: 2 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('with' as const), name: fc.option(name), body: tie('suite') }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('match' as const), last: fc.option(fc.constantFrom<Name | '_'>('a', 'b', '_')),
          cases: fc.array(fc.record({ pattern: fc.nat(PATTERNS - 1), guard: fc.boolean(), name, other: name, body: tie('suite') }), { minLength: 1, maxLength: 2 }),
        }),
      },
    ),
  })).suite
}

/** What a `case` may look for. */
const PATTERNS = 8

export interface Place {
  readonly indent: string
  readonly inLoop: boolean
  readonly mayReturn: boolean
  /** Where a jump ends whatever is on its way. */
  readonly inFinally: boolean
}

/** What the Python that runs a program knows. */
export interface Syntax {
  /** From 3.10. */
  readonly match: boolean
  /** `except*`, from 3.11. */
  readonly star: boolean
  /** `type` and type parameters, from 3.12. */
  readonly types: boolean
}

/**
 * Writes a suite as text. The decisions in it are calls: `t()` of a test, `it(n)` of an iterable, `m(n)` of a subject, `cm(n)` of a
 * manager, `v(n)` of a new object, `u(n, name)` of a use.
 */
export abstract class Renderer<L extends Leaf> {
  protected readonly syntax: Syntax
  private numbers = 0

  constructor(syntax: Syntax) {
    this.syntax = syntax
  }

  protected abstract line(text: string, place: Place): void
  protected abstract leaf(leaf: L, place: Place): void

  protected suite(suite: Suite<L>, place: Place): void {
    for (const statement of suite) this.statement(statement, place)
    if (suite.length === 0) this.line('pass', place)
  }

  protected statement(s: Statement<L>, place: Place): void {
    if (isLeaf(s)) return this.leaf(s, place)
    switch (s.kind) {
      case 'if': case 'while': case 'for': case 'forever': {
        const inner = deeper(place)
        this.line(`${s.kind === 'for' ? this.each(s.name, s.test) : this.head(s.kind, s.test, s.name)}:`, place)
        if (s.kind !== 'if') this.line('n()', inner)
        this.suite(s.body, { ...inner, inLoop: inner.inLoop || s.kind !== 'if' })
        return this.part('else', s.orelse, place)
      }
      case 'try': return this.tryStatement(s, place)
      case 'with':
        this.line(`${this.manager()}${s.name === null ? '' : ` as ${s.name}`}:`, place)
        return this.suite(s.body, deeper(place))
      case 'match': return this.syntax.match ? this.match(s, place) : this.line('pass', place)
    }
  }

  /** The head of a `for`; `form` is any number from 0 to 6. */
  protected each(target: Name, _form: number): string {
    return `for ${target} in it(${this.number()})`
  }

  /** The head of a `with`, as far as `as`. */
  protected manager(): string {
    return `with cm(${this.number()})`
  }

  private head(kind: 'if' | 'while' | 'forever', test: number, name: Name): string {
    if (kind === 'forever') return 'while True'
    const bound = `(${name} := ${this.v()})`
    const tests = [
      't()', `not ${this.u(name)}`, `t() and ${this.u(name)}`, bound, `t() or ${bound}`, `${this.v()} < ${bound} < ${this.v()}`, 'not (t() and t())',
    ]
    return `${kind} ${tests[test]!}`
  }

  private part(keyword: string, suite: Suite<L>, place: Place): void {
    if (suite.length === 0) return
    this.line(`${keyword}:`, place)
    this.suite(suite, deeper(place))
  }

  private tryStatement(s: Try<L>, place: Place): void {
    this.line('try:', place)
    this.suite(s.body, deeper(place))
    const star = s.star && this.syntax.star
    for (const handler of s.handlers) {
      this.line(`except${star ? '*' : ''} ${handler.type}${handler.name === null ? '' : ` as ${handler.name}`}:`, place)
      this.suite(handler.body, { ...deeper(place), inLoop: place.inLoop && !star, mayReturn: place.mayReturn && !star })
    }
    if (s.handlers.length > 0) this.part('else', s.orelse, place)
    if (s.finalbody.length > 0 || s.handlers.length === 0) {
      this.line('finally:', place)
      this.suite(s.finalbody, { ...deeper(place), inFinally: true })
    }
  }

  private match(s: Match<L>, place: Place): void {
    this.line(`match m(${this.number()}):`, place)
    const inner = deeper(place)
    for (const c of s.cases) {
      const other = c.other === c.name ? '_' : c.other
      const pattern = [`[${c.name}, ${other}]`, `[${c.name}] | [_, ${c.name}]`, `[${c.name}, *${other}]`, '1', `{"k": ${c.name}}`, `{"k": ${c.name}, **${c.other === c.name ? 'k' : c.other}}`, `object(item=${c.name})`, `[_, *_] as ${c.name}`][c.pattern]!
      this.line(`case ${pattern}${c.guard ? ` if ${this.u(c.other)}` : ''}:`, inner)
      this.suite(c.body, deeper(inner))
    }
    if (s.last === null) return
    this.line(`case ${s.last}:`, inner)
    this.line('pass', deeper(inner))
  }

  protected number(): number {
    return ++this.numbers
  }

  protected v(): string {
    return `v(${this.number()})`
  }

  protected u(name: Name): string {
    return `u(${this.number()}, ${name})`
  }
}

export function deeper(place: Place): Place {
  return { ...place, indent: `${place.indent}  ` }
}

const COMPOUND: ReadonlySet<string> = new Set(['if', 'while', 'for', 'forever', 'try', 'with', 'match'])

function isLeaf<L extends Leaf>(s: Statement<L>): s is L {
  return !COMPOUND.has((s as Leaf).kind)
}
