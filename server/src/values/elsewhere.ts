/** What a frame asks other modules. */
import type { TypeName } from '../models/model.ts'
import type { FrameContext, Method } from './context.ts'
import type { Asker } from './door.ts'
import { followed, originOf, type Answer, type DecoratorAnswer, type Others } from './foreign.ts'
import type { DecoratorScope } from './replacements.ts'

/** What a name means is asked once: the answer holds as long as the frame, which is dropped once it changes. `asker`: in whose name. */
export function elsewhereFor(others: Others, asker: () => Asker, method: (type: TypeName, name: string) => Method | null): FrameContext['elsewhere'] {
  const answers = new Map<string, Answer | null>()
  const ask = (name: string): Answer | null => {
    let known = answers.get(name)
    if (known === undefined) answers.set(name, known = others.ask(name, null, asker()))
    return known
  }
  return {
    named: name => followed(ask(name)),
    origin: name => originOf(ask(name)) ?? name,
    method,
    argumentsOf(name, member) {
      const answer = others.ask(name, member, asker(), 'arguments')
      return answer?.kind === 'arguments' ? answer : null
    },
    decoratorOf: name => decoratorElsewhere(name, asker(), others),
  }
}

/** As `Elsewhere.decoratorOf` and `origin`, asked without a frame. */
export function decoratorsElsewhere(asker: Asker, others: Others): Pick<DecoratorScope, 'elsewhere' | 'origin'> {
  return { elsewhere: name => decoratorElsewhere(name, asker, others), origin: name => originOf(others.ask(name, null, asker)) ?? name }
}

function decoratorElsewhere(name: string, asker: Asker, others: Others): DecoratorAnswer | null {
  const answer = others.ask(name, null, asker, 'decorator')
  return answer?.kind === 'decorator' ? answer : null
}
