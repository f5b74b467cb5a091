/** Last round's object is still bound while this round builds its successor. Page: previous-iteration-held.md. */
import { draftsOf } from './held-report.ts'
import { lateReleases } from './late-releases.ts'
import type { Rule } from './rule.ts'

export const previousIterationHeld: Rule = {
  name: 'previous-iteration-held',
  summary: 'each round of a loop builds its object while that of the round before is still bound: twice the peak',
  check: facts => [...draftsOf('previous-iteration-held', facts, object => ({
    until: 'rebinding',
    what: names => `${names} of one round ${object.together.length > 0 ? 'are' : 'is'} still kept while the next round builds its successor, so that two exist at the peak`,
  })), ...lateReleases(facts)],
}
