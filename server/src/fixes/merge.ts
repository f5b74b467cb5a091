/** Joining statements that two fixes insert at the same place. */

/** An inserted statement with the blanks, line breaks and semicolons around it, which say where it stands. */
interface Inserted {
  readonly before: string
  readonly statement: string
  readonly after: string
}

/**
 * The text that inserts both, `first` before `second`: `del a` and `del b` become `del a, b`; other statements follow each other.
 * Null where the two do not stand in the same block in the same way, or are not single statements.
 */
export function mergeInsertions(first: string, second: string): string | null {
  const [a, b] = [split(first), split(second)]
  if (a === null || b === null || a.before !== b.before || a.after !== b.after) return null
  const names = [namesOfDel(a.statement), namesOfDel(b.statement)] as const
  if (names[0] === null || names[1] === null) {
    if (a.statement === b.statement) return first
    return /[\r\n;]/.test(a.before + a.after) ? first + second : null
  }
  return `${a.before}del ${[...new Set([...names[0], ...names[1]])].join(', ')}${a.after}`
}

/** Null: more than one statement, or none. */
function split(text: string): Inserted | null {
  const match = /^([\s;]*)([^\s;](?:[^\r\n;#]*[^\s;#])?)([\s;]*)$/.exec(text)
  return match === null ? null : { before: match[1] ?? '', statement: match[2] ?? '', after: match[3] ?? '' }
}

function namesOfDel(statement: string): readonly string[] | null {
  const match = /^del\s+([\p{ID_Start}_][\p{ID_Continue}]*(?:\s*,\s*[\p{ID_Start}_][\p{ID_Continue}]*)*)$/u.exec(statement)
  return match === null ? null : (match[1] ?? '').split(/\s*,\s*/)
}
