/** Random small programs over three names, whose every decision is taken from outside while they run (see `run_programs.py`). */
import fc from 'fast-check'

export type Name = 'a' | 'b' | 'c'

/** `leave` is a `return` without value. */
export type Program =
  | { readonly kind: (typeof simpleKinds)[number]; readonly name: Name; readonly other: Name }
  | { readonly kind: (typeof bareKinds)[number] }
  | { readonly kind: 'if' | 'while' | 'for' | 'forever'; readonly test: number; readonly name: Name; readonly body: Suite; readonly orelse: Suite }
  | Try
  | { readonly kind: 'with'; readonly name: Name | null; readonly body: Suite }
  | { readonly kind: 'match'; readonly cases: readonly Case[]; readonly last: Name | '_' | null }

export type Suite = readonly Program[]
interface Try {
  readonly kind: 'try'
  readonly body: Suite
  readonly handlers: readonly Handler[]
  readonly orelse: Suite
  readonly finalbody: Suite
  readonly star: boolean
}
interface Handler { readonly type: 'E' | 'Exception' | 'ValueError'; readonly name: Name | null; readonly body: Suite }
interface Case { readonly pattern: number; readonly guard: boolean; readonly name: Name; readonly other: Name; readonly body: Suite }

const name = fc.constantFrom<Name>('a', 'b', 'c')
const simpleKinds = ['assign', 'assign', 'use', 'use', 'del', 'augment', 'walrus', 'comprehension', 'collect', 'conditional', 'chain', 'boolean'] as const
const bareKinds = ['call', 'call', 'raise', 'group', 'return', 'leave', 'break', 'continue', 'pass', 'yield', 'assert'] as const

const tree = fc.letrec<{ statement: Program; suite: Suite; maybe: Suite }>((tie) => ({
  suite: fc.array(tie('statement'), { minLength: 1, maxLength: 4 }),
  maybe: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: tie('suite') }),
  statement: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom(...simpleKinds), name, other: name }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom(...bareKinds) }) },
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
        cases: fc.array(fc.record({ pattern: fc.nat(3), guard: fc.boolean(), name, other: name, body: tie('suite') }), { minLength: 1, maxLength: 2 }),
      }),
    },
  ),
}))

export const program: fc.Arbitrary<Suite> = tree.suite

export interface Rendered {
  /** What is analysed. */
  readonly plain: string
  /** The same with a probe before and after each statement. */
  readonly probed: string
  /** The line (from 1) in `plain` of each statement; probe 2n runs before statement n, probe 2n + 1 after it. */
  readonly lines: readonly number[]
}

interface Place { readonly indent: string; readonly inLoop: boolean; readonly mayReturn: boolean }

/** `star`: the Python that runs it knows `except*`. */
export function render(suite: Suite, star: boolean): Rendered {
  return new Renderer(star).run(suite)
}

class Renderer {
  private readonly plain = ['def f(a, b):']
  private readonly probed = ['def f(a, b):']
  private readonly lines: number[] = []
  private readonly star: boolean
  private numbers = 0

  constructor(star: boolean) {
    this.star = star
  }

  run(suite: Suite): Rendered {
    this.suite(suite, { indent: '  ', inLoop: false, mayReturn: true })
    return { plain: `${this.plain.join('\n')}\n`, probed: `${this.probed.join('\n')}\n`, lines: this.lines }
  }

  private suite(suite: Suite, place: Place): void {
    for (const statement of suite) {
      const number = this.lines.length
      this.probe(2 * number, place)
      this.lines.push(this.plain.length + 1)
      this.statement(statement, place)
      this.probe(2 * number + 1, place)
    }
    if (suite.length === 0) this.line('pass', place)
  }

  private probe(number: number, { indent }: Place): void {
    this.probed.push(`${indent}probe(${number}, locals())`)
  }

  private line(text: string, { indent }: Place): void {
    this.plain.push(indent + text)
    this.probed.push(indent + text)
  }

  private statement(s: Program, place: Place): void {
    const inner = { ...place, indent: `${place.indent}  ` }
    switch (s.kind) {
      case 'if': case 'while': case 'for': case 'forever':
        this.line(`${this.head(s.kind, s.test, s.name)}:`, place)
        if (s.kind !== 'if') this.line('n()', inner)
        this.suite(s.body, { ...inner, inLoop: inner.inLoop || s.kind !== 'if' })
        return this.part('else', s.orelse, place)
      case 'try': return this.tryStatement(s, place)
      case 'with':
        this.line(`with cm(${this.number()})${s.name === null ? '' : ` as ${s.name}`}:`, place)
        return this.suite(s.body, inner)
      case 'match': return this.match(s, place)
      default: return this.line(this.simple(s, place), place)
    }
  }

