/** Decides whether a container only ever grows while the program runs, and how sure that is. Facts only; the rule has the words. */
import type { Expr, FunctionDef, Stmt } from '../../syntax/ast.ts'
import { lastName } from '../../syntax/expressions.ts'
import { isNeverRun } from '../../syntax/truth.ts'
import type { ModuleUses } from '../../semantic/uses/uses.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { ModuleFacts } from '../../values/module-facts.ts'
import type { Questions } from '../kept.ts'
import { collectionOf, dottedOf } from './collections.ts'
import { isFilledOnce, isSizeChecked } from './guards.ts'
import { elsewhereOf } from './elsewhere.ts'
import { areClosedItems, isClosedKey, isClosedSource, type KeyPlace } from './keys.ts'
import { callsOf, occasionOf } from './occasions.ts'
import { addsLittle } from './little-entries.ts'
import { isOpenGrowth } from './openness.ts'
import type { Candidate, Subject } from './subjects.ts'
import { localValue, nodesOf, walk } from './walk.ts'

/** Something that may be otherwise than it looks. */
export interface Doubt {
  readonly why: string
  readonly use: Use | null
}

export interface Growing {
  readonly subject: Subject
  /** What adds without end, in the order of the text. */
  readonly growths: readonly Use[]
  /** Something is added at every call, not for every new key only. */
  readonly everyCall: boolean
  readonly doubts: readonly Doubt[]
  /** For a person: functions of other files that add to it. */
  readonly foreign: readonly string[]
}

export function growingOf(candidate: Candidate, questions: Questions): readonly Growing[] {
  return candidate.subjects(questions).flatMap(subject => growing(subject, questions) ?? [])
}

function growing(subject: Subject, questions: Questions): Growing | null {
  if (WARNED.test(subject.name)) return null
  const own = subject.uses.filter(u => belongs(u, subject)).map(u => makingItem(u, subject) ?? u)
  if (subject.uses.some(isRelease) || isSizeChecked(own)) return null
  const { growths, isDoubtful } = growthsOf(own, subject, questions)
  const elsewhere = growths.length > 0 || mayGrowElsewhere(own) ? elsewhereOf(subject, questions) : null
  if (elsewhere === null || growths.length + elsewhere.growers.length === 0) return null
  const callers: Doubt[] = isDoubtful ? [{ why: `how often is up to those who call ${growths[0]!.place.scope}()`, use: growths[0]! }] : []
  const unseen: Doubt[] = growths.length > 0 ? [] : [{ why: 'how often, and under how many keys, was not looked at', use: null }]
  const kept: Doubt[] = subject.form !== 'singleton' && growths.length > 0 && growths.every(u => isInstance(u) && isRegistered(u)) ? [{ why: 'it is meant to keep one for each key', use: growths[0]! }] : []
  const unclear: Doubt[] = growths.length === 0 || growths.some(u => isOpenGrowth(u, isKeyed(u, subject), questions.facts)) ? [] : [{ why: 'under how many keys is not known', use: growths[0]! }]
  return {
    subject, growths, everyCall: growths.some(u => isEveryCall(u, subject)), foreign: elsewhere.growers,
    doubts: [...callers, ...kept, ...unseen, ...unclear, ...little(growths, subject), ...said(growths), ...escapes(own, growths), ...elsewhere.doubts.map(why => ({ why, use: null }))],
  }
}

/** The growth that counts: that of the program's work if there is any, else what others may ask for. */
function growthsOf(own: readonly Use[], subject: Subject, questions: Questions): { readonly growths: readonly Use[]; readonly isDoubtful: boolean } {
  const { uses, facts, workspace } = questions
  const open = own.filter(u => u.deed === 'grow' && !u.place.atImport && u.place.functions.every(f => questions.placeOf(f) !== null) && adds(u, subject, own, facts) && !isClosed(u, subject, questions) && !isFilledOnce(u, own, callsAround(u, uses)) && !isLock(u, facts))
  const occasions = open.map(use => ({ use, occasion: occasionOf(use, uses, facts, workspace) }))
  const running = occasions.filter(g => g.occasion === 'run')
  const asked = occasions.filter(g => g.occasion === 'registration')
  return { growths: (running.length > 0 ? running : asked).map(g => g.use), isDoubtful: running.length === 0 && asked.length > 0 }
}

