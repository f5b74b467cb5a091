/** How a name holds an object, for a person who need not know how Python keeps objects. */
import type { Binding, Closure } from '../flow/graph.ts'
import type { Evaluator } from '../values/evaluate.ts'
import type { Holder } from '../values/objects.ts'
import { kindOf } from '../values/parts.ts'

export type Role = Extract<Holder, { readonly kind: 'name' }>['how']

/** `certain`: it surely does. */
export function wordsFor(binding: Binding, how: Role, certain: boolean, values: Evaluator): string {
  const name = `\`${binding.variable.name}\``
  switch (how) {
    case 'alias': return `${name} ${certain ? 'is' : 'may be'} another name of the same object`
    case 'owner': return `${name}, which it was taken from, ${certain ? 'has' : 'may have'} it still`
    case 'part': return `${name} was taken from it, and may be most of it`
    case 'sharer': return `${name} has the same items`
    case 'source': return `${name} has what is in it`
    case 'keeper': return `${name} ${certain ? keeps(binding, values) : 'may keep it'}`
  }
}

function keeps(binding: Binding, values: Evaluator): string {
  const { type, isView } = values.ofBinding(binding)
  if (type === 'generator') return 'is a generator that was given it, and keeps it until it has run to its end'
  switch (kindOf(type, values.context)) {
    case 'iterator': return 'walks it, and keeps it until it has come to the end'
    case 'function': return 'is a function that was given it, and keeps it for its calls'
    case 'array':
    case 'tensor':
    case 'series':
    case 'frame':
    case 'bytes': return isView ? 'shows a part of its memory, which is no copy, and so keeps all of it' : 'keeps it'
  }
  if (type === 'function' || type === 'functools.partial') return 'is a function that was given it, and keeps it for its calls'
  if (type === 're.Match') return 'is a match, which keeps the text that it was found in'
  return isView ? 'reads from it, which is no copy, and so keeps all of it' : 'has it in it'
}

/** Of an inner function, class or generator expression that reads a variable of the function around it. */
export function wordsForClosure(closure: Closure): string {
  switch (closure.kind) {
    case 'FunctionDef': return `the inner function \`${closure.header.name.id}()\` reads it, so that it stays for as long as that may be called`
    case 'Lambda': return 'a `lambda` reads it, so that it stays for as long as that may be called'
    case 'ClassDef': return `the class \`${closure.name.id}\` reads it; a class refers to itself, so that both stay until the garbage collector comes by`
    default: return 'a generator expression reads it, so that it stays until that has run to its end'
  }
}
