/** What independent checkers report of names in two copies of one folder. */
import type { Checker } from './checkers.ts'
import { standings, type Report } from './deletes.ts'
import type { Python } from './python.ts'

/** Tells what is new: what is reported of a name more often than before in a file, with these words. */
export async function compareReports(before: string, after: string, files: readonly string[], used: readonly Checker[], python: Python): Promise<boolean> {
  let isKept = true
  for (const { name, dull, why, report } of used) {
    const [old, now] = [await report(before, files, python), await report(after, files, python)]
    const stands = await standings(python.command, after, now)
    const isDull = (_: Report, i: number): boolean => dull.some(standing => standing === stands[i])
    const known = old.map(told)
    // Telling ones first: what stands where it tells nothing takes none of their counterparts.
    const telling = now.filter((r, i) => !isDull(r, i)).filter(r => !takeOne(known, told(r)))
    const others = now.filter(isDull).filter(r => !takeOne(known, told(r)))
    console.log(`${name} on ${files.length} changed files: ${now.length} reports on names, ${telling.length} of them new${others.length > 0 ? `; ${others.length} more ${why}` : ''}`)
    for (const r of telling) console.log(`  ${r.file}:${r.line}: ${r.message}`)
    isKept &&= telling.length === 0
  }
  return isKept
}

function told({ file, message }: Report): string {
  return `${file}: ${message}`
}

function takeOne(lines: string[], line: string): boolean {
  const index = lines.indexOf(line)
  if (index >= 0) lines.splice(index, 1)
  return index >= 0
}
