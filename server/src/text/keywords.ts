/** The words that no name can be, on any Python from 3.8 to 3.14 (soft keywords, as `match`, can). Source: Lib/keyword.py. */
export const KEYWORDS: ReadonlySet<string> = new Set((
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or '
  + 'pass raise return try while with yield'
).split(' '))
