/** The fix that lets names go: `del a, b` or `a = b = None`, written into each place. */
import type { Source } from '../syntax/source.ts'
import type { Fix } from '../rules/finding.ts'
import { insertStatement, type Gap } from './insertion.ts'

export interface Release {
  readonly names: readonly string[]
  readonly gaps: readonly Gap[]
  /** `delete`: the names are surely bound; `none`: they may not be. */
  readonly form: 'delete' | 'none'
  /** Null: the program does the same afterwards; else what has to be checked by the reader. */
  readonly risk: string | null
}

export function releaseFix(release: Release, source: Source): Fix {
  const { names, form, risk } = release
  const statement = form === 'delete' ? `del ${names.join(', ')}` : `${names.join(' = ')} = None`
  const where = release.gaps.length > 1 ? ` (${release.gaps.length} places)` : ''
  return {
    title: risk === null ? `Insert \`${statement}\`${where}` : `Insert \`${statement}\`${where}: ${risk}`,
    kind: form, safety: risk === null ? 'safe' : 'unsafe',
    edits: release.gaps.map(gap => insertStatement(gap, statement, source)),
  }
}
