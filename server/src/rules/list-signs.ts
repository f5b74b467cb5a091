/**
 * Whether a list of unknown length is worth a word. Most texts are short, so that something has to say that this one is not, or that the
 * list is in the way of what follows; and nothing that it is short.
 */
import type { Call, Node } from '../syntax/ast.ts'
import { someNode } from '../syntax/ancestors.ts'
import { lastName } from '../syntax/expressions.ts'
import { dragFrom, type DragReport } from '../values/drag.ts'
import { asksForMany, questionTo } from '../values/queries.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { statementAround } from './frame-index.ts'
import { isHandedOn, type Kept } from './kept-items.ts'
import type { Materialised } from './materialised.ts'
import { fileWords, openedBy, type FileWords } from './opened-file.ts'
import { isShortAsListed } from './short-lists.ts'
import { namesCount, namesRows } from './telling-names.ts'

/** There is a sign that it matters, and none that it does not. */
export function isWorthAWord(found: Materialised, kept: Kept, analysis: FrameAnalysis): boolean {
  const opened = openedBy(found.stream, analysis.values)
  const file = opened && fileWords(opened, analysis.values)
  return matters(found, kept, file, opened, analysis) && !isKeyed(found, analysis) && !isShortAsListed(found, file, opened, analysis)
}

/** What is kept of each item anyway is mostly as large as the item: there a list is in the way only while other things are done. */
function matters(found: Materialised, kept: Kept, file: FileWords | null, opened: Call | null, analysis: FrameAnalysis): boolean {
  if (isLargeByNumber(analysis) || isHeldOn(found, analysis)) return true
  if (kept === 'each') return found.by !== '' && isOfRecords(found, file, analysis)
  if (kept === 'none' && isHandedOn(found.consumer)) return true
  return (kept === 'few' || isOfRecords(found, file, analysis)) && !isOneOfMany(opened, analysis)
}

/** The function speaks of a hundred thousand things: it expects so many, or says where it is after so many. */
function isLargeByNumber({ flow: { graph } }: FrameAnalysis): boolean {
  return graph.frame !== 'module' && graph.body.some(stmt => someNode(stmt, n => {
    switch (n.kind) {
      case 'Assign': return n.targets.some(t => t.kind === 'Name' && namesCount(t.id)) && someNode(n.value, isMany)
      case 'Argument': return n.name !== null && namesCount(n.name) && isMany(n.value)
      case 'BinOp': return n.op === '%' && isMany(n.right)
      default: return false
    }
  }))
}

function isMany(node: Node): boolean {
  return node.kind === 'Constant' && node.type === 'int' && Number(node.value) >= MANY
}

const MANY = 100_000

/** The name holds the list to the end, through much that is done before that. */
function isHeldOn(found: Materialised, analysis: FrameAnalysis): boolean {
  const held = heldOn(found, analysis)
  return held !== null && !held.endsByRebinding && held.points >= HEAVY
}

/** What runs once the items are taken until the name of the list is bound anew, or its function returns; null: it has no name, or one that what takes the items binds anew. */
export function heldOn({ binding, consumer }: Materialised, { flow: { graph }, values }: FrameAnalysis): DragReport | null {
  const stmt = binding === null ? null : consumer.kind === 'For' ? consumer : statementAround(consumer, graph)
  const isBoundAnew = stmt?.kind === 'Assign' && stmt.targets.some(t => t.kind === 'Name' && t.id === binding?.variable.name)
  const after = stmt && !isBoundAnew && graph.pointsOf(stmt)?.after
  return after && binding ? dragFrom(after, binding.variable, values) : null
}

/** In points of `values/drag.ts`, as for all objects of which little but their kind is known. */
const HEAVY = 14

/** A table or a stream of records, by what it is read with, asked for or called. */
function isOfRecords(found: Materialised, file: FileWords | null, analysis: FrameAnalysis): boolean {
  const { stream, by, binding } = found
  if (by !== '' || (file !== null && RECORD_FILE.test(file.ending)) || /csv/.test(analysis.values.ofExpr(stream).type ?? '')) return true
  return questionOf(found, analysis) !== null || namesRows(binding?.variable.name ?? '') || (stream.kind === 'Call' && namesRows(lastName(stream.func) ?? ''))
}

/** By what is written in such files, and how large they get. */
const RECORD_FILE = /\.(jsonl|ndjson|csv|tsv|obj|ply|xyz|vcf|sam|bed|gff|gtf|fasta|fastq|fa|fq|pdb|nt|ttl|warc|conllu?|sql|dump)$|\.(gz|bz2|xz|zst)$/i

/** What belongs to one key, or to as many as the caller has: `where order_id = ?`, `Order.objects.filter(pk__in=ids)`. */
function isKeyed(found: Materialised, analysis: FrameAnalysis): boolean {
  const question = questionOf(found, analysis)
  return (question !== null && !asksForMany(question)) || (found.by !== '' && someNode(found.stream, n => n.kind === 'Argument' && n.name !== null && KEY.test(n.name)))
}

const KEY = /^(pk|id|\w+_id)$|__(pk|id|in)$/

function questionOf({ maker, stream }: Materialised, { values }: FrameAnalysis): string | null {
  return maker.kind === 'Call' ? questionTo(stream, maker, values) : null
}

/** It is opened in a loop: one part of the data, gone before the next comes. */
function isOneOfMany(opened: Call | null, { flow: { graph } }: FrameAnalysis): boolean {
  return opened !== null && graph.blocks.some(({ events, loops }) => loops.length > 0 && events.some(e => e.kind === 'call' && e.node === opened))
}
