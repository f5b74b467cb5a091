/** What a stream was opened from, as far as the program has words for it. */
import type { Call, Expr, Name, Node } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import { nodesIn } from '../syntax/ancestors.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { PATHS } from '../values/small-files.ts'
import { dottedName, globalFact } from '../values/names.ts'

/** The call that opened it; null: it came from somewhere else. */
export function openedBy(stream: Expr, e: Evaluator): Call | null {
  if (stream.kind === 'Call') return stream
  if (stream.kind === 'Attribute') return openedBy(stream.value, e)
  const value = stream.kind === 'Name' ? onlyValue(stream, e) : null
  return value?.kind === 'Call' ? value : null
}

/** The value of a name that is bound once, here or at the top of the module. */
function onlyValue(name: Name, e: Evaluator): Expr | null {
  const [binding, ...more] = e.context.flow.reaching(name)
  if (binding) return more.length === 0 && binding.path.length === 0 && binding.kind !== 'for' ? binding.value : null
  const fact = globalFact(name, e.context)
  return fact?.kind === 'assignment' ? fact.value : null
}

export interface FileWords {
  /** The words for it: names and texts of the expression, and of what its names stand for. */
  readonly words: readonly string[]
  /** The end of the path, where that is written in the program: `.jsonl`. */
  readonly ending: string
  /** It lies where the program is, or is named by a text alone: whoever wrote the program knows it. */
  readonly isOwn: boolean
}

/** Of the file that the call opens; null: it opens none. */
export function fileWords(call: Call, e: Evaluator): FileWords | null {
  if (lastName(call.func) !== 'open') return null
  const receiver = call.func.kind === 'Attribute' && dottedName(call.func.value, e.context) === null ? call.func.value : null
  const path = receiver ?? call.args[0]?.value
  if (!path) return null
  const nodes = nodesBehind(path, e, DEPTH)
  const texts = nodes.flatMap(n => (n.kind === 'Constant' && typeof n.value === 'string' ? [n.value] : []))
  const names = nodes.flatMap(n => (n.kind === 'Name' ? [n.id] : n.kind === 'Attribute' ? [n.attr] : []))
  return {
    words: [...names, ...texts].flatMap(text => text.split(/[^\p{L}\p{N}_]+/u)),
    ending: texts.at(-1)?.replace(/^.*[/\\]/, '') ?? '',
    isOwn: names.includes('__file__') || (texts.length > 0 && isWritten(path, e, DEPTH)),
  }
}

/** Names that stand for names: so far is looked. */
const DEPTH = 3

/** Those of the expression, and of the values of its names. */
function nodesBehind(expr: Expr, e: Evaluator, depth: number): readonly Node[] {
  return nodesIn(expr, (_): _ is Node => true).flatMap(node => {
    const value = depth > 0 && node.kind === 'Name' ? onlyValue(node, e) : null
    return value === null ? [node] : [node, ...nodesBehind(value, e, depth - 1)]
  })
}

/** It is made of texts alone, by functions that make paths of what they are given. */
function isWritten(expr: Expr, e: Evaluator, depth: number): boolean {
  return nodesIn(expr, (n): n is Name | Call => n.kind === 'Name' || n.kind === 'Call').every(node => {
    if (node.kind === 'Call') return PATHS.has(lastName(node.func) ?? '')
    const value = onlyValue(node, e)
    return value === null ? dottedName(node, e.context) !== null : depth > 0 && isWritten(value, e, depth - 1)
  })
}
