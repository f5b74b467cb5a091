/** Decides whether a container only ever grows while the program runs, and how sure that is. Facts only; the rule has the words. */
import type { ModuleUses } from '../../semantic/uses/uses.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { ModuleFacts } from '../../values/module-facts.ts'
import type { Questions } from '../kept.ts'
import { adds, isRelease, makingItem } from './additions.ts'
import { dottedOf } from './collections.ts'
import { doubtsOn, type Doubt } from './doubts.ts'
import { isFilledOnce, isSizeChecked } from './guards.ts'
import { elsewhereOf } from './elsewhere.ts'
import { isClosed, isEveryCall } from './entries.ts'
import { isAlwaysGiven } from './keys.ts'
import { callsOf, occasionOf } from './occasions.ts'
import type { Candidate, Subject } from './subjects.ts'
import { nodesOf } from './walk.ts'

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
  const { growths, isUpToCallers } = growthsOf(own, subject, questions)
  const elsewhere = growths.length > 0 || mayGrowElsewhere(own) ? elsewhereOf(subject, questions) : null
  if (elsewhere === null || growths.length + elsewhere.growers.length === 0) return null
  return {
    subject, growths, everyCall: growths.some(u => isEveryCall(u, subject)), foreign: elsewhere.growers,
    doubts: [...doubtsOn(subject, growths, own, isUpToCallers, questions.facts), ...unusedDefault(subject, questions), ...elsewhere.doubts.map(why => ({ why, use: null }))],
  }
}

/** All calls of the file pass something else. */
function unusedDefault({ form, home, name }: Subject, { uses }: Questions): readonly Doubt[] {
  return form === 'default' && home?.kind === 'FunctionDef' && isAlwaysGiven(home, name, uses) ? [{ why: 'the calls here pass another', use: null }] : []
}

/** The growth that counts: that of the program's work if there is any, else what others may ask for. */
function growthsOf(own: readonly Use[], subject: Subject, questions: Questions): { readonly growths: readonly Use[]; readonly isUpToCallers: boolean } {
  const { uses, facts, workspace } = questions
  const open = own.filter(u => u.deed === 'grow' && !u.place.atImport && u.place.functions.every(f => questions.placeOf(f) !== null) && adds(u, subject, own, facts) && !isClosed(u, subject, questions) && !isFilledOnce(u, own, callsAround(u, uses)) && !isLock(u, facts))
  const occasions = open.map(use => ({ use, occasion: occasionOf(use, uses, facts, workspace) }))
  const running = occasions.filter(g => g.occasion === 'run')
  const asked = occasions.filter(g => g.occasion === 'registration')
  return { growths: (running.length > 0 ? running : asked).map(g => g.use), isUpToCallers: running.length === 0 && asked.length > 0 }
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
