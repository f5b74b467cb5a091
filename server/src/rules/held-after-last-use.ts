/** A big local lives on after its last use, through work that matters. Page: held-after-last-use.md. */
import { draftsOf, isSaidOf } from './held-report.ts'
import { parametersHeld } from './parameter-held.ts'
import type { FrameRule, ModuleRule } from './rule.ts'
import { keptWithinStatements } from './within-statement.ts'
import { endOf } from './wording.ts'

export const heldAfterLastUse: FrameRule & ModuleRule = {
  name: 'held-after-last-use',
  summary: 'a big local is kept after its last use while work that matters runs',
  check: facts => [...draftsOf('held-after-last-use', facts, object => {
    const until = endOf(object.drag, facts)
    return { until, what: (names, where) => `${names} ${object.together.length > 0 ? 'are' : 'is'} not used ${where}, but kept until ${until}` }
  }), ...keptWithinStatements(facts, binding => isSaidOf(binding, facts))],
  checkModule: parametersHeld,
}
