/** What a call of a function of the workspace does, said without its body. */
import type { Cost, TypeName } from '../models/model.ts'
import type { Size, Value } from './value.ts'

/** An argument of a call: the parameter's position (0 is the first, `self` included), or its name where keyword-only. */
export interface ParameterLink {
  readonly parameter: string
  readonly how: 'is' | 'keeps' | 'part'
  readonly certain: boolean
}

export interface Held extends Pick<Value, 'type' | 'size' | 'model' | 'guessed'> {
  /** The frame's own code, or a function of the workspace, may raise while it is there, and not only what made it. */
  readonly failsLater: boolean
}

export interface Summary {
  readonly name: string
  /** Parameter names in order, `self` included; `*args` and `**kwargs` with their stars. */
  readonly parameters: readonly string[]
  readonly returns: ReturnSummary
  /** What it returns is small beside the data it works on (`little.ts`); a list: each item of the tuple that it returns. */
  readonly little: boolean | readonly boolean[]
  /** What it returns has a row for each group of rows (`groups.ts`). */
  readonly grouped: boolean
  /** Parameters whose argument stays kept after the call: by another parameter's argument (`self`), or (`by` null) by something older than the call. */
  readonly kept: readonly { readonly parameter: string; readonly by: string | null; readonly certain: boolean }[]
  /** Parameters whose argument is the name of a file that it opens. */
  readonly opens: readonly string[]
  readonly cost: Cost
  /** A big object that the frame has under a name while it runs; null: it makes none. */
  readonly holds: Held | null
  /** A call gives a generator or coroutine: the body runs later, and its arguments live in it. */
  readonly lazy: 'generator' | 'coroutine' | null
  /** Of a generator or coroutine: the parameters whose names it deletes or binds anew, somewhere. */
  readonly letsGo: readonly string[]
  readonly neverReturns: boolean
  /** How it comes to its first parameter; null: as any function or method. `property`: reading the attribute calls it. */
  readonly binding: 'static' | 'class' | 'property' | 'cached-property' | null
  /** A call gives a context manager; `returns` is what `with … as` binds. */
  readonly manages: boolean
  /** Of a generator: it keeps what it has yielded until it goes on (`b = load(); yield b`, fact 33). */
  readonly keepsYielded: boolean
  /** Of a generator: what it gives altogether, as far as what it walks tells. */
  readonly yields: Size | null
}

/** The result in terms of the caller: links to parameters, `outer` where something older than the call holds it. */
export interface ReturnSummary {
  readonly type: TypeName | null
  readonly size: Size
  readonly count: Value['count']
  readonly element: ReturnSummary | null
  readonly items: readonly ReturnSummary[] | null
  /** May be an object made by the call. */
  readonly fresh: boolean
  readonly links: readonly ParameterLink[]
  /** Held by (or part of) something older than the call. */
  readonly outer: 'no' | 'maybe' | 'yes'
  readonly guessed: boolean
  /** As in `Value`; null also where nothing is known of the size. */
  readonly model: Value['model']
  readonly isView: boolean
}