  private simple(s: Program, { inLoop, mayReturn }: Place): string {
    switch (s.kind) {
      case 'assign': return `${s.name} = ${this.v()}`
      case 'use': return this.u(s.name)
      case 'del': return `del ${s.name}`
      case 'augment': return `${s.name} += ${this.v()}`
      case 'walrus': return `${this.u(s.other)}, (${s.name} := ${this.v()}), ${this.u(s.name)}`
      case 'comprehension': return `[${this.u(s.name)} for k in it(${this.number()}) if ${this.u(s.other)}]`
      case 'collect': return `[(${s.name} := ${this.v()}) for k in it(${this.number()}) for j in it(${this.number()})]`
      case 'conditional': return `(${s.name} := ${this.v()}) if ${this.u(s.other)} else ${this.u(s.name)}`
      case 'chain': return `${this.v()} < (${s.name} := ${this.v()}) < (${s.other} := ${this.v()})`
      case 'boolean': return `t() and (${s.name} := ${this.v()}) or ${this.u(s.other)}`
      case 'call': return 'n()'
      case 'raise': return 'raise E'
      case 'group': return this.star ? 'raise group()' : 'raise E'
      case 'yield': return 'yield'
      case 'assert': return 'assert t(), n()'
      case 'return': return mayReturn ? `return ${this.v()}` : 'pass'
      case 'leave': return mayReturn ? 'return' : 'pass'
      case 'break': case 'continue': return inLoop ? s.kind : 'pass'
      default: return 'pass'
    }
  }

  private head(kind: 'if' | 'while' | 'for' | 'forever', test: number, name: Name): string {
    if (kind === 'for') return `for ${name} in it(${this.number()})`
    if (kind === 'forever') return 'while True'
    const bound = `(${name} := ${this.v()})`
    const tests = [
      't()', `not ${this.u(name)}`, `t() and ${this.u(name)}`, bound, `t() or ${bound}`, `${this.v()} < ${bound} < ${this.v()}`, 'not (t() and t())',
    ]
    return `${kind} ${tests[test]!}`
  }

  private part(keyword: string, suite: Suite, place: Place): void {
    if (suite.length === 0) return
    this.line(`${keyword}:`, place)
    this.suite(suite, { ...place, indent: `${place.indent}  ` })
  }

  private tryStatement(s: Try, place: Place): void {
    this.line('try:', place)
    this.suite(s.body, { ...place, indent: `${place.indent}  ` })
    const star = s.star && this.star
    for (const handler of s.handlers) {
      this.line(`except${star ? '*' : ''} ${handler.type}${handler.name === null ? '' : ` as ${handler.name}`}:`, place)
      this.suite(handler.body, { indent: `${place.indent}  `, inLoop: place.inLoop && !star, mayReturn: place.mayReturn && !star })
    }
    if (s.handlers.length > 0) this.part('else', s.orelse, place)
    if (s.finalbody.length > 0 || s.handlers.length === 0) {
      this.line('finally:', place)
      this.suite(s.finalbody, { ...place, indent: `${place.indent}  ` })
    }
  }

  private match(s: Extract<Program, { kind: 'match' }>, place: Place): void {
    this.line(`match m(${this.number()}):`, place)
    const inner = { ...place, indent: `${place.indent}  ` }
    const body = { ...place, indent: `${place.indent}    ` }
    for (const c of s.cases) {
      const other = c.other === c.name ? '_' : c.other
      const pattern = [`[${c.name}, ${other}]`, `[${c.name}] | [_, ${c.name}]`, `[${c.name}, *${other}]`, '1'][c.pattern]!
      this.line(`case ${pattern}${c.guard ? ` if ${this.u(c.other)}` : ''}:`, inner)
      this.suite(c.body, body)
    }
    if (s.last === null) return
    this.line(`case ${s.last}:`, inner)
    this.line('pass', body)
  }

  private number(): number {
    return ++this.numbers
  }

  private v(): string {
    return `v(${this.number()})`
  }

  private u(name: Name): string {
    return `u(${this.number()}, ${name})`
  }
}
