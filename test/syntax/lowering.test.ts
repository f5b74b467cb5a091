import { describe, expect, test } from 'vitest'
import { dedent, dumped } from './helpers.ts'

/** Checks that Python is lowered to what the dump says. */
function lowers(name: string, python: string, expected: string): void {
  test(name, () => {
    expect(`\n${dumped(dedent(python))}\n`).toBe(`\n${dedent(expected).trimEnd()}\n`)
  })
}

describe('names and literals', () => {
  lowers('numbers keep their value where a double holds it', `
    a = 1, 0x_ff, 0o17, 0b11, 1_000, 2**64, 18446744073709551616, 123456789012345678901, 1.5e3, 1e999, 2j
    `, `
    Assign [a] (Tuple int:1 int:255 int:15 int:3 int:1000 (BinOp int:2 ** int:64) int:18446744073709552000 int:? float:1500 float:? complex)
    `)

  lowers('Python 2 numbers', 'x = 0777 + 1L + 00', `
    Assign [x] (BinOp (BinOp int:511 + int:1) + int:0)
    `)

  lowers('strings count code points, and know their widest character', String.raw`
    a = "\x41\u00e9\101\
    \n", 'ж', "\U0001F600", "😀", r"\n", "\q", '\N{DASH}'
    b = b"\x00\xff\u0041", "" 'a' "b"
    `, String.raw`
    Assign [a] (Tuple "AéA\n":latin1 "ж":bmp "😀":astral "😀":astral "\\n" "\\q" str:1:bmp)
    Assign [b] (Tuple bytes:8 "ab")
    `)

  lowers('a long string has a length only', `x = "${'ab'.repeat(150)}"`, 'Assign [x] str:300:ascii')

  lowers('line ends within a string are one character', 'x = """a\r\nb"""\r\n', String.raw`Assign [x] "a\nb"`)

  lowers('constants', 'x = None, True, False, ..., ()', 'Assign [x] (Tuple None True False Ellipsis (Tuple))')

  lowers('f-strings hold their text and placeholders', String.raw`
    x = f"a{{{b!r:>{w}.2f}}}" 'c' rf'\d{e = }' f'{f:%Y-%m-%d}{g:=5}'
    y = f"" + f"{h['k']}" f"{f'{i}'}"
    `, String.raw`
    Assign [x] (JoinedStr "a{" (FormattedValue b (JoinedStr ">" (FormattedValue w -) ".2f")) "}c\\de = " (FormattedValue e -) (FormattedValue f (JoinedStr "%Y-%m-%d")) (FormattedValue g (JoinedStr "=5")))
    Assign [y] (BinOp (JoinedStr) + (JoinedStr (FormattedValue (Subscript h "k") -) (FormattedValue (JoinedStr (FormattedValue i -)) -)))
    `)

  lowers('t-strings are templates', 't"a{b}"', 'ExprStmt (JoinedStr template "a" (FormattedValue b -))')

  lowers('identifiers are compared in normal form', 'ﬁle = ªx', 'Assign [file] ax')
})

describe('operators', () => {
  lowers('one boolean operator is one node, parentheses keep apart', 'a and b and c or d or (e or f)', `
    ExprStmt (BoolOp or (BoolOp and a b c) d (BoolOp or e f))
    `)
  lowers('comparisons chain', 'a < b not in c is not d <> e', 'ExprStmt (Compare a < b not in c is not d != e)')
  lowers('precedence of the bitwise operators', 'a ^ b & c ^ d | (e ^ f) & g & h ^ i', `
    ExprStmt (BinOp (BinOp (BinOp a ^ (BinOp b & c)) ^ d) | (BinOp (BinOp (BinOp (BinOp e ^ f) & g) & h) ^ i))
    `)
  lowers('power and unary operators', '-a ** -b ** c; not not d', `
    ExprStmt (UnaryOp - (BinOp a ** (UnaryOp - (BinOp b ** c))))
    ExprStmt (UnaryOp not (UnaryOp not d))
    `)
  lowers('conditional, lambda and walrus', 'x = lambda a, *b, c=1, **d: (y := a) if b else await c', `
    Assign [x] (Lambda [(positional a - -) (star b - -) (keyword-only c - int:1) (double-star d - -)] (IfExp b (NamedExpr y a) (Await c)))
    `)
})

