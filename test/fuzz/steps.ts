/** What a person and an editor may do, as plain data: places are fractions of the text, other texts numbers of the corpus. */
import fc from 'fast-check'

export type Edit =
  | { readonly kind: 'type'; readonly at: number; readonly text: string }
  | { readonly kind: 'truncate'; readonly at: number }
  | { readonly kind: 'delete-token' | 'double-token' | 'delete-line' | 'double-line'; readonly at: number }
  | { readonly kind: 'move'; readonly from: number; readonly length: number; readonly at: number }
  | { readonly kind: 'mix'; readonly other: number; readonly from: number; readonly length: number; readonly at: number }
  | { readonly kind: 'replace'; readonly other: number }

export type Step =
  | { readonly kind: 'edit'; readonly edits: readonly Edit[] }
  | { readonly kind: 'hover' | 'actions'; readonly at: number }
  | { readonly kind: 'apply'; readonly which: number }
  | { readonly kind: 'pull' }
  | { readonly kind: 'reopen'; readonly other: number }

const fraction = fc.nat({ max: 10_000 }).map(n => n / 10_000)
const other = fc.nat({ max: 1_000 })
const typed = fc.oneof(
  fc.constantFrom('(', ')', '[', '"', '"""', "'", '#', ':', '\\', '\n', '\r', '\r\n', '\t', '    ', '\n    ', '\f', '\0', '\ufeff', '😀', '\ud800', '@', ';', '`', '{', '}}', 'f"{'),
  fc.constantFrom('del x', 'x = None', 'def f(a, *b):', 'async ', 'await ', 'yield ', 'lambda: ', 'class C:\n', 'try:\n', 'finally:\n', 'except* E:\n', 'match x:\n', 'global x\n', 'nonlocal x\n', 'from x import *\n', ':= ', '# refleak: ignore\n', '# refleak: ignore-file\n', 'print "x"\n', '<<<<<<<\n'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('type' as const), at: fraction, text: typed }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('delete-token' as const, 'double-token' as const, 'delete-line' as const, 'double-line' as const), at: fraction }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('truncate' as const), at: fraction }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), from: fraction, length: fc.nat({ max: 2_000 }), at: fraction }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mix' as const), other, from: fraction, length: fc.nat({ max: 2_000 }), at: fraction }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace' as const), other }) },
)

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('edit' as const), edits: fc.array(edit, { minLength: 1, maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('hover' as const, 'actions' as const), at: fraction }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('apply' as const), which: other }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pull' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const), other }) },
)
