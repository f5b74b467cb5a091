/** Lists a .zip (a .vsix is one) from its central directory. Format: PKWARE's APPNOTE.TXT, sections 4.3.12 and 4.3.16. */
import { readFileSync } from 'node:fs'

const END = 0x06054b50
const ENTRY = 0x02014b50

/** The names and the unpacked sizes, in bytes. */
export function listZip(path: string): { name: string; size: number }[] {
  const bytes = readFileSync(path)
  let end = bytes.length - 22
  while (end >= 0 && bytes.readUInt32LE(end) !== END) end -= 1
  if (end < 0) throw new Error(`${path} is not a zip file`)
  const entries = []
  let at = bytes.readUInt32LE(end + 16)
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error(`${path}: the central directory is broken`)
    const nameLength = bytes.readUInt16LE(at + 28)
    entries.push({ name: bytes.toString('utf8', at + 46, at + 46 + nameLength), size: bytes.readUInt32LE(at + 24) })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}
