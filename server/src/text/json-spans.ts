/** Where the values of a JSON text stand, so that one can be replaced and the rest stays as it is, to the byte. */

export interface JsonSpan {
  /** Offsets of the value's text, without blanks around it. */
  readonly start: number
  readonly end: number
  /** Of an object, by key: the last one counts, as in `JSON.parse`. */
  readonly members: ReadonlyMap<string, JsonSpan>
  /** Of an array. */
  readonly elements: readonly JsonSpan[]
}

const NO_MEMBERS: JsonSpan['members'] = new Map()

/** Reads a text that `JSON.parse` accepts. */
export function jsonSpans(text: string): JsonSpan {
  return new Reader(text).value()
}

class Reader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  value(): JsonSpan {
    this.blanks()
    const start = this.at
    switch (this.text[start]) {
      case '{': return this.object(start)
      case '[': return this.array(start)
      case '"': return this.string()
      default: {
        // A number or a word.
        LITERAL.lastIndex = start
        LITERAL.exec(this.text)
        this.at = Math.max(LITERAL.lastIndex, start + 1)
        return leaf(start, this.at)
      }
    }
  }

  private object(start: number): JsonSpan {
    const members = new Map<string, JsonSpan>()
    this.at += 1
    while (this.goesOn('}')) {
      const key = this.string()
      this.blanks()
      this.at += 1
      members.set(JSON.parse(this.text.slice(key.start, key.end)) as string, this.value())
    }
    return { start, end: this.at, members, elements: [] }
  }

  private array(start: number): JsonSpan {
    const elements: JsonSpan[] = []
    this.at += 1
    while (this.goesOn(']')) elements.push(this.value())
    return { start, end: this.at, members: NO_MEMBERS, elements }
  }

  /** Steps over blanks and a comma; false, and over the bracket, at the end. */
  private goesOn(bracket: string): boolean {
    this.blanks()
    if (this.text[this.at] === ',') {
      this.at += 1
      this.blanks()
    }
    if (this.at < this.text.length && this.text[this.at] !== bracket) return true
    this.at += 1
    return false
  }

  private string(): JsonSpan {
    const start = this.at
    STRING.lastIndex = start
    STRING.exec(this.text)
    this.at = Math.max(STRING.lastIndex, start + 1)
    return leaf(start, this.at)
  }

  private blanks(): void {
    while (BLANK.test(this.text[this.at] ?? '')) this.at += 1
  }
}

function leaf(start: number, end: number): JsonSpan {
  return { start, end, members: NO_MEMBERS, elements: [] }
}

const BLANK = /[ \t\r\n]/
const LITERAL = /[-+.\w]+/y
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y
