/** The bytes of a Python file to text and back, as CPython reads them: UTF-8 unless the first two lines say otherwise (PEP 263). */
import iconv from 'iconv-lite'

export interface DecodedSource {
  /** Without a byte order mark; line ends as in the file. */
  readonly text: string
  /** As declared, or `utf-8`. */
  readonly encoding: string
  /** The bytes of a changed text, with the byte order mark the file had; null where the encoding cannot express it. */
  encode(text: string): Uint8Array | null
}

/** Never throws: the text, or why CPython could not read it either, in words. */
export function decodeSource(bytes: Uint8Array): DecodedSource | { readonly problem: string } {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return { problem: 'is UTF-16, which Python does not read' }
  const nul = bytes.indexOf(0)
  if (nul !== -1) return { problem: `contains a NUL byte in line ${lineOf(bytes, nul)}: a binary or damaged file` }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const body = hasMark ? bytes.subarray(3) : bytes
  const declared = declaredEncoding(body)
  if (declared === null || isUtf8(declared)) return decodeUtf8(body, hasMark)
  if (hasMark) return { problem: `begins with a UTF-8 byte order mark but declares the encoding "${declared}"` }
  return decodeOther(body, declared)
}

/** Text that is UTF-8 whatever it says, as JSON is. */
export function decodeJson(bytes: Uint8Array): DecodedSource | { readonly problem: string } {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return decodeUtf8(hasMark ? bytes.subarray(3) : bytes, hasMark)
}

/** The declaration has to be a comment, in the first line or in the second after a blank or a comment. */
const COOKIE = /^[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)/
const NO_CODE = /^[ \t\f]*(?:#.*)?$/

function declaredEncoding(bytes: Uint8Array): string | null {
  const lines = Buffer.from(bytes.subarray(0, 2000)).toString('latin1').split(/\r\n|\n|\r/, 2)
  for (const line of lines) {
    const cookie = COOKIE.exec(line)?.[1]
    if (cookie !== undefined) return normalName(cookie)
    if (!NO_CODE.test(line)) return null
  }
  return null
}

/** As `get_normal_name` of CPython's Parser/tokenizer: editors add suffixes such as `-unix`. */
function normalName(name: string): string {
  const plain = name.toLowerCase().replaceAll('_', '-')
  if (/^utf-8(-|$)/.test(plain)) return 'utf-8'
  return /^(latin-1|iso-8859-1|iso-latin-1)(-|$)/.test(plain) ? 'iso-8859-1' : name
}

function isUtf8(name: string): boolean {
  return ['utf-8', 'utf8', 'u8', 'cp65001'].includes(name.toLowerCase().replaceAll('_', '-'))
}

function decodeUtf8(body: Uint8Array, hasMark: boolean): DecodedSource | { readonly problem: string } {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    const at = firstInvalid(body)
    return { problem: `is not UTF-8 (byte 0x${(body[at] ?? 0).toString(16).padStart(2, '0')} in line ${lineOf(body, at)}) and declares no other encoding` }
  }
  const encode = (changed: string): Uint8Array => Buffer.from(hasMark ? `\uFEFF${changed}` : changed, 'utf8')
  return { text, encoding: 'utf-8', encode }
}

/** Names that the conversion library knows but that are no encodings of source text, or none in Python. */
const NOT_FOR_SOURCE: ReadonlySet<string> = new Set(['base64', 'hex', 'binary', 'ucs2', 'utf16', 'utf16le', 'utf16be', 'utf32', 'utf32le', 'utf32be', 'utf7', 'utf7imap', 'cesu8'])

function decodeOther(body: Uint8Array, name: string): DecodedSource | { readonly problem: string } {
  const known = iconv.encodingExists(name) && !NOT_FOR_SOURCE.has(name.toLowerCase().replace(/[^a-z0-9]/g, ''))
  if (!known) return { problem: `declares the unknown encoding "${name}"` }
  const text = iconv.decode(Buffer.from(body), name)
  const at = text.indexOf('\uFFFD')
  if (at !== -1) return { problem: `is not ${name}, which it declares (line ${text.slice(0, at).split(/\r\n|\n|\r/).length})` }
  const encode = (changed: string): Uint8Array | null => {
    const bytes = iconv.encode(changed, name)
    return iconv.decode(bytes, name) === changed ? bytes : null
  }
  return { text, encoding: name, encode }
}

/** Where the first sequence begins that is not UTF-8: found by halving, then going back to where its character starts. */
function firstInvalid(bytes: Uint8Array): number {
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (decodes(bytes.subarray(0, middle), true)) low = middle
    else high = middle - 1
  }
  while (low > 0 && !decodes(bytes.subarray(0, low), false)) low -= 1
  return low
}

/** Well-formed, or, where `stream` is set, so but for a character cut off at the end. */
function decodes(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream })
    return true
  } catch {
    return false
  }
}

/** 1-based. */
function lineOf(bytes: Uint8Array, at: number): number {
  return Buffer.from(bytes.subarray(0, at)).toString('latin1').split(/\r\n|\n|\r/).length
}
