/** A big local lives on after its last use, through work that matters. Page: held-after-last-use.md. */
import { draftsOf, isSaidOf } from './held-report.ts'
import type { HeldObject } from './held.ts'
import { parametersHeld } from './parameter-held.ts'
import type { FrameFacts, FrameRule, ModuleRule } from './rule.ts'
import { keptWithinStatements } from './within-statement.ts'

export const heldAfterLastUse: FrameRule & ModuleRule = {
  name: 'held-after-last-use',
  summary: 'a big local is kept after its last use while work that matters runs',
  check: facts => [...draftsOf('held-after-last-use', facts, object => {
    const until = endOf(object, facts)
    return { until, what: (names, where) => `${names} ${object.together.length > 0 ? 'are' : 'is'} not used ${where}, but kept until ${until}` }
  }), ...keptWithinStatements(facts, binding => isSaidOf(binding, facts))],
  checkModule: parametersHeld,
}

function endOf(object: HeldObject, facts: FrameFacts): string {
  if (object.drag.endsByRebinding) return 'rebinding'
  if (object.drag.endsByDeletion) return 'its `del`'
  if (facts.scope === '<module>') return `${facts.options.session} exit`
  return facts.analysis.flow.graph.isGenerator ? 'generator close' : 'function exit'
}
