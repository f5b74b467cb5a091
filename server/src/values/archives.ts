/** Archives of arrays (`.npz`), which read an array when it is asked for by its name, and keep none (numpy/lib/npyio.py). `numpy.load` gives one where the file is one. */
import type { Call } from '../syntax/ast.ts'
import type { Binding, Event } from '../flow/graph.ts'
import type { Evaluator } from './evaluate.ts'
import { nameWritten } from './small-files.ts'
import { makeValue, smallSize, type Value } from './value.ts'

/** What the call gives, where the program writes down the name of the file that its first argument is made of. */
export function ofArchiveNamed(value: Value, { args: [first] }: Call, e: Evaluator): Value {
  return isLoaded(value) && first?.form === 'positional' && (nameWritten(first.value, e) ?? '').endsWith('.npz') ? archive(value) : value
}

/** What a name is bound to: arrays have numbers for their items, archives names. */
export function ofArchiveAsked(value: Value, binding: Binding, { context: { flow } }: Evaluator): Value {
  if (!isLoaded(value)) return value
  const isAsked = (event: Event): boolean => event.kind === 'operation' && event.node.kind === 'Subscript' && event.node.slice.kind === 'Constant' && event.node.slice.type === 'str'
    && event.node.value.kind === 'Name' && flow.reaching(event.node.value).includes(binding)
  return flow.graph.blocks.some(b => b.events.some(isAsked)) ? archive(value) : value
}

function isLoaded({ model, type }: Value): boolean {
  return model === 'numpy.load' && type === 'numpy.ndarray'
}

function archive({ links, model }: Value): Value {
  return makeValue({ type: 'numpy.lib.npyio.NpzFile', size: smallSize('an open archive'), links, model })
}
