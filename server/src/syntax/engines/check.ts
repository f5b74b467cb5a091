/** The lowering reads node type ids, so a grammar that numbers its nodes differently must be refused, not misread. */
import type { Cursor } from '../engine.ts'
import { NODE_TYPES } from '../grammar.ts'

/** Every construct whose id the lowering depends on and that one short text can show. */
export const PROBE = [
  'from .a import (b as c)', 'from d import *', 'from __future__ import e', 'import f.g', 'global h', 'print >>i, j', 'exec "k" in l',
  'del m', 'assert n', 'raise o from p', 'type Q[R: int, *S] = t.u[v].w | x', 'x = y, z', 'y = z = 1 if (yield) else 2.0',
  'a: b = not c and d or -e', 'f += g[h:i, ...]', 'j(k, l=m, *n, **o)', 'j(p for q in r if s)', "t = f'{u=!r:>{v}}w' 'x'",
  '[a, [b for c in d], *e]', '{f}, {g for h in i}, {j: k, **l}, {m: n for o in p}, ()', '(a, b), [c], *d = (e := True, False, None)',
  'a + b - c * d @ e / f % g // h ** i << j >> k & l ^ m | ~n', 'a < b <= c == d != e >= f > g <> h in i not in j is k is not l',
  'lambda a, *b, c=1, **d: e', 'pass; break; continue', '@a', 'async def f(a, /, b: c, d: e = 1, *, g=2, **h) -> i:', '    nonlocal a',
  '    return await b', 'class A(B): pass', 'if a: pass', 'elif b: pass', 'else: pass', 'for a in b: pass', 'while a: pass',
  'with a as b: pass', 'try: pass', 'except A: pass', 'finally: pass', 'match a:', '    case {"b": -1, **c} | [*_] | (d, e.f()) | 1+2j: pass',
  '    case A(b=1) as c if d: pass', '    case _: pass', '# comment', 'a = \\', '  b',
  'a -= b; a *= b; a /= b; a @= b; a //= b; a %= b; a **= b; a >>= b; a <<= b; a &= b; a ^= b; a |= b',
].join('\n') + '\n'

/** What is wrong with the grammar, or null. The cursor is on the root of the parsed `PROBE`; `typeName` names the node it is on. */
export function grammarProblem(cursor: Cursor, typeName: () => { readonly name: string; readonly named: boolean }): string | null {
  const ids: Readonly<Record<string, number>> = NODE_TYPES
  const unseen = new Set(Object.keys(ids))
  for (;;) {
    const { name, named } = typeName()
    const key = named ? name : `'${name}`
    const expected = ids[key]
    unseen.delete(key)
    const id = cursor.nodeTypeId
    if (expected !== undefined && expected !== id) return `node ${key} has id ${id} where ${expected} was expected`
    if (cursor.gotoFirstChild()) continue
    while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return missing(unseen)
  }
}

function missing(unseen: Set<string>): string | null {
  for (const unreachable of ['ERROR', 'parenthesized_list_splat', 'member_type', 'union_type']) unseen.delete(unreachable)
  return unseen.size === 0 ? null : `the grammar has no ${[...unseen].join(', ')}`
}
