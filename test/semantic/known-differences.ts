/** Where our scopes are not those of CPython's symbol table, and by which law. Everything else has to be the same. */
import type { TargetVersion } from '../../server/src/text/target-version.ts'

export interface KnownDifference {
  /** Path inside the standard library. */
  readonly file: string
  readonly versions: readonly TargetVersion[]
  /** Names of the scopes that differ. */
  readonly scopes: readonly string[]
  readonly law: string
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    file: 'test/test_compile.py',
    versions: ['3.11', '3.12', '3.13'],
    scopes: ['test_weird_attribute_position_regressions', 'f'],
    law: 'tree-sitter-python ends the block at a line inside parentheses that is indented less than the block; Python does not. '
      + 'The function counts as broken and is not analysed.',
  },
  {
    file: 'typing.py',
    versions: ['3.8'],
    scopes: ['listcomp'],
    law: 'Python 3.8 counts the lines of an f-string that is a later part of an implicit concatenation from the first part; '
      + '3.9 and we give the line where it stands.',
  },
]
