/** What counts the frames on the stack: code that looks for another one, and Python itself where functions call themselves. */
import type { Node, Stmt, Suite } from '../syntax/ast.ts'
import { someNode } from '../syntax/ancestors.ts'
import type { Source } from '../syntax/source.ts'
import { lastName } from '../syntax/expressions.ts'
import { readsFrames } from '../semantic/frames.ts'
import { perObject } from '../text/on-demand.ts'
import { resolveCallee } from '../values/calls.ts'
import type { FrameAnalysis } from '../values/frames.ts'

/** The statements say how many frames up something is to be looked for, or the module has code that looks there: whom it counts, and when, nobody knows. */
export function countsFrames(statements: readonly Stmt[], { body }: Source): boolean {
  return statements.some(stmt => someNode(stmt, saysHowMany)) || looksUp(body)
}

/** `warn(text, DeprecationWarning, 2)`, `log.info(text, stacklevel=2)`; a function that warns whoever called this one (`warn_deprecated(text)`) says it itself. */
function saysHowMany(node: Node): boolean {
  if (node.kind !== 'Call') return false
  if (/deprecat/i.test(lastName(node.func) ?? '')) return true
  return node.args.some(arg => arg.name === 'stacklevel') || (lastName(node.func) === 'warn' && node.args.filter(arg => arg.form === 'positional').length > 2)
}

const looksUp = perObject((body: Suite): boolean => body.some(stmt => someNode(stmt, node => node.kind === 'Call' && readsFrames(node))))

/** A call in the statements may lead back to their function: with one more frame for each level, `sys.getrecursionlimit()` is reached sooner. */
export function deepens(statements: readonly Stmt[], { isRecursive, values }: FrameAnalysis): boolean {
  return isRecursive && statements.some(stmt => someNode(stmt, node => node.kind === 'Call' && resolveCallee(node, values).kind !== 'model'))
}
