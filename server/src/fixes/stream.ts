/** Walks what a list is made of instead of the list. */
import type { Source } from '../syntax/source.ts'
import type { Edit, Fix } from '../rules/finding.ts'
import type { Materialised } from '../rules/materialised.ts'
import { replacement } from './edits.ts'
import { insertStatement, lineIndent } from './insertion.ts'
import { removeStatement } from './removal.ts'

export function streamFix(found: Materialised, source: Source): Fix {
  const { maker, stream, binding, risk } = found
  const what = binding ? `\`${binding.variable.name}\`` : 'the list'
  return {
    title: `Walk the items as they come, without ${what}${risk === null ? '' : `: ${risk}`}`,
    kind: 'stream', safety: risk === null ? 'safe' : 'unsafe',
    edits: maker === stream ? withoutBrackets(found) : [...(binding ? removed(found, source) : []), ...walked(found, source)],
  }
}

/** The source in the place of the list, and what its items lack. */
function walked(found: Materialised, source: Source): readonly Edit[] {
  const { walked: { start, end }, consumer, cuts } = found
  const text = source.text.slice(...source.rangeOf(found.stream)) + found.by
  if (cuts === null) return [replacement({ start, end }, text)]
  const inBody = cutInBody(found, source)
  if (inBody !== null) return [replacement({ start, end }, text), inBody]
  const target = consumer.kind === 'For' ? consumer.target : null
  const line = target?.kind === 'Name' ? target.id : 'line'
  const generator = `${line}.rstrip(${cutText(cuts, source)}) for ${line} in ${text}`
  return [replacement({ start, end }, consumer.kind === 'Call' && consumer.args.length === 1 ? generator : `(${generator})`)]
}

/** `line = line.rstrip("\n")`, first in the loop; null where its target is no name, or its body stands on the line of the `for`. */
function cutInBody({ consumer, cuts }: Materialised, source: Source): Edit | null {
  const [first] = consumer.kind === 'For' ? consumer.body : []
  if (consumer.kind !== 'For' || consumer.target.kind !== 'Name' || first === undefined || lineIndent(source, first.start) === null) return null
  const { id } = consumer.target
  return insertStatement({ suite: { body: consumer.body, owner: consumer }, index: 0 }, `${id} = ${id}.rstrip(${cutText(cuts!, source)})`, source)
}

/** In the quotes that the file has more of. */
function cutText(cuts: string, { text }: Source): string {
  const single = text.split("'").length > text.split('"').length
  return single ? cuts.replaceAll('"', "'") : cuts
}

/** A generator stands without parentheses of its own where it is the only argument. */
function withoutBrackets({ maker, consumer }: Materialised): readonly Edit[] {
  const isAlone = consumer.kind === 'Call' && consumer.args.length === 1
  return [replacement({ start: maker.start, end: maker.start + 1 }, isAlone ? '' : '('), replacement({ start: maker.end - 1, end: maker.end }, isAlone ? '' : ')')]
}

function removed({ binding, suite }: Materialised, source: Source): readonly Edit[] {
  const at = suite?.body.findIndex(stmt => stmt === binding!.node) ?? -1
  return at < 0 ? [] : removeStatement(suite!, at, source).edits
}
