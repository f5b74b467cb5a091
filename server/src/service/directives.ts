/** The comments that suppress findings: `# refleak: ignore[rule, …]` and `# refleak: ignore-file`. */
import type { Directive } from '../syntax/source.ts'

export interface Suppression {
  readonly form: 'line' | 'file'
  /** The named rules as written, with their places; null: every rule. */
  readonly rules: readonly NamedRule[] | null
  /** From the `#` that begins the directive to the end of the comment or to the next `#` in it. Absolute UTF-16 offsets. */
  readonly start: number
  readonly end: number
  /** Where a further rule name can be put: before `]`; null without brackets. */
  readonly insertAt: number | null
}

export interface NamedRule {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Why a comment that begins with `refleak:` is no suppression. */
export interface Misspelt {
  readonly form: 'misspelt'
  readonly start: number
  readonly end: number
  readonly message: string
}

const PIECE = /#\s*refleak:[^#]*/g
const IGNORE = /^#\s*refleak:\s*ignore(-file)?(?![\w-])\s*(\[([^\]]*)(\])?)?/

/** Reads a comment; it may hold other remarks before and after (`# noqa # refleak: ignore`). */
export function parseDirective(directive: Directive): readonly (Suppression | Misspelt)[] {
  return [...directive.text.matchAll(PIECE)].map((piece) => parsePiece(piece[0], directive.start + piece.index))
}

function parsePiece(piece: string, start: number): Suppression | Misspelt {
  const end = start + piece.trimEnd().length
  const match = IGNORE.exec(piece)
  if (match === null) return { form: 'misspelt', start, end, message: 'expected "ignore", "ignore[rule]" or "ignore-file" after "refleak:"' }
  const [whole, file, brackets, inner = '', closing] = match
  const form = file === undefined ? 'line' : 'file'
  if (brackets === undefined) return { form, rules: null, start, end, insertAt: null }
  if (closing === undefined) return { form: 'misspelt', start, end, message: 'the "[" is not closed' }
  const innerStart = start + whole.length - 1 - inner.length
  return { form, rules: namesIn(inner, innerStart), start, end, insertAt: innerStart + inner.trimEnd().length }
}

function namesIn(inner: string, start: number): readonly NamedRule[] {
  return [...inner.matchAll(/[^\s,]+/g)].map((match) => ({
    name: match[0],
    start: start + match.index,
    end: start + match.index + match[0].length,
  }))
}
