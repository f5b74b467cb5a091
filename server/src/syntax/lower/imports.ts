/** Import statements. */
import type { Import, ImportAlias, ImportFrom } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import type { Lowering } from './lowering.ts'
import { dottedText, name } from './names.ts'

const {
  dotted_name: DOTTED, aliased_import: ALIASED, relative_import: RELATIVE, import_prefix: DOTS, wildcard_import: WILDCARD, "')": CLOSE,
} = NODE_TYPES

export function importStatement(l: Lowering): Import {
  const start = l.cursor.startIndex
  const names: ImportAlias[] = []
  l.enter()
  for (let type = l.next(); type !== NONE; type = l.next()) if (type === DOTTED || type === ALIASED) names.push(alias(l, type))
  l.leave()
  l.start = start
  return { kind: 'Import', start: l.shift + start, end: l.shift + l.end, names }
}

/** The cursor is on one of the names of an import. */
function alias(l: Lowering, type: number): ImportAlias {
  if (type === DOTTED) {
    const { dotted, first } = dottedText(l)
    return { kind: 'ImportAlias', start: first.start, end: l.shift + l.end, name: dotted, bound: first, hasAs: false }
  }
  l.enter()
  const { dotted } = dottedText(l)
  const { start } = l
  l.next()
  l.next()
  const bound = name(l)
  l.leave()
  l.start = start
  return { kind: 'ImportAlias', start: l.shift + start, end: l.shift + l.end, name: dotted, bound, hasAs: true }
}

export function importFrom(l: Lowering): ImportFrom {
  const start = l.cursor.startIndex
  l.enter()
  const { module, level } = from(l, l.next())
  const rest = imported(l)
  l.leave()
  l.start = start
  return { kind: 'ImportFrom', start: l.shift + start, end: l.shift + l.end, module, level, ...rest }
}

/** The grammar keeps `from __future__` apart. */
export function futureImport(l: Lowering): ImportFrom {
  const start = l.cursor.startIndex
  l.enter()
  const rest = imported(l)
  l.leave()
  l.start = start
  return { kind: 'ImportFrom', start: l.shift + start, end: l.shift + l.end, module: '__future__', level: 0, ...rest }
}

function from(l: Lowering, type: number): { readonly module: string; readonly level: number } {
  if (type === DOTTED) return { module: dottedText(l).dotted, level: 0 }
  if (type !== RELATIVE) return { module: '', level: 0 }
  let module = ''
  let level = 0
  for (let part = l.enter(); part !== NONE; part = l.next()) {
    if (part === DOTTED) module = dottedText(l).dotted
    else if (part === DOTS) level = l.text.slice(l.cursor.startIndex, l.cursor.endIndex).replace(/[^.]/g, '').length
  }
  l.leave()
  return { module, level }
}

/** What follows `import`; leaves `l.end` after it. */
function imported(l: Lowering): { readonly names: ImportAlias[]; readonly star: boolean } {
  const names: ImportAlias[] = []
  let star = false
  for (let type = l.next(); type !== NONE; type = l.next()) {
    if (type === DOTTED || type === ALIASED) names.push(alias(l, type))
    else if (type === WILDCARD || type === CLOSE) l.end = l.cursor.endIndex
    star ||= type === WILDCARD
  }
  return { names, star }
}
