/**
 * Random programs whose objects report their death (see `run_programs.py`): how objects are made, passed on, kept and let go, in
 * functions, generators, coroutines, closures, classes and modules.
 */
import fc from 'fast-check'
import { deeper, name, Renderer, suites, type Name, type Place, type Suite, type Syntax } from '../programs/skeleton.ts'

/**
 * Templates: `$a` and `$b` are names, `#` a fresh number, `@` the next value. The first of each list is what a failing program shrinks to.
 * Every loop that may go on takes from the tape: no list is extended by what walks it.
 */
const OBJECTS = [
  'v(#)', 'bytearray(50_000_000)', 'v(#)', 'list(range(5_000_000))', 'np.zeros(50_000_000)', 'open("big").read()', '$a', '$a', '$b', 'None',
] as const

const VALUES = [
  'v(#)', '[$a, @]', '(@, $b)', '{"k": @}', '[@]', '$a[0]', '$a[:2]', '$a.item', 'Box(@)', 'Box(@).get()', 'same(@)', 'keep(@)', 'pair(@)', 'fresh($a)', 'each(@)',
  'len(@)', 'sum($a)', 'iter(@)', 'lambda: $a', 'lambda x=$a: x', '(u(#, $b) for k in it(#))', '(k for k in $a)', '[u(#, k) for k in $a]', '[v(#) for $b in it(#)]',
  '{k: $b for k in it(#)}', '[($b := v(#)) for k in it(#)]', '@ if t() else @', '@ or @', 't() and @', '($b := @)', 'go($a)', 'go(@)', 'go(lambda: @)', '~@', '~$a', 'later(@)', 'go(later(@))',
  'memoryview(bytearray(50_000_000))', 'reversed(@)', 'sorted(@)', 'sorted(it(#), key=lambda k: u(#, $b))', 'zip($a, it(#))', 'enumerate(@)', 'map(same, $a)', 'str(len(@))', '@ + @', 'f"{u(#, $a)}"',
  'v(#) < ($a := @) < ($b := v(#))', '[*$a, @]', 'dict(k=@)', 'max($a, @, key=len)', 'w(@)', 'any(u(#, k) for k in $a)', 'sum(u(#, $b) for k in $a)', 'list(map(lambda k: $b, it(#)))',
  '{@}', '{u(#, k) for k in $a}', '[u(#, k) for k in $a if u(#, $b)]', '[(j, k) for j in it(#) for k in $a]', '[u(#, k) async for k in ait(#)]', 'u(#, *$a)', 'dict(**{"k": @})',
  '[*$a, *$b]', 'Box(@).item', '(lambda $b: u(#, $b))(@)', 'lambda *k: ($a, k)', 'not @', '@ is $a', 'next(iter($a), @)', 'functools.partial(u, #, $a)', 'go($a.$b)', '$a.$b()', 'later',
] as const

const LINES = [
  '$a = @', 'u(#, $a)', '$a = @', 'u(#, $a)', 'n()', 'n()', 'time.sleep(0)', 'del $a', 'del $a, $b', '$a = None', '$a += [@]', '$a += v(#)', '@', 'u(#, @)', '$a, $b = @, @', '$a, $b = $b, $a', '$a, *$b = @', '$a = $b = @',
  '($a, k), $b = @, @', '$a: object = @', '$a.item = @', '$a[0] = @', '$a.append(@)', 'STORE.append($a)', 'u(#, $a), ($b := @), u(#, $b)', 'u(#, $a, $b)', 'len($a)', 'u(#, len($a))', 'k = @',
  'raise E', 'raise E($a)', 'raise E from E(@)', 'assert t(), u(#, $a)', 'return @', 'return $a', 'return', 'break', 'continue', 'yield $a', 'yield from it(#)', '$a = ~@', 'print($a)',
  'for k in $a: u(#, k)', 'if t(): $a = @; n()', 'while t(): $a = @; u(#, $a); n()', 'try: n()\nexcept E as $a: u(#, $a)', 'with cm(#) as $a, cm(#) as $b: n()', 'gc.collect()', 'group()',
  'del $a[0]', 'del $a.item', 'del ($a, [$b])', '$a, ($b, *k) = @, @', '[$a, *k] = @', '$a[:1] = [@]', '$a |= @', 'for $a, $b in zip(it(#), it(#)): u(#, $a)', 'for $a.item in it(#): n()',
  'raise', 'raise E($a) from None', 'try: u(#, $a)\nexcept (E, TypeError): u(#, $b); raise', 'try: $a = @\nexcept: n()', 'try: u(#, $a)\nfinally: $a = $b', 'with cm(#): $a = @',
  'with cm(#) as $a.item: u(#, $a)', 'yield from $a', 'yield from each($a)', '$a = yield', 'from time import sleep as $a', 'type K = $a', 'async for $a in ait(#): u(#, $a)', 'async with acm(#) as $a, acm(#): u(#, $a)',
  'class $a:\n  def __init__(self, k=@): self.item = k; n(); u(#, self.item)\n  def $b(self): k = self.item; u(#, k); n(); return k',
  'class $a:\n  $b = @\n  def get(self): self.item = v(#); u(#, self.item); n(); return u(#)', 'def $a($b, *k, j=@): u(#, $b, k); n(); return j', 'def $a():\n  $b = @\n  def k(): return $b\n  n()\n  return k',
  'def $a(): return u(#, $b)', 'def $a(): return $b() if t() else v(#)',
] as const

