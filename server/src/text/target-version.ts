/** Versions of Python the analysis knows. What is true of sizes and of lifetimes differs between them. */

export const TARGET_VERSIONS = ['3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'] as const

export type TargetVersion = (typeof TARGET_VERSIONS)[number]

/** Is `version` the same as `least`, or newer? */
export function isAtLeast(version: TargetVersion, least: TargetVersion): boolean {
  return TARGET_VERSIONS.indexOf(version) >= TARGET_VERSIONS.indexOf(least)
}
