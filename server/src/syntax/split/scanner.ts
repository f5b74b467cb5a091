/**
 * Where a logical line ends: the lexical rules of brackets, strings, comments and continued lines
 * (Python reference, chapter 2), nothing more. Lines end with `\n`; a `\r` before it is blank space.
 */

const NEWLINE = 10
const HASH = 35
const DOUBLE_QUOTE = 34
const SINGLE_QUOTE = 39
const BACKSLASH = 92
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
const COLON = 58

/** 1 for characters that can change what the following ones mean; 2 opens, 3 closes a bracket. */
const CLASS = new Uint8Array(128)
for (const char of '\n#"\'\\') CLASS[char.charCodeAt(0)] = 1
for (const char of '([{') CLASS[char.charCodeAt(0)] = 2
for (const char of ')]}') CLASS[char.charCodeAt(0)] = 3

/** Deeper f-strings in f-strings than this are read as plain strings. */
const MAX_FORMATTED = 50

/**
 * Index of the `\n` (or the end of the text) that ends the logical line with `start` in it, outside of any token.
 * An unclosed bracket ends before a line whose first word cannot stand in brackets, so that one broken
 * statement does not swallow those after it. `onComment` is told where each comment of the line begins.
 */
export function logicalLineEnd(text: string, start: number, onComment?: (at: number) => void): number {
  const { length } = text
  let depth = 0
  for (let at = start; at < length;) {
    const code = text.charCodeAt(at)
    const kind = code < 128 ? CLASS[code] as number : 0
    if (kind === 0) at++
    else if (kind !== 1) {
      depth = kind === 2 ? depth + 1 : Math.max(0, depth - 1)
      at++
    } else if (code === NEWLINE) {
      if (depth === 0 || startsStatement(text, at + 1)) return at
      at++
    } else if (code === HASH) {
      onComment?.(at)
      at = lineEnd(text, at)
    } else if (code === BACKSLASH) at = afterBackslash(text, at)
    else {
      at = stringEnd(text, at, 0)
      if (at < 0) return ~at
    }
  }
  return length
}

/**
 * `[start, end)` goes beyond the logical line that begins at `start`. The parser takes a line end for a blank wherever a
 * statement is incomplete (`x =` before the next statement); Python does not.
 */
export function crossesLine(text: string, start: number, end: number): boolean {
  // Looked for within the stretch only: the next line end of code without line ends is far away.
  return text.slice(start, end).includes('\n') && logicalLineEnd(text, start) < end
}

/** Index of the `\n` at or after `at`, or the end of the text. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

/** Index after a backslash outside of strings and what it escapes: a line end, or nothing. */
function afterBackslash(text: string, at: number): number {
  if (text.charCodeAt(at + 1) === NEWLINE) return at + 2
  return text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === NEWLINE ? at + 3 : at + 1
}

/**
 * Index after the string literal whose opening quote is at `at`. A literal that is never closed ends with its line, or
 * with the text if it has triple quotes. `~index` where a placeholder of an f-string is never closed and the
 * logical line ends at `index`.
 */
function stringEnd(text: string, at: number, level: number): number {
  const quote = text.charCodeAt(at)
  const triple = text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote
  const formatted = level < MAX_FORMATTED && isFormatted(text, at)
  for (at += triple ? 3 : 1; at < text.length;) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at += escapeLength(text, at, formatted)
    else if (code === quote) {
      if (!triple) return at + 1
      if (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) return at + 3
      at++
    } else if (code === NEWLINE && !triple) return at
    else if (formatted && code === OPEN_BRACE) {
      at = text.charCodeAt(at + 1) === OPEN_BRACE ? at + 2 : fieldEnd(text, at + 1, quote, triple, level)
      if (at < 0) return at
    } else at++
  }
  return text.length
}

/** The prefix before the quote at `at` makes it an f-string or t-string. */
function isFormatted(text: string, at: number): boolean {
  const prefix = /(?<![\w\x80-\uffff])[a-zA-Z]{1,2}$/.exec(text.slice(Math.max(0, at - 3), at))
  return prefix !== null && /[ft]/i.test(prefix[0])
}

/** A backslash does not hide the brace of a placeholder, unless it names a character: `\N{DASH}`. */
function escapeLength(text: string, at: number, formatted: boolean): number {
  if (!formatted) return 2
  const next = text.charCodeAt(at + 1)
  if (next === OPEN_BRACE) return 1
  if (next !== 78 || text.charCodeAt(at + 2) !== OPEN_BRACE) return 2
  const name = /^[\w -]*\}/.exec(text.slice(at + 3, at + 103))
  return name === null ? 2 : 3 + name[0].length
}

/** Index after the placeholder whose first character is at `at`, in a literal with the given quotes; or as `stringEnd`. */
function fieldEnd(text: string, at: number, quote: number, triple: boolean, level: number): number {
  for (let depth = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    const kind = code < 128 ? CLASS[code] as number : 0
    if (depth === 0 && code === CLOSE_BRACE) return at + 1
    if (depth === 0 && code === COLON) return specifierEnd(text, at + 1, quote, triple, level)
    if (kind === 2) depth++
    if (kind === 3) depth--
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      at = stringEnd(text, at, level + 1)
      if (at < 0) return at
    } else if (code === HASH) at = lineEnd(text, at)
    else if (code === NEWLINE && startsStatement(text, at + 1)) return ~at
    else at++
  }
  return ~text.length
}

/** Index after the brace that closes a placeholder, read from after its colon; of the closing quote or line end where there is none. */
function specifierEnd(text: string, at: number, quote: number, triple: boolean, level: number): number {
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === CLOSE_BRACE) return at + 1
    if (code === OPEN_BRACE) {
      at = level >= MAX_FORMATTED ? at + 1 : fieldEnd(text, at + 1, quote, triple, level + 1)
      if (at < 0) return at
    } else if (code === NEWLINE && !triple) return at
    else if (code === quote && (!triple || (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote))) return at
    else at++
  }
  return at
}

/** Reserved words of Python 2 and 3 that no expression contains, so that no line within brackets begins with one. */
const STATEMENT_WORDS = new Set([
  'assert', 'break', 'class', 'continue', 'def', 'del', 'elif', 'except', 'finally', 'global', 'import', 'nonlocal', 'pass', 'raise',
  'return', 'try', 'while', 'with',
])

/** A statement, or the decorators of one, must begin on the line at `at`. */
function startsStatement(text: string, at: number): boolean {
  const first = firstCode(text, at)
  const code = text.charCodeAt(first)
  if (code === 64) return startsDecorated(text, first)
  if (!(code >= 97 && code <= 122)) return false
  const word = wordAt(text, first)
  if (word !== 'async') return STATEMENT_WORDS.has(word)
  const second = wordAt(text, firstCode(text, first + 5))
  return second === 'def' || second === 'with'
}

/** Lines from `@` on to a definition. `a @ b` may be broken before the operator within brackets, so the `@` alone proves nothing. */
function startsDecorated(text: string, at: number): boolean {
  while (text.charCodeAt(at) === 64) at = firstCode(text, lineEnd(text, at) + 1)
  return /^(?:class|(?:async\s+)?def)\b/.test(text.slice(at, at + 40))
}

/** The first index from `at` on that is no blank within the line. */
function firstCode(text: string, at: number): number {
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9 || text.charCodeAt(at) === 12) at++
  return at
}

const WORD = /[A-Za-z_][A-Za-z_0-9]*(?![\x80-\uffff])/y

/** The ASCII word at `at`, or ''. */
export function wordAt(text: string, at: number): string {
  WORD.lastIndex = at
  return WORD.exec(text)?.[0] ?? ''
}
