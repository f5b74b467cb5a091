/** The rules by name, for validating options and suppressions and for listing. */
import type { Confidence, RuleName, Severity } from './finding.ts'

/** Every rule, in the order of the documentation. The type makes a missing rule a compile error. */
const ALL: Readonly<Record<RuleName, true>> = {
  'held-after-last-use': true,
  'previous-iteration-held': true,
  'loop-variable-held': true,
  'view-holds-base': true,
  'output-history-holds': true,
  'closure-holds': true,
  'exception-holds-frames': true,
  'argument-held-by-caller': true,
  'useless-del': true,
  'grow-only-collection': true,
  'long-lived-global': true,
  'attribute-could-be-local': true,
  'materialised-to-iterate': true,
  'unbounded-cache': true,
  'unused-suppression': true,
}

export const RULE_NAMES = Object.keys(ALL) as readonly RuleName[]

export const CONFIDENCES: readonly Confidence[] = ['certain', 'likely', 'possible']

export const SEVERITIES: readonly Severity[] = ['warning', 'information', 'hint']

export function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(ALL, name)
}
