/** Fixes that put an end to growth. All of them change what the container holds, so each says what is given up. */
import type { ClassDef, Expr } from '../../syntax/ast.ts'
import { someNode } from '../../syntax/ancestors.ts'
import { lastName, plainNames } from '../../syntax/expressions.ts'
import type { Source } from '../../syntax/source.ts'
import type { Use } from '../../semantic/uses/use.ts'
import { insertion, replacement } from '../../fixes/edits.ts'
import { importing, type Importing } from '../../fixes/imports.ts'
import { lineStart } from '../../text/line-starts.ts'
import type { Edit, Fix } from '../finding.ts'
import type { ModuleView } from '../rule.ts'
import { isMemo, type Growing } from './growing.ts'
import { ownContainer } from './own-container.ts'
import type { Subject } from './subjects.ts'
import { localValues, nodesOf } from './walk.ts'

/** Entries that are kept. A number to be changed by whoever applies the fix. */
const MOST = 1000

type Imports = (module: string, name: string) => Importing | null

export function boundingFixes(found: Growing, view: ModuleView, source: Source): readonly Fix[] {
  const imports: Imports = (module, name) => importing(module, name, found.subject.value, view.facts, source)
  const { subject } = found
  // A memo is there to be shared.
  if (subject.form === 'default') return isMemo(found) ? evicting(found, source) : ownContainer(found, source)
  const ofOtherType = isSeenOutside(subject, view) ? [] : [...weakly(found, view, imports, source), ...(isSearchedFirst(found) || isAttendedTo(subject) ? [] : lastOnes(subject, imports, source))]
  return [...ownContainer(found, source), ...ofOtherType, ...evicting(found, source)]
}

/** Code that is not seen here may do with it what only its type of today can: compare it with a list, slice it, ask for keys. */
function isSeenOutside({ form, name }: Subject, { workspace }: ModuleView): boolean {
  if (form === 'global') return workspace?.usesOf(name).uses.some(use => use.path !== workspace.path) ?? false
  return form !== 'default' && !name.startsWith('_')
}

/** `x = []` → `x = deque(maxlen=1000)`, where all that is done with the list can be done with a deque. */
function lastOnes(subject: Subject, imports: Imports, source: Source): readonly Fix[] {
  if ((subject.kind !== 'list' && subject.kind !== 'deque') || !isEmptyMaking(subject.value) || subject.uses.some(u => !suitsDeque(u)) || isAnnotated(subject, source)) return []
  const made = imports('collections', 'deque')
  if (made === null) return []
  const edits = [...made.edits, replacement(subject.value, `${made.text}(maxlen=${MOST})`)]
  return [{ title: `Keep the last ${MOST.toLocaleString('en')}: \`${made.text}(maxlen=${MOST})\`, what is older is forgotten`, kind: 'bound', safety: 'unsafe', edits }]
}

/** Who adds looks through it before: what is forgotten would be made a second time. */
function isSearchedFirst({ subject, growths }: Growing): boolean {
  return growths.some(g => subject.uses.some(u => u.deed === 'iterate' && u.depth === 0 && u.place.functions.at(-1) === g.place.functions.at(-1)))
}

/** Something is done with each of them in the end (`hook.remove()`, `callback()`): it would not be done with those that are forgotten. */
function isAttendedTo({ uses }: Subject): boolean {
  return uses.some(({ deed, depth, act }) => deed === 'iterate' && depth === 0 && act.kind === 'For' && act.body.some(stmt => someNode(stmt, n => n.kind === 'ExprStmt' && n.value.kind === 'Call' && isOf(n.value.func, plainNames(act.target)))))
}

function isOf(expr: Expr, names: readonly string[]): boolean {
  return expr.kind === 'Attribute' ? isOf(expr.value, names) : expr.kind === 'Name' && names.includes(expr.id)
}

function isEmptyMaking(value: Expr): boolean {
  return (value.kind === 'List' && value.elts.length === 0) || (value.kind === 'Call' && value.args.length === 0) || (value.kind === 'Dict' && value.values.length === 0)
}

/** Adding at an end, walking, measuring, and single items; no slices, no comparing with lists, nothing unknown. */
function suitsDeque({ deed, depth, act, growth }: Use): boolean {
  if (depth === 1) return true
  switch (deed) {
    case 'grow': return growth !== null && ['append', 'extend', 'appendleft', 'extendleft'].includes(growth.how)
    case 'read': return (act.kind === 'Subscript' && act.slice.kind !== 'Slice') || (act.kind === 'Compare' && act.ops.every(op => op === 'in' || op === 'not in'))
    case 'bind': return act.kind === 'Assign' || act.kind === 'AnnAssign'
    case 'iterate':
    case 'size':
    case 'test': return true
    default: return false
  }
}

/** The annotation says what it is, and would no longer be true. */
function isAnnotated({ binding, value }: Subject, source: Source): boolean {
  return source.text.slice(source.offsetOf(binding.end), source.offsetOf(value.start)).includes(':')
}

