/** Walks what a list is made of instead of the list. */
import type { Source } from '../syntax/source.ts'
import type { Edit, Fix } from '../rules/finding.ts'
import type { Materialised } from '../rules/materialised.ts'
import { removeStatement } from './removal.ts'

export function streamFix(found: Materialised, source: Source): Fix {
  const { maker, stream, consumer, binding, risk } = found
  const what = binding ? `\`${binding.variable.name}\`` : 'the list'
  return {
    title: `Walk the items as they come, without ${what}${risk === null ? '' : `: ${risk}`}`,
    kind: 'stream', safety: risk === null ? 'safe' : 'unsafe',
    edits: maker === stream ? withoutBrackets(found) : binding && consumer.kind === 'For' ? [...removed(found, source), edit(consumer.iter.start, consumer.iter.end, source.text.slice(...source.rangeOf(stream)))] : [edit(stream.end, maker.end, '')],
  }
}

/** A generator stands without parentheses of its own where it is the only argument. */
function withoutBrackets({ maker, consumer }: Materialised): readonly Edit[] {
  const isAlone = consumer.kind === 'Call' && consumer.args.length === 1
  return [edit(maker.start, maker.start + 1, isAlone ? '' : '('), edit(maker.end - 1, maker.end, isAlone ? '' : ')')]
}

function removed({ binding, suite }: Materialised, source: Source): readonly Edit[] {
  const at = suite?.body.findIndex(stmt => stmt === binding!.node) ?? -1
  return at < 0 ? [] : removeStatement(suite!, at, source).edits
}

function edit(start: number, end: number, newText: string): Edit {
  return { start, end, newText, path: null }
}