interface Value { readonly template: string; readonly name: Name; readonly other: Name; readonly values: readonly Value[] }
interface Line extends Value { readonly kind: 'line' }
interface Definition {
  readonly kind: 'def' | 'class'
  readonly form: FrameForm
  readonly name: Name
  readonly other: Name
  readonly shares: boolean
  /** As in `HEADS`. */
  readonly head: string
  readonly body: Suite<Leaf>
}
/** The decorator of a definition, its type parameters, or the bases of a class. */
const HEADS = ['', '', '', 'same', 'keep', 'deco($b)', 'deco(v(#))', '[T]', '[T: u(#, $b)]', '(Base)', '(same(Base))'] as const
export type FrameForm = 'function' | 'generator' | 'coroutine'
type Leaf = Line | Definition

const MOST_VALUES = 2
const value = fc.letrec<{ value: Value }>(tie => {
  const values = fc.array(tie('value'), { minLength: MOST_VALUES, maxLength: MOST_VALUES })
  return {
    value: fc.oneof(
      { maxDepth: 2 },
      { weight: 3, arbitrary: fc.record({ template: fc.constantFrom<string>(...OBJECTS), name, other: name, values: fc.constant([]) }) },
      { weight: 3, arbitrary: fc.record({ template: fc.constantFrom<string>(...VALUES), name, other: name, values }) },
    ),
  }
}).value
const form = fc.constantFrom<FrameForm>('function', 'generator', 'coroutine')

