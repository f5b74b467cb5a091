/** Moves statements into a function above: what they bind and nobody needs later goes when it returns. */
import type { Node, Stmt } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import { forEachChild } from '../syntax/walk.ts'
import { lineEnd, lineStart } from '../text/line-starts.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Edit, Fix } from '../rules/finding.ts'
import { insertion, replacement } from './edits.ts'
import { extractionOf, type Extraction, type Region } from './extraction.ts'
import { countsFrames, deepens } from './counted-frames.ts'
import { aboveComments, missingAbove } from './blank-lines.ts'
import { freeName, keepsNamesOut } from './free-name.ts'
import { lineEnding } from './insertion.ts'
import { lineLimit } from './line-length.ts'

/** `subjects`: the names of the object, which are to go; `risk`: null where the program does the same afterwards. */
export function extractFix(region: Region, subjects: readonly string[], risk: string | null, analysis: FrameAnalysis, source: Source): Fix | null {
  const statements = region.suite.body.slice(region.first, region.end)
  if (keepsNamesOut(source) || countsFrames(statements, source) || deepens(statements, analysis)) return null
  const lines = linesOf(region, source)
  const site = siteOf(region, source)
  const extraction = lines && site && extractionOf(region, analysis)
  if (!extraction || !lines || !site || [...extraction.parameters, ...extraction.results].some(name => subjects.includes(name))) return null
  const [subject = ''] = subjects
  const name = freeName(nameFor(extraction, subject), source)
  const unit = indentUnit(region, analysis, source)
  const eol = lineEnding(source.text, lines.start)
  const { parameters, results } = extraction
  const call = `${name}(${parameters.join(', ')})`
  const head = `def ${call}:`
  const body = reindented(region, lines, unit, source)
  const last = results.length > 0 ? `${eol}${unit}return ${results.join(', ')}` : ''
  const definition = `${eol.repeat(missingAbove(source.text, site.offset))}${head}${eol}${body}${last}${eol}${eol}${eol}`
  const replacement = `${lines.indent}${results.length > 0 ? `${results.join(', ')} = ` : ''}${call}`
  if (Math.max(head.length, replacement.length) > lineLimit(source)) return null
  const doubt = extraction.unknown.length > 0 ? `unless ${extraction.unknown.join(', ')} must live longer` : risk
  return {
    title: `Extract the statements that need \`${subject}\` into a function${doubt === null ? '' : `: ${doubt}`}`,
    kind: 'extract', safety: doubt === null ? 'safe' : 'unsafe', made: name,
    edits: edits(region, { ...lines, text: replacement }, { at: site, text: definition }, source),
  }
}

interface Lines {
  /** Absolute: from the start of the first line to the end of the last, before its line break. */
  readonly start: number
  readonly end: number
  readonly indent: string
}

/** The whole lines of the region; null where it shares one with something else. */
function linesOf({ suite, first, end }: Region, source: Source): Lines | null {
  const { text } = source
  const [head, tail] = [suite.body[first]!, suite.body[end - 1]!]
  const [from, to] = [source.offsetOf(head.start), source.offsetOf(tail.end)]
  const [start, stop] = [lineStart(text, from), lineEnd(text, to)]
  const indent = text.slice(start, from)
  const isAlone = /^[ \t\f]*$/.test(indent) && /^[ \t\f]*(#.*)?$/.test(text.slice(to, stop)) && !(head.kind === 'If' && head.isElif)
  return isAlone ? { start, end: stop, indent } : null
}

/** Above the statement of the module that holds the region, and above the comments that belong to it; null where there is no such place. */
function siteOf({ suite, first }: Region, source: Source): Site | null {
  const offset = source.offsetOf(suite.body[first]!.start)
  const index = source.body.findIndex(stmt => source.offsetOf(stmt.start) <= offset && offset < source.offsetOf(stmt.end))
  const [stmt, before] = [source.body[index], source.body[index - 1]]
  if (!stmt) return null
  const start = source.offsetOf(stmt.start)
  const top = aboveComments(source.text, start)
  if (top === start) return { pos: stmt.start, offset: start }
  // A position is anchored in the statement before.
  return before ? { pos: before.end + top - source.offsetOf(before.end), offset: top } : null
}

interface Site {
  readonly pos: number
  readonly offset: number
}

function edits({ suite, first }: Region, lines: Lines & { readonly text: string }, definition: { readonly at: Site; readonly text: string }, source: Source): readonly Edit[] {
  const head = suite.body[first]!
  const start = head.start - lines.indent.length
  const end = head.start + lines.end - source.offsetOf(head.start)
  const { at, text } = definition
  if (at.offset === lines.start) return [replacement({ start: head.start, end }, text + lines.text)]
  return [insertion(at.pos, text), replacement({ start, end }, lines.text)]
}

/** The lines with one unit of indentation; what stands in strings stays as it is. */
function reindented({ suite, first, end }: Region, { start, end: stop, indent }: Lines, unit: string, source: Source): string {
  const strings = suite.body.slice(first, end).flatMap(stmt => stringsIn(stmt)).map(node => source.rangeOf(node))
  const isInString = (offset: number) => strings.some(([from, to]) => from < offset && offset < to)
  let offset = start
  return source.text.slice(start, stop).split(/(?<=\r\n|\n|\r(?!\n))/).map(line => {
    const at = offset
    offset += line.length
    return !isInString(at) && line.startsWith(indent) && line.trim() !== '' ? unit + line.slice(indent.length) : line
  }).join('')
}

function stringsIn(stmt: Stmt): readonly Node[] {
  const found: Node[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'JoinedStr' || (node.kind === 'Constant' && (node.type === 'str' || node.type === 'bytes'))) found.push(node)
    else forEachChild(node, visit)
  }
  visit(stmt)
  return found
}

/** As the function indents its body, or as the file does first. */
function indentUnit({ suite, first }: Region, { flow }: FrameAnalysis, source: Source): string {
  const { frame } = flow.graph
  const indentAt = (pos: number) => /^[ \t]*/.exec(source.text.slice(lineStart(source.text, source.offsetOf(pos))))![0]
  if (frame === 'module' || frame.kind === 'Lambda') return /^(?:\t| +)(?=[^\s#])/m.exec(source.text)?.[0] ?? '    '
  const [inner, outer] = [indentAt(frame.body[0]?.start ?? suite.body[first]!.start), indentAt(frame.header.keyword)]
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '    '
}

function nameFor({ results }: Extraction, subject: string): string {
  const [only, ...more] = results
  const bare = (name: string) => name.replace(/^_+/, '')
  return only !== undefined && more.length === 0 ? `_get_${bare(only)}` : `_use_${bare(subject)}`
}
