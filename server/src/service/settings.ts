/** Settings of one project: defaults, then `[tool.refleak]` in pyproject.toml, then the editor or the command line. */
import type { Confidence, RuleName, Severity } from '../rules/finding.ts'
import type { TargetVersion } from '../text/target-version.ts'

export type { TargetVersion }

export interface Settings {
  /** Bytes. */
  readonly minimumSize: number
  readonly confidence: Confidence
  /** An unknown size counts as large. */
  readonly assumeLarge: boolean
  readonly targetVersion: TargetVersion
  /** Null: all. */
  readonly select: readonly RuleName[] | null
  readonly ignore: readonly RuleName[]
  readonly severity: Readonly<Partial<Record<RuleName, Severity | 'off'>>>
  /** Gitignore-style patterns. */
  readonly exclude: readonly string[]
  /** The user's own library models, as in `models/schema.json`. */
  readonly models: readonly unknown[]
}
