/** Names of files: what is opened, read from or joined to a path is no data itself, wherever it came from. */
import type { Call, Expr, Name } from '../syntax/ast.ts'
import { fromEvents } from '../flow/events.ts'
import type { Binding } from '../flow/graph.ts'
import { perObject } from '../text/on-demand.ts'
import type { FrameContext } from './context.ts'
import { dottedName } from './names.ts'

/** Somewhere in its frame. */
export function isUsedAsPath(binding: Binding, context: FrameContext): boolean {
  return namesOfFiles(context).some(name => name.id === binding.variable.name && context.flow.reaching(name).includes(binding))
}

const namesOfFiles: (context: FrameContext) => readonly Name[] = perObject(context =>
  fromEvents(context.flow.graph, event => (event.kind === 'call' ? pathsIn(event.node, context) : [])).filter(expr => expr.kind === 'Name'))

function pathsIn({ func, args }: Call, context: FrameContext): readonly Expr[] {
  const positional = args.filter(a => a.form === 'positional').map(a => a.value)
  const dotted = dottedName(func, context)
  if (dotted === null) return []
  if (PATHS.test(dotted)) return positional
  const { models } = context
  const model = models.call(dotted)
  const opens = model?.size === 'outside' || models.type(model?.result ?? '')?.kind === 'handle'
  return opens && FILE.test(model?.params?.[0] ?? '') ? positional.slice(0, 1) : []
}

const PATHS = /^(os\.path\.\w+|os\.(listdir|makedirs|mkdir|remove|rename|stat|walk|scandir|unlink)|shutil\.\w+|pathlib\.(Pure)?Path|glob\.i?glob)$/

/** Names of parameters that take the name of a file, or an open one. */
const FILE = /^(f|fp|io|uri|url|name|file\w*|fname|path\w*|input_file)$/
