/** Random small programs over three names, whose every decision is taken from outside while they run (see `run_programs.py`). */
import fc from 'fast-check'
import { Renderer, name, suites, type Name, type Place, type Statement, type Suite } from '../programs/skeleton.ts'

/** `leave` is a `return` without value. */
type Leaf =
  | { readonly kind: (typeof simpleKinds)[number]; readonly name: Name; readonly other: Name }
  | { readonly kind: (typeof bareKinds)[number] }

const simpleKinds = ['assign', 'assign', 'use', 'use', 'del', 'augment', 'walrus', 'comprehension', 'collect', 'conditional', 'chain', 'boolean'] as const
const bareKinds = ['call', 'call', 'raise', 'group', 'return', 'leave', 'break', 'continue', 'pass', 'yield', 'assert'] as const

export const program: fc.Arbitrary<Suite<Leaf>> = suites<Leaf>(() => [
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom(...simpleKinds), name, other: name }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom(...bareKinds) }) },
], 4, 'small')

export interface Rendered {
  /** What is analysed. */
  readonly plain: string
  /** The same with a probe before and after each statement. */
  readonly probed: string
  /** The line (from 1) in `plain` of each statement; probe 2n runs before statement n, probe 2n + 1 after it. */
  readonly lines: readonly number[]
}

/** `star`: the Python that runs it knows `except*`. */
export function render(suite: Suite<Leaf>, star: boolean): Rendered {
  return new ProbedRenderer({ match: true, star, types: false }).run(suite)
}

class ProbedRenderer extends Renderer<Leaf> {
  private readonly plain = ['def f(a, b):']
  private readonly probed = ['def f(a, b):']
  private readonly lines: number[] = []

  run(suite: Suite<Leaf>): Rendered {
    this.suite(suite, { indent: '  ', inLoop: false, mayReturn: true, inFinally: false })
    return { plain: `${this.plain.join('\n')}\n`, probed: `${this.probed.join('\n')}\n`, lines: this.lines }
  }

  protected override statement(statement: Statement<Leaf>, place: Place): void {
    const number = this.lines.length
    this.probe(2 * number, place)
    this.lines.push(this.plain.length + 1)
    super.statement(statement, place)
    this.probe(2 * number + 1, place)
  }

  private probe(number: number, { indent }: Place): void {
    this.probed.push(`${indent}probe(${number}, locals())`)
  }

  protected override line(text: string, { indent }: Place): void {
    this.plain.push(indent + text)
    this.probed.push(indent + text)
  }

  protected override leaf(leaf: Leaf, place: Place): void {
    this.line(this.simple(leaf, place), place)
  }

  private simple(s: Leaf, { inLoop, mayReturn }: Place): string {
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
      case 'group': return this.syntax.star ? 'raise group()' : 'raise E'
      case 'yield': return 'yield'
      case 'assert': return 'assert t(), n()'
      case 'return': return mayReturn ? `return ${this.v()}` : 'pass'
      case 'leave': return mayReturn ? 'return' : 'pass'
      case 'break': case 'continue': return inLoop ? s.kind : 'pass'
      case 'pass': return 'pass'
    }
  }
}
