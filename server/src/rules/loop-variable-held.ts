/** The loop target is still bound after the loop. Page: loop-variable-held.md. */
import { draftsOf } from './held-report.ts'
import type { Rule } from './rule.ts'

export const loopVariableHeld: Rule = {
  name: 'loop-variable-held',
  summary: 'the target of a loop over big elements is still bound after the loop',
  check: facts => draftsOf('loop-variable-held', facts, object => {
    const until = object.drag.endsByRebinding ? 'rebinding' : facts.scope === '<module>' ? `${facts.options.session} exit` : 'function exit'
    return { until, what: () => `the loop is over, but its variable \`${object.variable.name}\` keeps the last element until ${until}` }
  }),
}