/** The calls of the function of the module that adds. */
function callsAround({ place: { functions, cls } }: Use, uses: ModuleUses): readonly Use[] {
  return functions.length === 1 ? callsOf(functions[0]!, cls, uses).filter(call => call.deed === 'call') : []
}

/** What is added is a lock: small, and there for whoever comes with the same key. */
function isLock({ growth }: Use, facts: ModuleFacts): boolean {
  const value = growth?.value
  return value?.kind === 'Call' && LOCKS.has(dottedOf(value.func, facts) ?? '')
}

const LOCKS: ReadonlySet<string> = new Set(['threading', 'asyncio', 'multiprocessing'].flatMap(module => ['Lock', 'RLock', 'Event', 'Condition', 'Semaphore', 'BoundedSemaphore'].map(name => `${module}.${name}`)))

/** What was warned of once: as many entries as the program has places that warn. */
const WARNED = /warn|deprecat/i

/** Nothing here adds to it while the program runs, but others may: it is empty. */
function mayGrowElsewhere(own: readonly Use[]): boolean {
  return !own.some(u => u.deed === 'grow')
}

/** Of attributes: those of this class, or of the object itself; what another object's attribute of that name is, nobody knows. */
function belongs({ owner }: Use, { form, home, title }: Subject): boolean {
  if (form === 'global' || form === 'default') return true
  if (owner.kind === 'own') return true
  const cls = home?.kind === 'ClassDef' ? home.name.id : ''
  return owner.kind === 'path' && [title.slice(0, title.lastIndexOf('.')), cls].includes(owner.path)
}

/** A set of hosts, a list of channel counts: it is seldom much. */
function little(growths: readonly Use[], subject: Subject): readonly Doubt[] {
  return growths.length > 0 && growths.every(u => addsLittle(u, subject, isKeyed(u, subject))) ? [{ why: 'each entry takes little', use: growths[0]! }] : []
}

/** It notes what was logged, so as to log it once: mostly as many entries as the program has places that log. */
function said(growths: readonly Use[]): readonly Doubt[] {
  const isNote = ({ place, name }: Use): boolean => place.functions.at(-1) !== undefined && nodesOf(place.functions.at(-1)!).some(n => n.kind === 'If' && mentionsContainer(n.test, name) && n.body.some(logs))
  return growths.length > 0 && growths.every(isNote) ? [{ why: 'it notes what was logged once, and how many such messages there are is not known', use: growths[0]! }] : []
}

/** `logger.error(…)`, `logging.getLogger(name).log(…)`. */
function logs(stmt: Stmt): boolean {
  const { func } = stmt.kind === 'ExprStmt' && stmt.value.kind === 'Call' ? stmt.value : { func: null }
  return func?.kind === 'Attribute' && LOGGING.has(func.attr)
}

const LOGGING: ReadonlySet<string> = new Set(['debug', 'info', 'warning', 'warn', 'error', 'exception', 'critical', 'log'])

/** Takes something out, or lets go of all of it. */
function isRelease(use: Use): boolean {
  if (use.place.atImport || use.depth === 1) return false
  return use.deed === 'shrink' || use.deed === 'delete' || (use.deed === 'bind' && !isFirstBinding(use))
}

/** `if x is None: x = {}`, `if not x: x = {}`. */
function isFirstBinding({ name, around, act }: Use): boolean {
  const isIt = (e: Expr): boolean => (e.kind === 'Name' && e.id === name) || (e.kind === 'Attribute' && e.attr === name)
  return around.some(s => {
    if (s.kind !== 'If' || !s.body.some(b => act.start >= b.start && act.end <= b.end)) return false
    return (s.test.kind === 'UnaryOp' && s.test.op === 'not' && isIt(s.test.operand)) || (s.test.kind === 'Compare' && isIt(s.test.left) && s.test.ops[0] === 'is')
  })
}

/** Whoever asks a `defaultdict` for what it does not have puts it in; null: it is asked first whether it is there, or is no such dict, or a table with an answer for all else. */
function makingItem(use: Use, { kind, value }: Subject): Use | null {
  const { act, deed, depth, node, around, name } = use
  if (kind !== 'defaultdict' || isTable(value) || deed !== 'read' || depth !== 0 || act.kind !== 'Subscript' || act.value !== node || isNeverRun(act, around)) return null
  const looksFirst = around.some(s => {
    if (s.kind === 'If' || s.kind === 'While') return mentionsContainer(s.test, name)
    return s.kind === 'For' ? mentionsContainer(s.iter, name) : s === around.at(-1) && isAskedIn(s, name)
  })
  return looksFirst ? null : { ...use, deed: 'grow', growth: { how: '[…]', key: act.slice, value: null, all: false } }
}

