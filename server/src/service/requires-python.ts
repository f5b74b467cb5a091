/** Which Python a project is for: the lowest version its `requires-python` allows, as other linters read it. */
import { TARGET_VERSIONS, type TargetVersion } from '../text/target-version.ts'

/** Where nothing says otherwise: the newest supported version. */
export const DEFAULT_TARGET_VERSION: TargetVersion = '3.14'

export function isTargetVersion(text: string): text is TargetVersion {
  return (TARGET_VERSIONS as readonly string[]).includes(text)
}

/**
 * The lowest supported version that a version specifier (`>=3.9,<4`, `~=3.10`, `==3.11.*`) allows. A minor version counts
 * when any of its patch releases does. Versions that all lie above the supported ones give the newest.
 * Null: not a version specifier, or nothing supported fits. Source: the version specifiers page of the packaging specifications (PEP 440).
 */
export function lowestAllowed(specifier: string): TargetVersion | null {
  const clauses = specifier.split(',').map((part) => part.trim()).filter((part) => part !== '')
  const tests = clauses.map(parseClause)
  if (tests.length === 0 || tests.some((test) => test === null)) return null
  const allowed = (minor: number): boolean =>
    PATCHES.some((patch) => tests.every((test) => test !== null && test([3, minor, patch])))
  const found = TARGET_VERSIONS.find((version) => allowed(minorOf(version)))
  if (found !== undefined) return found
  const newest = minorOf(DEFAULT_TARGET_VERSION)
  return LATER_MINORS.some((offset) => allowed(newest + offset)) ? DEFAULT_TARGET_VERSION : null
}

type Release = readonly [number, number, number]
type Test = (release: Release) => boolean

const PATCHES: readonly number[] = Array.from({ length: 40 }, (_, patch) => patch)
const LATER_MINORS: readonly number[] = Array.from({ length: 40 }, (_, offset) => offset + 1)

/** One clause of a specifier; null when it is malformed. Pre-release and local parts are left out: they do not change the minor version. */
function parseClause(clause: string): Test | null {
  const match = /^(~=|===?|!=|<=|>=|<|>)\s*v?(\d+(?:\.\d+)*)(\.\*)?(?:[a-z0-9.+-]*)$/i.exec(clause)
  if (match === null) return null
  const parts = (match[2] ?? '').split('.').map(Number)
  const version: Release = [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0]
  const prefix = (length: number): Test => (release) => parts.slice(0, length).every((part, index) => part === (release[index] ?? 0))
  const wildcard = match[3] !== undefined
  switch (match[1]) {
    case '==':
    case '===':
      return wildcard ? prefix(parts.length) : (release) => compare(release, version) === 0
    case '!=': {
      const same = wildcard ? prefix(parts.length) : (release: Release) => compare(release, version) === 0
      return (release) => !same(release)
    }
    case '~=':
      return parts.length < 2 ? null : (release) => compare(release, version) >= 0 && prefix(parts.length - 1)(release)
    case '>=': return (release) => compare(release, version) >= 0
    case '<=': return (release) => compare(release, version) <= 0
    case '>': return (release) => compare(release, version) > 0
    default: return (release) => compare(release, version) < 0
  }
}

function compare(a: Release, b: Release): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

function minorOf(version: TargetVersion): number {
  return Number(version.slice(2))
}
