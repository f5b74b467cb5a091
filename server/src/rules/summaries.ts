/** What each rule reports, in one line, for tables. */
import type { RuleName } from './finding.ts'
import { RULES } from './rules.ts'

export const SUMMARIES: Readonly<Record<RuleName, string>> = {
  ...Object.fromEntries(RULES.map(rule => [rule.name, rule.summary])) as Record<RuleName, string>,
  'unused-suppression': 'a suppression comment that suppresses nothing, names an unknown rule or is misspelt',
}
