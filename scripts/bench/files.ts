/** Long files for the measurements of editing, put together from texts of the library: the same ones every time. */

/** A text of exactly so many lines: whole files with functions in a fixed mixed order, the last one cut. */
export function composedText(library: readonly string[], lines: number): string {
  const texts = library.filter(hasFunctions)
  const parts: string[] = []
  for (let i = 0, left = lines; left > 0; i++) {
    const text = texts[(i * STRIDE) % texts.length] as string
    const own = text.split('\n').slice(0, left)
    if (own.at(-1) === '') own.pop()
    left -= own.length
    parts.push(...own)
  }
  return `${parts.join('\n')}\n`
}

/** Code, not tables: a `def` every 40 lines. */
function hasFunctions(text: string): boolean {
  return (text.match(/^ *def /gm)?.length ?? 0) * 40 > text.split('\n').length
}

/** Neighbours in the alphabet are alike. */
const STRIDE = 101

/** An edit at a keystroke: absolute UTF-16 offsets in the text before it. */
export interface Keystroke {
  readonly start: number
  readonly end: number
  readonly newText: string
}

/** Assignments in function bodies, spread evenly over the text: the offsets where their lines end. */
export function placesToEdit(text: string, count: number): readonly number[] {
  const found: number[] = []
  let outer = Number.POSITIVE_INFINITY
  let at = 0
  for (const line of text.split('\n')) {
    const indent = /^ */.exec(line)?.[0].length ?? 0
    if (/^ *(async )?def .*:$/.test(line)) outer = indent
    else if (line !== '' && indent <= outer) outer = Number.POSITIVE_INFINITY
    else if (/^ *\w+ = .*[\w)\]]$/.test(line)) found.push(at + line.length)
    at += line.length + 1
  }
  if (found.length < count) throw new Error(`only ${found.length} places to edit`)
  return Array.from({ length: count }, (_, i) => found[Math.floor((i + 0.5) * found.length / count)] as number)
}

/** What a person types at the end of the line that ends at `offset`, key by key: statements, a comment, a name changed, and back again. */
export function keystrokesAt(text: string, offset: number): readonly Keystroke[] {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  const indent = /^\s*/.exec(line)?.[0] ?? ''
  const name = /\w+/.exec(line)?.[0] ?? ''
  const keys: Keystroke[] = []
  let at = offset
  const type = (written: string): void => {
    for (const key of written) {
      keys.push({ start: at, end: at, newText: key })
      at += key.length
    }
  }
  const enter = (): void => {
    keys.push({ start: at, end: at, newText: `\n${indent}` })
    at += 1 + indent.length
  }
  const erase = (count: number): void => {
    for (let i = 0; i < count; i++, at--) keys.push({ start: at - 1, end: at, newText: '' })
  }
  enter()
  type(`total = len(${name})`)
  enter()
  type('# all of it')
  enter()
  type(`rows = [${name} for _ in range(total)]`)
  erase(7)
  type('count)')
  enter()
  type('rows.append(total)')
  keys.push({ start: offset, end: at, newText: '' })
  return keys
}
