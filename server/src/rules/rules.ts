/** All rules but `unused-suppression` (which looks at comments), in the order of the documentation. */
import { attributeCouldBeLocal } from './attribute-could-be-local.ts'
import { heldAfterLastUse } from './held-after-last-use.ts'
import { loopVariableHeld } from './loop-variable-held.ts'
import { outputHistoryHolds } from './output-history-holds.ts'
import { previousIterationHeld } from './previous-iteration-held.ts'
import { growOnlyCollection } from './grow-only-collection.ts'
import { longLivedGlobal } from './long-lived-global.ts'
import { materialisedToIterate } from './materialised-to-iterate.ts'
import type { Rule } from './rule.ts'
import { unboundedCache } from './unbounded-cache.ts'
import { viewHoldsBase } from './view-holds-base.ts'
import { closureHolds } from './closure-holds.ts'
import { exceptionHoldsFrames } from './exception-holds-frames.ts'
import { argumentHeldByCaller } from './argument-held-by-caller.ts'
import { uselessDel } from './useless-del.ts'

export const RULES: readonly Rule[] = [
  heldAfterLastUse, previousIterationHeld, loopVariableHeld, viewHoldsBase, outputHistoryHolds, closureHolds, exceptionHoldsFrames, argumentHeldByCaller, uselessDel, growOnlyCollection, longLivedGlobal,
  attributeCouldBeLocal, materialisedToIterate, unboundedCache,
]
