/** Names of files: what is opened, read from or joined to a path is no data itself, wherever it came from. */
import type { Call, Expr, Name } from '../syntax/ast.ts'
import { fromEvents } from '../flow/events.ts'
import type { Binding } from '../flow/graph.ts'
import type { CallModel } from '../models/model.ts'
import { perObject } from '../text/on-demand.ts'
import { passedFor } from './arguments.ts'
import { resolveCallee } from './calls.ts'
import type { FrameContext } from './context.ts'
import type { Evaluator } from './evaluate.ts'

/** Somewhere in its frame, or in a function of the workspace that it is passed to. */
export function isUsedAsPath(binding: Binding, e: Evaluator): boolean {
  return namesOfFiles(e).some(name => name.id === binding.variable.name && e.context.flow.reaching(name).includes(binding))
}

const namesOfFiles: (e: Evaluator) => readonly Name[] = perObject(e =>
  fromEvents(e.context.flow.graph, event => (event.kind === 'call' ? pathsIn(event.node, e) : [])).filter(expr => expr.kind === 'Name'))

function pathsIn(call: Call, e: Evaluator): readonly Expr[] {
  const callee = resolveCallee(call, e)
  const positional = call.args.filter(a => a.form === 'positional').map(a => a.value)
  if (callee.kind === 'model') return callee.self !== null ? [] : PATHS.test(callee.name) ? positional : opensFirst(callee.model, e.context) ? positional.slice(0, 1) : []
  if (callee.kind !== 'function' || callee.summary === null) return []
  const { parameters, opens } = callee.summary
  return opens.flatMap(name => passedFor(call, callee.self === null ? parameters : parameters.slice(1), name))
}

function opensFirst({ size, result, params }: CallModel, { models }: FrameContext): boolean {
  return (size === 'outside' || models.type(result ?? '')?.kind === 'handle') && FILE.test(params?.[0] ?? '')
}

const PATHS = /^(os\.path\.\w+|os\.(listdir|makedirs|mkdir|remove|rename|stat|walk|scandir|unlink)|shutil\.\w+|pathlib\.(Pure)?Path|glob\.i?glob)$/

/** Names of parameters that take the name of a file, or an open one. */
const FILE = /^(f|fp|io|uri|url|name|file\w*|fname|path\w*|input_file)$/