/** A table or set of objects of a class of this module: entries go with their objects. */
function weakly(found: Growing, view: ModuleView, imports: Imports, source: Source): readonly Fix[] {
  const { subject, growths } = found
  if (!isEmptyMaking(subject.value) || isMemo(found) || isAnnotated(subject, source) || !growths.every(g => isObjectOfModule(g, view))) return []
  const container = subject.kind === 'dict' ? 'WeakValueDictionary' : subject.kind === 'set' ? 'WeakSet' : subject.kind === 'list' && subject.uses.every(suitsWeakSet) ? 'WeakSet' : null
  const made = container === null ? null : imports('weakref', container)
  if (made === null) return []
  const renamed = subject.kind === 'list' ? subject.uses.flatMap(u => (u.deed === 'grow' && u.act.kind === 'Call' ? [renaming(u.act.func)] : [])) : []
  return [{
    title: `Hold them weakly: \`${made.text}()\`, an entry goes when nothing else holds its object`, kind: 'bound', safety: 'unsafe', edits: [...made.edits, replacement(subject.value, `${made.text}()`), ...renamed],
  }]
}

function suitsWeakSet({ deed, depth, growth }: Use): boolean {
  return depth === 1 || deed === 'iterate' || deed === 'size' || deed === 'test' || deed === 'bind' || (deed === 'grow' && growth?.how === 'append')
}

/** `.append` → `.add` */
function renaming(func: Expr): Edit {
  return replacement({ start: func.end - 'append'.length, end: func.end }, 'add')
}

/** `self`, or a new object of a class of this module that can be referenced weakly. */
function isObjectOfModule({ growth, place, depth }: Use, { facts }: ModuleView): boolean {
  const value = growth?.value
  if (!value || depth === 1 || place.cls === null && value.kind === 'Name') return false
  const self = place.functions.at(-1)?.header.params[0]?.name.id
  const name = value.kind === 'Name' && value.id === self && place.functions.length === 1 ? place.cls : value.kind === 'Call' && value.func.kind === 'Name' ? value.func.id : null
  const fact = name === null ? undefined : facts.get(name)
  return fact?.kind === 'class' && isWeaklyReferable(fact.def)
}

function isWeaklyReferable({ args, body }: ClassDef): boolean {
  return args.length === 0 && !body.some(s => s.kind === 'Assign' && s.targets.some(t => t.kind === 'Name' && t.id === '__slots__'))
}

/** A memo: before an entry is added, the oldest one goes when there are many. */
function evicting(found: Growing, source: Source): readonly Fix[] {
  const { subject, growths } = found
  if (subject.kind === 'list' || subject.kind === 'deque' || subject.kind === 'set' || subject.kind === 'queue' || !isMemo(found) || !isEmptyMaking(subject.value) || growths.some(g => g.depth === 1 || isOneOfItsKind(g))) return []
  const edits = growths.map(g => eviction(g, source))
  if (edits.some(e => e === null)) return []
  return [{ title: `Keep ${MOST.toLocaleString('en')} entries: the oldest one makes room, and is worked out again when it is needed`, kind: 'bound', safety: 'unsafe', edits: edits as Edit[] }]
}

/** There is to be one object for each key, which others compare by identity: what `__new__` gives again and again, a class that is made on demand. */
function isOneOfItsKind({ growth, place }: Use): boolean {
  const def = place.functions.at(-1)
  const value = growth?.value
  if (def === undefined || !value) return false
  if (def.header.name.id === '__new__') return true
  const made = value.kind === 'Name' ? localValues(value.id, def)?.map(v => v.expr) ?? [] : [value]
  const isMade = made.some(expr => expr.kind === 'Call' && MAKERS.has(lastName(expr.func) ?? ''))
  return isMade || (value.kind === 'Name' && nodesOf(def).some(n => n.kind === 'ClassDef' && n.name.id === value.id))
}

const MAKERS: ReadonlySet<string> = new Set(['__new__', 'type', 'new_class', 'namedtuple'])

/** Two lines before the statement; null where it does not stand alone on its line. */
function eviction({ around, node }: Use, source: Source): Edit | null {
  const stmt = around.at(-1)
  if (stmt === undefined || !['Assign', 'AnnAssign', 'ExprStmt', 'Return'].includes(stmt.kind)) return null
  const { text } = source
  const start = source.offsetOf(stmt.start)
  const indent = text.slice(lineStart(text, start), start)
  if (!/^[ \t]*$/.test(indent)) return null
  const name = text.slice(...source.rangeOf(node))
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const step = indent.startsWith('\t') ? '\t' : '    '
  const lines = [`${indent}if len(${name}) >= ${MOST}:`, `${indent}${step}del ${name}[next(iter(${name}))]`]
  return insertion(stmt.start - indent.length, lines.map(line => line + eol).join(''))
}

