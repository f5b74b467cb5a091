/** Walks what a list is made of instead of the list. */
import type { Source } from '../syntax/source.ts'
import type { Edit, Fix } from '../rules/finding.ts'
import type { Materialised } from '../rules/materialised.ts'
import { removeStatement } from './removal.ts'

export function streamFix(found: Materialised, source: Source): Fix {
  const { maker, stream, binding, risk } = found
  const what = binding ? `\`${binding.variable.name}\`` : 'the list'
  return {
    title: `Walk the items as they come, without ${what}${risk === null ? '' : `: ${risk}`}`,
    kind: 'stream', safety: risk === null ? 'safe' : 'unsafe',
    edits: maker === stream ? withoutBrackets(found) : [...(binding ? removed(found, source) : []), edit(found.walked.start, found.walked.end, streamText(found, source))],
  }
}

/** In parentheses, which an iterable may stand in wherever it stands. */
function streamText({ stream, by, cuts, consumer }: Materialised, source: Source): string {
  const text = source.text.slice(...source.rangeOf(stream)) + by
  if (cuts === null) return text
  const target = consumer.kind === 'For' ? consumer.target : null
  const line = target?.kind === 'Name' ? target.id : 'line'
  return `(${line}.rstrip(${cuts}) for ${line} in ${text})`
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