const suite = suites<Leaf>(inner => [
  { weight: 14, arbitrary: fc.record({ kind: fc.constant('line' as const), template: fc.constantFrom<string>(...LINES), name, other: name, values: fc.array(value, { minLength: MOST_VALUES, maxLength: MOST_VALUES }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('def' as const, 'def' as const, 'class' as const), form, name, other: name, shares: fc.boolean(), head: fc.constantFrom<string>(...HEADS), body: inner }) },
], 3, 'xsmall')

export interface Program {
  /** Where its code stands: a function, or the module itself. */
  readonly place: FrameForm | 'module' | 'script'
  /** What `a`, `b` and `c` are bound to at the start; null: nothing, or what the caller gives. */
  readonly given: readonly (string | null)[]
  /** Its `c` is the module's. */
  readonly isGlobal: boolean
  readonly body: Suite<Leaf>
}

const given = fc.option(fc.constantFrom(...OBJECTS.filter(text => !text.includes('$') && text !== 'None')), { freq: 8 })

export const program: fc.Arbitrary<Program> = fc.record({
  place: fc.constantFrom<Program['place']>('function', 'function', 'function', 'generator', 'coroutine', 'module', 'script'),
  given: fc.tuple(given, given, given),
  isGlobal: fc.nat(5).map(n => n === 5),
  body: fc.tuple(suite, suite).map(([first, second]) => [...first, ...second]),
})

/** What programs use, in the order it is defined. A program has those that it names. */
const PRELUDE: Readonly<Record<string, string>> = {
  'np.': 'import numpy as np',
  'time.': 'import time',
  'gc.': 'import gc',
  'functools.': 'import functools',
  Base: 'class Base:\n  item = None',
  'STORE': 'STORE = []',
  'Box(': 'class Box:\n  def __init__(self, item):\n    self.item = item\n  def get(self):\n    return self.item',
  'same': 'def same(x):\n  return x',
  keep: 'def keep(x):\n  STORE.append(x)\n  return v(0)',
  'pair(': 'def pair(x):\n  return [x, x]',
  'fresh(': 'def fresh(x):\n  u(0, x)\n  return bytearray(50_000_000)',
  'deco(': 'def deco(x):\n  return lambda f: (u(0, x), f)[1]',
  later: 'async def later(x):\n  await w(None)\n  u(0, x)\n  return v(0)',
  'each(': 'def each(x):\n  for y in x:\n    yield y',
}

export function render(program: Program, syntax: Syntax): string {
  const { place, given, isGlobal, body: suite } = program
  const renderer = new JudgedRenderer(syntax, place === 'module' || place === 'script' ? 'module' : place)
  const body = renderer.run(given, suite, place === 'module' ? '' : '  ').join('\n')
  const global = isGlobal ? ['c = v(0)\n', '  global c\n'] : ['', '']
  const head = place === 'module' ? '' : place === 'script' ? 'if __name__ == "__main__":\n' : `${global[0]}${place === 'coroutine' ? 'async ' : ''}def f(a, b):\n${global[1]}`
  const named = (key: string) => body.includes(key) || (key === 'STORE' && body.includes('keep'))
  const prelude = Object.entries(PRELUDE).filter(([key]) => named(key)).map(([, text]) => `${text}\n`).join('')
  return `${prelude}${head}${body}\n`
}

class JudgedRenderer extends Renderer<Leaf> {
  private readonly lines: string[] = []
  private form: FrameForm | 'module' | 'class'

  constructor(syntax: Syntax, form: FrameForm | 'module') {
    super(syntax)
    this.form = form
  }

  run(given: Program['given'], suite: Suite<Leaf>, indent: string): readonly string[] {
    const place = { indent, inLoop: false, mayReturn: this.form !== 'module', inFinally: false }
    given.forEach((template, i) => { if (template !== null) this.line(`${'abc'[i]} = ${template.replace('#', () => String(this.number()))}`, place) })
    this.suite(suite, place)
    if (this.form === 'generator') this.line('yield', place)
    return this.lines
  }

  protected override line(text: string, { indent }: Place): void {
    for (const line of text.split('\n')) this.lines.push(indent + line)
  }

  protected override each(target: Name, form: number): string {
    const number = this.number()
    const iterated = [`it(${number})`, `it(${number})`, 'a', 'b', 'c', `it(${number})`, `list(range(5_000_000))`][form]!
    return this.form === 'coroutine' && form === 5 ? `async for ${target} in ait(${number})` : `for ${target} in ${iterated}`
  }

  protected override manager(): string {
    const number = this.number()
    return this.form === 'coroutine' && number % 2 === 0 ? `async with acm(${number})` : `with cm(${number})`
  }

  protected override leaf(leaf: Leaf, place: Place): void {
    if (leaf.kind === 'line') this.simple(leaf, place)
    else this.definition(leaf, place)
  }

  private simple(leaf: Line, place: Place): void {
    const { template } = leaf
    const jump = /^(break|continue|return)/.exec(template)?.[0]
    if (jump !== undefined && !(jump === 'return' ? place.mayReturn : place.inLoop)) return this.line('n()', place)
    // A program out of decisions must not go round for ever: what ends it would be swallowed.
    if (jump !== undefined && place.inFinally) this.line('n()', place)
    if (/^yield|= yield/.test(template) && !(this.form === 'generator')) return this.line('n()', place)
    if (template === 'group()') return this.line(this.syntax.star ? 'raise group()' : 'raise E', place)
    if (/\$a.*\$b.*= |:=/.test(template) && this.form === 'class') return this.line('n()', place)
    if (template.startsWith('type') && !this.syntax.types) return this.line('n()', place)
    if (template.startsWith('async') && this.form !== 'coroutine') return this.line('n()', place)
    this.line(this.fill(leaf), place)
  }

  private fill({ template, name, other, values }: Value): string {
    let next = 0
    return this.fitting(template).replace(/\$a|\$b|[#@~]/g, mark => {
      switch (mark) {
        case '$a': return name
        case '$b': return other
        case '#': return String(this.number())
        case '@': return this.operand(values[next++])
        default: return ''
      }
    })
  }

  /** Only coroutines wait. */
  private fitting(template: string): string {
    return this.form === 'coroutine' || template.startsWith('async') ? template : template.replace('async for k in ait', 'for k in it')
  }

  private operand(value: Value | undefined): string {
    if (value === undefined) return this.v()
    const text = this.fill({ ...value, template: value.template.replace(/^~/, '') })
    if (value.template.startsWith('~')) return this.suspended(text)
    return /^[\w.]+(\([^()]*\))?$/.test(text) ? text : `(${text})`
  }

  private suspended(text: string): string {
    if (this.form === 'generator') return `(yield ${text})`
    return this.form === 'coroutine' ? `(await ${this.number() % 3 === 0 ? 'later' : 'w'}(${text}))` : `p(${text})`
  }

  private definition({ kind, form, name, other, shares, head, body }: Definition, place: Place): void {
    const outer = this.form
    const inner = { ...deeper(place), inLoop: false, mayReturn: kind === 'def', inFinally: false }
    const declaration = outer === 'module' ? 'global' : 'nonlocal'
    const written = this.fill({ template: head, name, other, values: [] })
    if (/^\w/.test(head)) this.line(`@${written}`, place)
    const types = head.startsWith('[') && this.syntax.types ? written : ''
    if (kind === 'class') this.line(`class ${name}${types}${head.startsWith('(') ? written : ''}:`, place)
    else this.line(`${form === 'coroutine' ? 'async ' : ''}def ${name}${types}(${shares ? '' : `${other}=${other}`}):`, place)
    this.form = kind === 'class' ? 'class' : form
    if (kind === 'def' && shares && outer !== 'class' && (outer === 'module' || other !== 'c')) this.line(`${declaration} ${other}`, inner)
    this.suite(body, inner)
    if (kind === 'def' && form === 'generator') this.line('yield', inner)
    this.form = outer
  }
}