describe('trailers and displays', () => {
  lowers('calls keep the order of their arguments', 'f(a, *b, c=d, *e, **g)(x for x in y)', `
    ExprStmt (Call (Call f a *b c=d *e **g) (Comprehension generator x (for x y)))
    `)
  lowers('a star applies to all of its operand', 'f(*a.b(), *c or d); x = *e.f, [*g[0]]', `
    ExprStmt (Call f *(Call (Attribute a b)) *(BoolOp or c d))
    Assign [x] (Tuple (Starred (Attribute e f)) (List (Starred (Subscript g int:0))))
    `)
  lowers('subscripts and slices', 'a[1:, ::2, b, ...][c,][*d][e]', `
    ExprStmt (Subscript (Subscript (Subscript (Subscript a (Tuple (Slice int:1 - -) (Slice - - int:2) b Ellipsis)) (Tuple c)) (Tuple (Starred d))) e)
    `)
  lowers('dictionaries', '{**a, "b": 1, c: {}}, {d}', 'ExprStmt (Tuple (Dict [- a] ["b" int:1] [c (Dict)]) (Set d))')
  lowers('comprehensions', '[a async for a, b in c if d if e for f in g], {h: i for h in j}', `
    ExprStmt (Tuple (Comprehension list a (async-for (Tuple a b) c d e) (for f g)) (Comprehension dict h i (for h j)))
    `)
  lowers('comments may stand between any two tokens', `
    x = (a  # one
         .b  # two
         (c,  # three
          # four
          d))
    `, 'Assign [x] (Call (Attribute a b) c d)')
})

describe('simple statements', () => {
  lowers('assignments', `
    a = b = c, = yield d
    (e) = [f, (g, *h)] = i
    j: int
    (k): int = 1
    l.m: n[1:2, o] = p
    q @= r
    s: t[u] | v | (w | x) | y[z]
    `, `
    Assign [a b (Tuple c)] (Yield d)
    Assign [e (List f (Tuple g (Starred h)))] i
    AnnAssign j int - simple
    AnnAssign k int int:1
    AnnAssign (Attribute l m) (Subscript n (Tuple (Slice int:1 int:2 -) o)) p
    AugAssign q @= r
    AnnAssign s (BinOp (BinOp (BinOp (Subscript t u) | v) | (BinOp w | x)) | (Subscript y z)) - simple
    `)
  lowers('del, return, raise, assert', `
    del a, b.c
    del (d, e)
    del f,
    def g():
        return
        return 1, *h
    raise
    raise A from b
    assert c, 'd'
    `, `
    Delete [a (Attribute b c)]
    Delete [(Tuple d e)]
    Delete [f]
    FunctionDef g [] -> -
      Return -
      Return (Tuple int:1 (Starred h))
    Raise - -
    Raise A b
    Assert c "d"
    `)
  lowers('imports', `
    import a.b.c, d as e
    from . import f
    from ...g . h import (i as j, k,)
    from l import *
    from __future__ import annotations
    `, `
    Import [a.b.c d as e]
    ImportFrom . [f]
    ImportFrom ...g.h [i as j k]
    ImportFrom l *
    ImportFrom __future__ [annotations]
    `)
  lowers('the bound name of an import is its first part', 'import os.path', 'Import [os.path]')
  lowers('scope declarations and type aliases', `
    global a, b
    nonlocal c
    type X = int | None
    type Y[T: (int, str), *Ts, **P] = dict[str, T]
    type(a).b = type
    `, `
    Global [a b]
    Nonlocal [c]
    TypeAlias X (BinOp int | None)
    TypeAlias Y <(TypeParameter variable T (Tuple int str)) (TypeParameter star Ts -) (TypeParameter double-star P -)> (Subscript dict (Tuple str T))
    Assign [(Attribute (Call type a) b)] type
    `)
  lowers('words that are keywords in places only', 'match = case = type = print = _ = 1; match.case(type)', `
    Assign [match case type print _] int:1
    ExprStmt (Call (Attribute match case) type)
    `)
  lowers('statements of Python 2', `
    print "a", b
    print >>f, c,
    exec "code" in d, e
    raise E, "v"
    `, `
    ExprStmt (Call print "a" b)
    ExprStmt (Call print file=f c)
    ExprStmt (Call exec "code" d e)
    Raise (Tuple E "v") -
    `)
})

