/** A cell of a notebook ends in a big expression: what it shows stays in `Out`. Page: output-history-holds.md. */
import type { Expr, ExprStmt } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Point, Variable } from '../flow/graph.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { dragFrom, type DragReport } from '../values/drag.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { isBulk, kindOf } from '../values/parts.ts'
import { isSmall, type Link, type Value } from '../values/value.ts'
import { careIn } from './care.ts'
import { insertion } from '../fixes/edits.ts'
import { displayEdits, isOneOf, keptSites, riskOfDisplay } from './displayed.ts'
import type { Finding, Fix } from './finding.ts'
import { contains } from '../syntax/ancestors.ts'
import { indexFrame, type FrameIndex } from './frame-index.ts'
import { judge, type Verdict } from './judgement.ts'
import type { Draft, ModuleRule, ModuleView } from './rule.ts'
import { dragTexts, estimateOf, listed, meanwhile, sizeText } from './wording.ts'

export const outputHistoryHolds: ModuleRule = {
  name: 'output-history-holds',
  summary: 'a notebook cell ends in a big expression, so that `Out` keeps it',
  checkModule: module => {
    if (module.displayed.length === 0) return []
    const analysis = module.frames.ofModule()
    const index = indexFrame(analysis.flow)
    return module.displayed.flatMap(stmt => {
      const kept = keptBy(stmt, analysis, index, module)
      return kept === null ? [] : [(source: Source) => finding(kept, riskOfDisplay(index), source)] satisfies Draft[]
    })
  },
}

/** An object that nothing holds any more but the history of outputs. */
interface Kept {
  readonly stmt: ExprStmt
  readonly value: Value
  /** The names that let go of it later; none where the expression makes it. */
  readonly names: readonly Variable[]
  readonly drag: DragReport
  readonly verdict: Verdict
}

function keptBy(stmt: ExprStmt, analysis: FrameAnalysis, index: FrameIndex, { options }: ModuleView): Kept | null {
  const { flow, values } = analysis
  const after = flow.graph.pointsOf(stmt)?.after
  if (!after || isShown(stmt.value)) return null
  const shown = values.ofExpr(stmt.value)
  const isMade = !shown.isView && shown.links.some(l => isMadeBy(stmt, l, values))
  const { value, names, from } = isMade ? { value: shown, names: [], from: after } : baseOf(stmt, after, analysis, index)
  if (value === null || from === null || isSmall(value, options.minimumSize)) return null
  const drag = dragFrom(from, null, values)
  const kind = kindOf(value.type, values.context)
  // What is worked out to be looked at is mostly little: care for memory elsewhere says nothing of it.
  const verdict = judge({ variable: names[0] ?? { name: '' }, bindings: [], value, drag, doubts: [] }, { kind, scope: '<module>', ...(names.length > 0 && { care: careIn(analysis, options) }) }, options)
  return verdict && { stmt, value, names, drag, verdict }
}

function isMadeBy(stmt: ExprStmt, { site, how, certain }: Link, values: Evaluator): boolean {
  return how === 'is' && certain && typeof site === 'object' && !('variable' in site) && contains(stmt, site) && !isTakenOut(site, values)
}

/** What an attribute or an item of a container is, was made before, and is kept there as well; items of arrays and frames are made. */
function isTakenOut(site: Expr, values: Evaluator): boolean {
  return site.kind === 'Attribute' || (site.kind === 'Subscript' && !isBulk(values.ofExpr(site.value), values.context))
}

interface Base {
  readonly value: Value | null
  readonly names: readonly Variable[]
  /** From there on `Out` alone holds it; null: a name does, too. */
  readonly from: Point | null
}

/** What the value is, or is a view of, where every name of it is let go or bound again further on. */
function baseOf(stmt: ExprStmt, after: Point, analysis: FrameAnalysis, index: FrameIndex): Base {
  const { flow, values } = analysis
  const sites = keptSites(stmt, values)
  const bindings = flow.graph.bindings.filter(b => flow.reachingAt(after, b.variable).includes(b) && isOneOf(b, sites, values))
  const names = [...new Set(bindings.map(b => b.variable))]
  if (names.length === 0) return { value: null, names, from: null }
  const releases = names.map(name => releaseAfter(name, after, analysis, index))
  return { value: values.ofBinding(bindings[0]!), names, from: releases.includes(null) ? null : releases.at(-1)! }
}

/** Where, on some path from the point, the name has been deleted or bound anew. */
function releaseAfter(variable: Variable, point: Point, { flow }: FrameAnalysis, index: FrameIndex): Point | null {
  const changes = index.changes.get(variable) ?? []
  const seen = new Set<number>()
  const queue = [{ block: point.block, from: point.index }]
  while (queue.length > 0) {
    const { block, from } = queue.pop()!
    const change = changes.find(c => c.block === block && c.index >= from)
    if (change) return { block, index: change.index + 1 }
    for (const next of flow.graph.blocks[block]!.successors) {
      if (seen.has(next)) continue
      seen.add(next)
      queue.push({ block: next, from: 0 })
    }
  }
  return null
}

/** Its value is None, whatever it is given. */
function isShown(expr: Expr): boolean {
  return expr.kind === 'Call' && expr.func.kind === 'Name' && (expr.func.id === 'display' || expr.func.id === 'print')
}

function finding({ stmt, value, names, drag, verdict }: Kept, risk: string | null, source: Source): Finding {
  const drags = dragTexts(drag.items, source)
  const spelt = listed(names.map(({ name }) => `\`${name}\``))
  const what = names.length === 0 ? 'The value of this cell stays in `Out`' : `${spelt} stays in \`Out\`, whatever lets go of it later,`
  return {
    rule: 'output-history-holds', ...verdict,
    message: `${what} until the kernel ends (${sizeText(value.size)}).${meanwhile(drags)} \`display(…)\` shows it and keeps nothing.`,
    name: names[0]?.name ?? '', names: names.map(({ name }) => name), scope: '<module>',
    span: stmt, binding: stmt, lastUse: null, size: estimateOf(value.size), drag: drags, heldUntil: 'kernel exit',
    notes: [{ start: stmt.start, end: stmt.end, message: 'the notebook keeps what a cell shows, to give it back as `Out[…]`, until the kernel ends', holds: true }],
    fixes: [display(stmt, risk), endWithSemicolon(stmt)],
  }
}

function display(stmt: ExprStmt, risk: string | null): Fix {
  const title = 'Show it with `display(…)`'
  return { title: risk === null ? title : `${title}: ${risk}`, kind: 'show', safety: risk === null ? 'safe' : 'unsafe', edits: displayEdits(stmt) }
}

function endWithSemicolon(stmt: ExprStmt): Fix {
  return { title: 'End the cell with `;`: its value is not shown any more', kind: 'show', safety: 'unsafe', edits: [insertion(stmt.end, ';')] }
}
