/**
 * The verdict on what an attribute or a global keeps: whatever is done while the instance or the process lives, so that only its size is in
 * question. Where that is not known, more of it is small than of what a name holds for a while.
 */
import { isReply } from './documents.ts'
import type { Circumstances, Judged } from './judged.ts'
import { doubted, judge, type Verdict } from './judgement.ts'
import type { RuleOptions } from './rule.ts'
import { namesRecords, namesSettings } from './telling-names.ts'

export type Lasting = Omit<Judged, 'kind' | 'drag'>

/** As for any object that is held through all that runs. */
export function judgeLasting(object: Lasting, facts: Circumstances, options: RuleOptions): Verdict | null {
  return judge({ ...object, drag: FOR_EVER }, facts, options)
}

/** More than any function does. */
const FOR_EVER = { points: 100, collects: null }

/** What is computed is mostly small, and so are settings that are read. */
export function judgeAttribute(object: Lasting, facts: Circumstances, options: RuleOptions): Verdict | null {
  const { value: { size }, variable: { name } } = object
  const isMostlySmall = size.origin === 'derived' || (size.origin === 'outside' && namesSettings(name))
  return isMostlySmall && !options.assumeLarge ? doubted(options) : judgeLasting(object, facts, options)
}

/** One text that is read, or one answer of a service, is mostly a page, a template, a status, unless it is said to be records. */
export function judgeGlobal(object: Lasting, facts: Circumstances, options: RuleOptions): Verdict | null {
  const { value, variable: { name } } = object
  const isMostlySmall = value.size.origin === 'outside' && (facts.kind === 'str' || isReply(value)) && !namesRecords(name)
  return isMostlySmall && !options.assumeLarge ? doubted(options) : judgeLasting(object, facts, options)
}