/** `defaultdict(lambda: other, {"a": first, "b": second})`: what may be asked for is written down. */
function isTable(value: Expr): boolean {
  const given = value.kind === 'Call' ? value.args[1]?.value : undefined
  return given?.kind === 'Dict' && given.keys.length > 0
}

/** `x[k] if k in x else …` */
function isAskedIn(stmt: Stmt, name: string): boolean {
  let found = false
  walk(stmt, n => { found ||= n.kind === 'Compare' && n.ops.some(op => op === 'in' || op === 'not in') && n.comparators.some(c => mentionsContainer(c, name)) })
  return found
}

/** The operation makes the container, or what is in it, larger. */
function adds({ growth, depth }: Use, subject: Subject, own: readonly Use[], facts: ModuleFacts): boolean {
  if (growth === null) return false
  const { how, value } = growth
  if (depth === 0) {
    if (how === '[…] =') return subject.kind !== 'list' && subject.kind !== 'deque'
    if (how.startsWith('[…]')) return subject.kind === 'defaultdict' || subject.kind === 'Counter'
    if (how === 'update') return value !== null
    return how !== 'push'
  }
  if (!holdsContainers(subject, own, facts) || how === '[…] =' || how.startsWith('[…]')) return false
  if (how === '+=' && value !== null && collectionOf(value, facts) === null) return false
  return !own.some(u => !u.place.atImport && ((u.depth === 1 && u.deed === 'shrink') || isReset(u, facts)))
}

/** `x[k] = []` where that is done again and again. */
function isReset({ growth, depth, around, name }: Use, facts: ModuleFacts): boolean {
  if (depth !== 0 || growth?.how !== '[…] =' || growth.value === null || collectionOf(growth.value, facts) === null) return false
  const isNew = around.some(s => s.kind === 'If' && s.test.kind === 'Compare' && s.test.ops[0] === 'not in') || around.some(s => s.kind === 'Try') || growth.value.kind === 'List' && growth.value.elts.length > 0
  return !isNew && name !== ''
}

/** The elements are seen to be containers. */
function holdsContainers({ kind, value }: Subject, own: readonly Use[], facts: ModuleFacts): boolean {
  if (kind === 'defaultdict') {
    const factory = value.kind === 'Call' ? value.args[0]?.value : undefined
    return factory?.kind === 'Name' && ['list', 'set', 'dict', 'deque'].includes(factory.id)
  }
  const made = [...(value.kind === 'Dict' ? value.values : []), ...own.flatMap(u => (u.depth === 0 && u.growth?.value ? [u.growth.value] : []))]
  return made.some(v => collectionOf(v, facts) !== null)
}

/** There are only so many keys, or so many things to be kept. */
function isClosed(use: Use, subject: Subject, { uses, facts, workspace }: Questions): boolean {
  const { growth, place, around, name } = use
  const { key, value, all } = growth!
  const at: KeyPlace = { functions: place.functions, cls: place.cls, around, facts, uses, workspace }
  const closed = (expr: Expr): boolean => isClosedKey(expr, at)
  if (all && value !== null) return areClosedItems(value, closed)
  if (value !== null && isModule(value, place.functions)) return true
  if (isKeyed(use, subject)) return (key !== null && closed(key)) || around.some(s => s.kind === 'For' && isClosedSource(s.iter, facts))
  // `if v not in x: x.append(v)` adds each value once.
  const looksFirst = around.some(s => s.kind === 'If' && mentionsContainer(s.test, name))
  return value !== null && looksFirst && closed(value)
}

/** Equal keys are one entry. */
function isKeyed({ growth, depth }: Use, { kind }: Subject): boolean {
  return depth === 0 ? !isSequence(kind) : growth?.how === 'add' || growth?.how === 'setdefault'
}

function isSequence(kind: Subject['kind']): boolean {
  return kind === 'list' || kind === 'deque' || kind === 'queue'
}

