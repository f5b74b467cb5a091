/** What a string literal denotes: its length, its widest character, and its value where that is short. */
import type { CharWidth } from '../ast.ts'
import { detached } from './interner.ts'

/** Longer values are not kept. */
const LONGEST_VALUE = 200

const WIDTHS: readonly CharWidth[] = ['ascii', 'latin1', 'bmp', 'astral']

export interface LiteralForm {
  readonly raw: boolean
  readonly bytes: boolean
  /** `{{` and `}}` stand for one brace. */
  readonly braces: boolean
}

/** Adds up adjacent pieces of literals. Python reads line ends in a literal as `\n`, however the file writes them. */
export class TextBuilder {
  length = 0
  private rank = 0
  private chars: string | null = ''

  get width(): CharWidth {
    return WIDTHS[this.rank] as CharWidth
  }

  get value(): string | null {
    return this.chars === null ? null : detached(this.chars)
  }

  /** `source` is the text between the quotes. */
  add(source: string, form: LiteralForm): void {
    if (isPlain(source, form)) return this.append(source, source.length, 0)
    for (let at = 0; at < source.length;) at = form.raw ? this.plain(source, at, form) : this.escaped(source, at, form)
  }

  private append(chars: string, length: number, rank: number): void {
    this.length += length
    if (rank > this.rank) this.rank = rank
    if (this.chars !== null) this.chars = this.length > LONGEST_VALUE ? null : this.chars + chars
  }

  private code(code: number, form: LiteralForm): void {
    this.append(String.fromCodePoint(code), 1, form.bytes ? 0 : rankOf(code))
  }

  /** Reads one character; gives the index after it. */
  private plain(source: string, at: number, form: LiteralForm): number {
    const code = source.codePointAt(at) as number
    if (code === 0x0d) {
      this.append('\n', 1, 0)
      return source.charCodeAt(at + 1) === 0x0a ? at + 2 : at + 1
    }
    this.code(code, form)
    if (form.braces && (code === 0x7b || code === 0x7d) && source.charCodeAt(at + 1) === code) return at + 2
    return code > 0xffff ? at + 2 : at + 1
  }

  /** Reads one character or escape sequence; gives the index after it. */
  private escaped(source: string, at: number, form: LiteralForm): number {
    if (source.charCodeAt(at) !== 0x5c) return this.plain(source, at, form)
    ESCAPE.lastIndex = at + 1
    const match = ESCAPE.exec(source)
    if (match === null) {
      this.append('\\', 1, 0)
      return at + 1
    }
    const escape = match[0]
    const unicode = escape.startsWith('N') || /^u/i.test(escape)
    if (unicode && form.bytes) this.append(`\\${escape}`, escape.length + 1, 0)
    else this.sequence(escape, form)
    return at + 1 + escape.length
  }

  private sequence(escape: string, form: LiteralForm): void {
    if (/^[\r\n]/.test(escape)) return
    const simple = SIMPLE[escape]
    if (simple !== undefined) return this.append(simple, 1, 0)
    // The names of characters are not known here; nearly all lie in the basic multilingual plane.
    if (escape.startsWith('N')) return this.unknown()
    const code = /^[0-7]/.test(escape) ? Number.parseInt(escape, 8) : Number.parseInt(escape.slice(1), 16)
    return this.code(Math.min(code, 0x10ffff), form)
  }

  private unknown(): void {
    this.append('', 1, 2)
    this.chars = null
  }
}

const ESCAPE = /\r?\n|\r|[\\'"abfnrtv]|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}/y

const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v',
}

function isPlain(source: string, form: LiteralForm): boolean {
  return form.braces ? !/[\\\r{}]|[^\x00-\x7f]/.test(source) : !/[\\\r]|[^\x00-\x7f]/.test(source)
}

function rankOf(code: number): number {
  return code < 0x80 ? 0 : code < 0x100 ? 1 : code < 0x10000 ? 2 : 3
}
