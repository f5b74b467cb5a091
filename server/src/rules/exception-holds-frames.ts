/** An exception keeps every frame it passed through, with all their locals. Page: exception-holds-frames.md. */
import { someNode } from '../syntax/ancestors.ts'
import { callsIn } from './exceptions/handlers.ts'
import { retries } from './exceptions/handler-work.ts'
import { fetchedException, storedException } from './exceptions/stored.ts'
import type { FrameRule } from './rule.ts'

export const exceptionHoldsFrames: FrameRule = {
  name: 'exception-holds-frames',
  summary: 'a stored exception keeps whole frames and their big locals; heavy work inside `except` runs while they are kept',
  looksAt: def => def.body.some(stmt => someNode(stmt, node => node.kind === 'ExceptHandler' && callsIn(node.body).length > 0)),
  check: facts => {
    const { graph } = facts.analysis.flow
    const caught = graph.bindings.filter(b => b.kind === 'except')
    const tries = new Set(graph.suites.flatMap(s => (s.part === 'handler' && s.owner?.kind === 'Try' ? [s.owner] : [])))
    const stored = graph.frame === 'module' ? [] : [...caught.flatMap(b => storedException(b, facts)), ...fetchedException(facts)]
    return [...stored, ...[...tries].flatMap(t => retries(t, facts))]
  },
}
