/** The places where people released memory by hand, and which of them a set of findings proposes. */
import type { ReportedFinding } from '../../../server/src/service/report.ts'

/** One line of `mapping.jsonl`: a name that a person released in a file from which that line was taken out. */
export interface PlaceOfPerson {
  /** Relative to the folder of stripped files. */
  readonly file: string
  readonly name: string
  /** False for names released for company: found or not does not count. */
  readonly primary: boolean
  readonly cls: string
  readonly domain: string
  /** The release stands well behind any of these lines of the stripped file: first and last, counted from 1. */
  readonly accept_after: readonly [number, number]
  readonly ideal_after: number
  readonly loop_depth: number
  readonly gc_follows: boolean
}

/** A release that a finding offers: the name, and the line it stands behind. */
export interface Release {
  readonly name: string
  readonly after: number
  readonly finding: ReportedFinding
}

export function releasesOf(findings: readonly ReportedFinding[], text: string): readonly Release[] {
  const lineStarts = [0]
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) lineStarts.push(i + 1)
  return findings.flatMap(finding => finding.fixes.filter(f => f.kind === 'delete' || f.kind === 'none').flatMap(fix =>
    fix.edits.flatMap(edit => {
      const line = lineStarts.findLastIndex(start => start <= edit.start)
      const isLineBefore = edit.start === lineStarts[line] && /\n[ \t]*$/.test(edit.newText)
      return namesReleased(edit.newText).map(name => ({ name, after: isLineBefore ? line : line + 1, finding }))
    })))
}

/** `del a, b`, `a = b = None`. */
function namesReleased(text: string): readonly string[] {
  return text.split(/[\n;]/).map(s => s.trim()).flatMap(s =>
    s.startsWith('del ') ? s.slice(4).split(',').map(n => n.replace(/[()\s]/g, ''))
    : /=\s*None$/.test(s) ? s.split('=').slice(0, -1).map(n => n.trim()) : [])
}

export function isFound(place: PlaceOfPerson, releases: readonly Release[]): boolean {
  const [first, last] = place.accept_after
  return releases.some(r => r.name === place.name && r.after >= first && r.after <= last)
}

/** Next to a place, or at it. */
export function isNear(place: PlaceOfPerson, release: Release): boolean {
  const [first, last] = place.accept_after
  return release.name === place.name && release.after >= first - NEAR && release.after <= last + NEAR
}

const NEAR = 3
