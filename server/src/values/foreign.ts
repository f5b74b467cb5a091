/** What the modules of the workspace tell one another: plain data, so that it can be kept, compared and outlive the trees it was read off. */
import type { TypeName } from '../models/model.ts'
import type { Asker } from './door.ts'
import type { Summary } from './summary.ts'
import { UNKNOWN, type Value } from './value.ts'

export type Answer =
  | { readonly kind: 'function'; readonly summary: Summary | null }
  /** `name`: dotted, by the module that defines it. `init`: null where nobody wrote one. */
  | { readonly kind: 'class'; readonly name: TypeName; readonly isRecord: boolean; readonly init: Summary | null }
  | { readonly kind: 'constant'; readonly value: PlainValue }
  /** The name is another's; `dotted` is seen from the module that answers. */
  | { readonly kind: 'alias'; readonly dotted: string }

/** By which an answer is known within its module; `member`: of a method of a class. */
export function answerKey(name: string, member: string | null): string {
  return member === null ? name : `${name}.${member}`
}

/** A value without the objects it is or holds. */
export type PlainValue = Pick<Value, 'type' | 'size' | 'count' | 'number' | 'text'>

/** The workspace as one module sees it. */
export interface Others {
  /** A name of this module as others know it: `pkg.mod.Class`; of a relative one (`.other.Class`): what it stands for. */
  fullName(name: string): string
  /** What the dotted name means in this module, or (`member`) a method of the class that it means; null: nothing of the workspace. */
  ask(dotted: string, member: string | null, asker: Asker): Answer | null
}

/** A file that is looked at alone. */
export const NOBODY: Others = { fullName: name => name, ask: () => null }

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

/** Null also where it only leads on to another module. */
export function followed(answer: Answer | null): Exclude<Answer, { kind: 'alias' }> | null {
  return answer?.kind === 'alias' ? null : answer
}

/** What a name that a module took over from a library is called there. */
export function originOf(answer: Answer | null): string | null {
  return answer?.kind === 'alias' && !answer.dotted.startsWith('.') ? answer.dotted : null
}