/** Modules are never more than the program has. */
function isModule(expr: Expr, functions: readonly FunctionDef[]): boolean {
  const def = functions.at(-1)
  const local = expr.kind === 'Name' && def ? localValue(expr.id, def) : null
  if (local && !local.isElement) return isModule(local.expr, [])
  const head = expr.kind === 'Subscript' ? expr.value : expr.kind === 'Call' ? expr.func : null
  return (head?.kind === 'Attribute' && (head.attr === 'modules' || head.attr === 'import_module')) || (head?.kind === 'Name' && (head.id === 'import_module' || head.id === '__import__'))
}

function mentionsContainer(test: Expr, name: string): boolean {
  let found = false
  walk(test, n => { found ||= (n.kind === 'Name' && n.id === name) || (n.kind === 'Attribute' && n.attr === name) })
  return found
}

/** Not held back by a test of what is there already. */
function isEveryCall(use: Use, { kind }: Subject): boolean {
  const { growth, depth } = use
  if (growth === null || (depth === 0 && !isSequence(kind)) || growth.how === 'setdefault' || growth.how === 'add') return false
  return !isAskedFirst(use)
}

/** What is there already decides whether it is added. */
function isAskedFirst(use: Use): boolean {
  return use.around.some(s => s.kind === 'If' && mentionsContainer(s.test, use.name)) || isLookedFor(use)
}

function isInstance({ growth, place }: Use): boolean {
  const def = place.functions.at(-1)
  const value = growth?.value?.kind === 'Name' && def ? localValue(growth.value.id, def)?.expr : growth?.value
  return value?.kind === 'Call' && /^([A-Z]\w*|cls|__new__)$/.test(lastName(value.func) ?? '')
}

/** It is looked for before another is made: the one connection to each server, the one object for each device. */
function isRegistered(use: Use): boolean {
  const { place, act, name } = use
  const def = place.functions.at(-1)
  const isFoundBefore = def !== undefined && nodesOf(def).some(n => n.kind === 'If' && n.end <= act.start && mentionsContainer(n.test, name) && n.body.at(-1)?.kind === 'Return')
  return isFoundBefore || isAskedFirst(use)
}

/** `for known, value in table: if known == key: return value`, and what is not found is added. */
function isLookedFor({ place, act, name }: Use): boolean {
  const def = place.functions.at(-1)
  return def !== undefined && nodesOf(def).some(n => n.kind === 'For' && n.end <= act.start && mentionsContainer(n.iter, name)
    && n.body.some(s => s.kind === 'If' && s.body.at(-1)?.kind === 'Return'))
}

/** Those who are handed the container may take something out of it. */
function escapes(own: readonly Use[], growths: readonly Use[]): readonly Doubt[] {
  const deepest = growths.every(g => g.depth === 1) ? 1 : 0
  return own.filter(u => u.deed === 'escape' && u.depth <= deepest && !isOwnDefinition(u)).slice(0, 3).map(use => ({ why: whither(use), use }))
}

/** `x.append` taken to be called later in the same function adds, like a call. */
function isOwnDefinition({ act }: Use): boolean {
  return act.kind === 'Attribute' && ['append', 'add', 'setdefault', 'extend', 'update'].includes(act.attr)
}

function whither({ act, place, name }: Use): string {
  const where = place.scope === '<module>' ? 'the module' : `${place.scope}()`
  switch (act.kind) {
    case 'Return':
    case 'Yield': return `${where} gives it to its caller`
    case 'Call': return `${where} passes it on`
    default: return `${where} stores ${name} elsewhere`
  }
}

/** The functions, by name, that look at the container: those who could also remove. */
export function readersOf({ subject, growths }: Growing): readonly string[] {
  const adders = new Set(growths.map(g => g.place.scope))
  const readers = subject.uses.filter(u => !u.place.atImport && (u.deed === 'read' || u.deed === 'iterate' || u.deed === 'size' || u.deed === 'escape') && !adders.has(u.place.scope))
  return [...new Set(readers.map(u => u.place.scope))]
}

/** A memo: the function that adds looks first whether the key is there. */
export function isMemo({ growths, subject }: Growing): boolean {
  return growths.every(g => {
    const def = g.place.functions.at(-1)
    return def !== undefined && subject.uses.some(u => u.place.functions.at(-1) === def && u.deed === 'read' && u.depth === 0) && nodesOf(def).some(n => n.kind === 'Return')
  })
}