describe('compound statements', () => {
  lowers('elif is the else of the if before', `
    if a: pass
    elif b: x
    elif c:
        y
    else: z
    `, `
    If a
      Pass
    else
      If elif b
        ExprStmt x
      else
        If elif c
          ExprStmt y
        else
          ExprStmt z
    `)
  lowers('loops', `
    for a, in b, c:
        break
    else:
        continue
    while x: pass
    else: pass
    async def f():
        async for d in e: pass
    `, `
    For (Tuple a) (Tuple b c)
      Break
    else
      Continue
    While x
      Pass
    else
      Pass
    FunctionDef async f [] -> -
      For async d e
        Pass
    `)
  lowers('try', `
    try: a
    except A: b
    except (B, C) as d: e
    except: f
    else: g
    finally: h
    try: i
    except* J as k: l
    try: m
    except N, O: p
    `, `
    Try
      ExprStmt a
    ExceptHandler A -
      ExprStmt b
    ExceptHandler (Tuple B C) d
      ExprStmt e
    ExceptHandler - -
      ExprStmt f
    else
      ExprStmt g
    finally
      ExprStmt h
    Try star
      ExprStmt i
    ExceptHandler J k
      ExprStmt l
    Try
      ExprStmt m
    ExceptHandler (Tuple N O) -
      ExprStmt p
    `)
  lowers('with, in all its forms of parentheses', `
    with a as b, c: pass
    with (d as e, f,): pass
    with (g as h): pass
    with (i): pass
    with (j, k) as (l, m): pass
    with open(n) as o.p[0]: pass
    with q if r else s as t: pass
    `, `
    With [a as b c]
      Pass
    With [d as e f]
      Pass
    With [g as h]
      Pass
    With [i]
      Pass
    With [(Tuple j k) as (Tuple l m)]
      Pass
    With [(Call open n) as (Subscript (Attribute o p) int:0)]
      Pass
    With [(IfExp r q s) as t]
      Pass
    `)
  lowers('match', `
    match a, *b:
        case 1 | -2.5 | 3+4j | "s" 't' | None: pass
        case [x, *_] | (y, *rest) | (): pass
        case (z): pass
        case {"k": v, -1: _, c.d: w, **kw}: pass
        case C(1, p, q=r, s=t.u) as whole if whole: pass
        case D(g() as h, i=1 | 2 as j): pass
        case e.f, *_: pass
        case _: pass
    `, `
    Match (Tuple a (Starred b))
      MatchCase (MatchOr int:1 (UnaryOp - float:2.5) (BinOp int:3 + complex) "st" None) -
        Pass
      MatchCase (MatchOr (MatchSequence (MatchAs - x) (MatchStar -)) (MatchSequence (MatchAs - y) (MatchStar rest)) (MatchSequence)) -
        Pass
      MatchCase (MatchAs - z) -
        Pass
      MatchCase (MatchMapping ["k" (MatchAs - v)] [(UnaryOp - int:1) (MatchAs - -)] [(Attribute c d) (MatchAs - w)] **kw) -
        Pass
      MatchCase (MatchAs (MatchClass C int:1 (MatchAs - p) [q= (MatchAs - r)] [s= (Attribute t u)]) whole) whole
        Pass
      MatchCase (MatchClass D (MatchAs (MatchClass g) h) [i= (MatchAs (MatchOr int:1 int:2) j)]) -
        Pass
      MatchCase (MatchSequence (Attribute e f) (MatchStar -)) -
        Pass
      MatchCase (MatchAs - -) -
        Pass
    `)
  lowers('functions', `
    @a.b
    @(c := d)
    def f[T: int, *Ts](x, /, y: int, z: str = "", *args: *Ts, key, opt=1, **kw: T) -> f"{x}":
        def g(*, h): ...
    `, `
    FunctionDef @(Attribute a b) @(NamedExpr c d) f <(TypeParameter variable T int) (TypeParameter star Ts -)> [(positional-only x - -) (positional y int -) (positional z str "") (star args (Starred Ts) -) (keyword-only key - -) (keyword-only opt - int:1) (double-star kw T -)] -> (JoinedStr (FormattedValue x -))
      FunctionDef g [(keyword-only h - -)] -> -
        ExprStmt Ellipsis
    `)
  lowers('classes', `
    @d
    class A[T](B, *c, metaclass=M, **kw):
        x: int = 1; y = 2
        class Inner: z = 3
        def m(self): pass
    class Empty: ...
    `, `
    ClassDef @d A <(TypeParameter variable T -)> [B *c metaclass=M **kw]
      AnnAssign x int int:1 simple
      Assign [y] int:2
      ClassDef Inner []
        Assign [z] int:3
      FunctionDef m [(positional self - -)] -> -
        Pass
    ClassDef Empty []
      ExprStmt Ellipsis
    `)
  lowers('a class within a function', `
    def f():
        class A:
            def g(self): pass
    `, `
    FunctionDef f [] -> -
      ClassDef A []
        FunctionDef g [(positional self - -)] -> -
          Pass
    `)
})

describe('line ends and blanks', () => {
  lowers('a line that begins with a bracket is a statement of its own after a tuple', `
    def f():
      x = a, 1
      [b] = x
      y = a, g(2)  # a comment

      [b, c].sort()
      return [
        b]
    `, `
    FunctionDef f [] -> -
      Assign [x] (Tuple a int:1)
      Assign [(List b)] x
      Assign [y] (Tuple a (Call g int:2))
      ExprStmt (Call (Attribute (List b c) sort))
      Return (List b)
    `)

  for (const [name, end] of [['\\n', '\n'], ['\\r\\n', '\r\n'], ['a lone \\r', '\r']] as const) {
    lowers(`lines that end with ${name}`, `if a:${end}    b${end}else:${end}    c \\${end}      .d${end}class E:${end}    f = 1${end}    def g(self): h${end}`, `
      If a
        ExprStmt b
      else
        ExprStmt (Attribute c d)
      ClassDef E []
        Assign [f] int:1
        FunctionDef g [(positional self - -)] -> -
          ExprStmt h
      `)
  }
  lowers('tabs, form feeds and no last line end', 'class A:\n\tx = 1\n\f\n\tdef f(self):\n\t\tpass\n\fy = 2', `
    ClassDef A []
      Assign [x] int:1
      FunctionDef f [(positional self - -)] -> -
        Pass
    Assign [y] int:2
    `)
  lowers('an empty file', '', '')
  lowers('comments only', '# a\n\n    # b', '')
})
