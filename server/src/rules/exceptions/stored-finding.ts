/** The words on an exception that is stored, and how to store less. */
import type { Expr, Name } from '../../syntax/ast.ts'
import { someNode } from '../../syntax/ancestors.ts'
import type { Source } from '../../syntax/source.ts'
import type { Binding } from '../../flow/graph.ts'
import { insertion } from '../../fixes/edits.ts'
import { releaseFix } from '../../fixes/release.ts'
import type { Finding, Fix } from '../finding.ts'
import { namesIn } from '../inner-functions.ts'
import type { Verdict } from '../judgement.ts'
import { legalityOf } from '../legality.ts'
import { deathsOf } from '../places.ts'
import type { FrameFacts } from '../rule.ts'
import { estimateOf, sizeText } from '../wording.ts'
import type { Kept, Storing } from './kept-locals.ts'

/** `name`: what the exception is called; `isSure`: it is that exception wherever the name stands. */
export function storedFinding({ expr, how, isCycle, isReturned, local }: Storing, { binding, value }: Kept, name: Name | null, isSure: boolean, verdict: Verdict, facts: FrameFacts, source: Source): Finding {
  const kept = isReturned ? 'It is handed to the caller' : `It is kept (${how})`
  const until = isCycle ? 'a run of the garbage collector' : 'the exception goes'
  const what = isCycle ? 'so that both wait for the garbage collector' : 'for as long as the exception is kept'
  const release = local && releaseOf(local, facts, source)
  const advice = local ? `\`del ${local.name.id}\` when it is done with, in a \`finally\` if it is raised again.` : name === null ? 'Keep `traceback.format_exc()`.' : `Keep \`str(${name.id})\`, or let go of what it remembers: \`.with_traceback(None)\`.`
  return {
    rule: 'exception-holds-frames', severity: verdict.severity, confidence: verdict.confidence,
    message: `An exception remembers the functions it passed through, this one too, with all their locals. ${kept}, and \`${binding.name.id}\` with it (${sizeText(value.size)}), ${what}. ${advice}`,
    name: binding.name.id, names: [binding.name.id, ...(name ? [name.id] : []), ...(local ? [local.name.id] : [])], scope: facts.scope, span: expr, binding: binding.name, lastUse: null,
    size: estimateOf(value.size), drag: [], heldUntil: until,
    notes: [
      { start: expr.start, end: expr.end, message: 'the exception that is kept here remembers the functions it came through, with all their variables', holds: true },
      { start: binding.name.start, end: binding.name.end, message: 'this is kept with it' },
    ],
    fixes: local ? (release ? [release] : []) : isSure ? forgotten(expr, name) : [],
  }
}

/** Where the exception itself stands there, once. */
function forgotten(expr: Expr, name: Name | null): readonly Fix[] {
  const [only, ...others] = name ? namesIn(expr, name.id) : []
  const isItself = only && !someNode(expr, n => (n.kind === 'Attribute' && n.value === only) || (n.kind === 'Call' && n.func.kind === 'Name' && BARE.has(n.func.id) && n.args.some(a => a.value === only)))
  return only && others.length === 0 && isItself ? [forget(only)] : []
}

/** What is made of an exception by these is none. */
const BARE: ReadonlySet<string> = new Set(['str', 'repr', 'type'])

function forget(exception: Name): Fix {
  return {
    title: 'Store it without its traceback: unless that is read later', kind: 'local', safety: 'unsafe',
    edits: [insertion(exception.end, '.with_traceback(None)')],
  }
}

/** The name is deleted after its last use; null where it has none before the frame ends, or may not be bound there. */
function releaseOf({ variable }: Binding, { analysis, index }: FrameFacts, source: Source): Fix | null {
  for (const places of deathsOf(variable, index).flatMap(death => death.alternatives)) {
    if (legalityOf(variable, places, analysis.flow, analysis.values) === 'delete') return releaseFix({ names: [variable.name], gaps: places, form: 'delete', risk: null }, source)
  }
  return null
}
