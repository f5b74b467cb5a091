/** What the modules of the workspace tell one another: plain data, so that it can be kept, compared and outlive the trees it was read off. */
import type { TypeName } from '../models/model.ts'
import type { Asker } from './door.ts'
import type { Summary } from './summary.ts'
import type { DragItem } from './weights.ts'
import { UNKNOWN, type Value } from './value.ts'

export type Answer =
  | { readonly kind: 'function'; readonly summary: Summary | null }
  /** `name`: dotted, by the module that defines it. `init`: null where nobody wrote one. `library`: see `Summaries.libraryOf`. */
  | { readonly kind: 'class'; readonly name: TypeName; readonly isRecord: boolean; readonly init: Summary | null; readonly library: TypeName | null }
  | { readonly kind: 'constant'; readonly value: PlainValue }
  /** The name is another's; `dotted` is seen from the module that answers. */
  | { readonly kind: 'alias'; readonly dotted: string }
  | ArgumentsAnswer
  | DecoratorAnswer
  | NamesAnswer

/** What a call does with its arguments while it runs: told where that is asked about, because to know it the body is looked at. */
export interface ArgumentsAnswer {
  readonly kind: 'arguments'
  readonly name: string
  /** As in `Summary`. */
  readonly parameters: readonly string[]
  readonly isLazy: boolean
  /** The call makes an object of a class, and this is its `__init__`. */
  readonly isInit: boolean
  /** As decorators make it: whether the first parameter is the object or class it is called on. */
  readonly form: 'plain' | 'class' | 'static'
  /** For a person: what holds the arguments until the function returns, whatever that does; null: nothing does. */
  readonly between: string | null
  readonly early: readonly DoneEarly[]
}

/** A parameter that a function is done with long before it returns. */
export interface DoneEarly {
  readonly parameter: string
  /** Of what runs after that, see `weights.ts`. */
  readonly points: number
  /** The weightiest of it. */
  readonly runs: readonly { readonly kind: DragItem['kind'] | 'loop'; readonly text: string }[]
  /** The function lets go of its own name. */
  readonly isLetGo: boolean
}

/** What a decorator puts in the place of the function it is given: that function itself, or one that passes all it is given on; `waiting`: and holds it until a generator or coroutine is over, too. */
export type Replacement = 'itself' | 'wrapper' | 'waiting-wrapper'

/** What a decorator does with the function it is given. */
export interface DecoratorDeed {
  /** Null: something else, or nobody knows. */
  readonly replacement: Replacement | null
  /** What the function gives may stay with the decorator, or with what it puts in the function's place. */
  readonly stores: boolean
  /** It has to do with a compiler, which is given the function, sometimes at least. */
  readonly compiles: boolean
}

/** What a function does as a decorator: itself, and what a call of it gives; null: that is no function of its own. */
export interface DecoratorAnswer {
  readonly kind: 'decorator'
  readonly plain: DecoratorDeed
  readonly called: DecoratorDeed | null
}

/** The names of which a module can tell something, and the modules of which it imports all names. */
export interface NamesAnswer {
  readonly kind: 'names'
  readonly names: readonly string[]
  readonly stars: readonly string[]
}

/** What is asked of a name: what it means, what a call of it does with its arguments, what it is as a decorator; `names` is asked of a module. */
export type Question = 'meaning' | 'arguments' | 'decorator' | 'names'

/** By which an answer is known within its module; `member`: of a method of a class. */
export function answerKey(name: string, member: string | null, question: Question): string {
  return `${member === null ? name : `${name}.${member}`}${SIGNS[question]}`
}

const SIGNS: Readonly<Record<Question, string>> = { meaning: '', arguments: '()', decorator: '@', names: '*' }

/** The key of what a module's names are. */
export const NAMES = answerKey('', null, 'names')

/** A value without the objects it is or holds. */
export type PlainValue = Pick<Value, 'type' | 'size' | 'count' | 'number' | 'text'>

/** The workspace as one module sees it. */
export interface Others {
  /** A name of this module as others know it: `pkg.mod.Class`; of a relative one (`.other.Class`): what it stands for. */
  fullName(name: string): string
  /** What the dotted name means in this module, or (`member`) a method of the class that it means; null: nothing of the workspace. */
  ask(dotted: string, member: string | null, asker: Asker, question?: Question): Answer | null
  /** The public names that `import *` takes of the module, those included that it takes itself so from others. */
  namesOf(module: string, asker: Asker): ReadonlySet<string>
}

/** A file that is looked at alone. */
export const NOBODY: Others = { fullName: name => name, ask: () => null, namesOf: () => new Set() }

export function plain({ type, size, count, number, text }: Value): PlainValue {
  return { type, size, count, number, text }
}

export function fromPlain(value: PlainValue, links: Value['links']): Value {
  return { ...UNKNOWN, ...value, links }
}

/** The summary as other modules have to read it: classes of this module by their full name, relative names made absolute. */
export function forOthers(summary: Summary | null, isOwnClass: (name: string) => boolean, { fullName }: Others): Summary | null {
  if (summary === null) return null
  const typeName = (type: TypeName | null): TypeName | null => (type !== null && (type.startsWith('.') || isOwnClass(type)) ? fullName(type) : type)
  const part = (returns: Summary['returns']): Summary['returns'] => ({
    ...returns, type: typeName(returns.type), element: returns.element && part(returns.element), items: returns.items?.map(part) ?? null,
  })
  return { ...summary, returns: part(summary.returns) }
}

/** What a name means of itself. */
export type Meaning = Exclude<Answer, { kind: 'alias' | 'arguments' | 'decorator' | 'names' }>

/** Null also where it only leads on to another module. */
export function followed(answer: Answer | null): Meaning | null {
  return answer?.kind === 'alias' || answer?.kind === 'arguments' || answer?.kind === 'decorator' || answer?.kind === 'names' ? null : answer
}

/** What a name that a module took over from a library is called there. */
export function originOf(answer: Answer | null): string | null {
  return answer?.kind === 'alias' && !answer.dotted.startsWith('.') ? answer.dotted : null
}
