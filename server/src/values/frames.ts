/**
 * The frames of a module with their flow, values and objects, made on demand; and the summaries of its functions.
 * Outlives edits: a frame is kept while its own statement and every fact of the module it asked for are unchanged.
 */
import type { ClassDef, Expr, FunctionDef } from '../syntax/ast.ts'
import type { ScopeTree } from '../semantic/scope.ts'
import { analyse } from '../flow/analyse.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import { buildFlow, buildModuleFlow } from '../flow/build.ts'
import type { FlowOptions } from '../flow/graph.ts'
import type { ModelTable } from '../models/table.ts'
import { onDemand } from '../text/on-demand.ts'
import type { TargetVersion } from '../text/target-version.ts'
import { argumentsOf, decoratorOf, type Grounds } from './argument-answers.ts'
import { Askings, type Asking } from './asking.ts'
import { libraryOf, type Bases } from './bases.ts'
import { changedKeys, methodKey, type EditedFunction, type ModuleChange, type ModuleContext } from './changes.ts'
import { CompilerSearch } from './compiler-search.ts'
import type { FrameContext } from './context.ts'
import { Asker, Door } from './door.ts'
import { constantOfModule, type Evaluator } from './evaluate.ts'
import { createEvaluator } from './evaluator.ts'
import { decoratorsElsewhere, elsewhereFor } from './elsewhere.ts'
import { answerKey, forOthers, NAMES, plain, type Answer, type DoneEarly, type NamesAnswer, type Others, type Question } from './foreign.ts'
import type { ModuleFact } from './module-facts.ts'
import { runsTheSame, sameSet } from './module-signature.ts'
import { isRecord } from './records.ts'
import { methodSearch, type Querying, type Seeker } from './methods.ts'
import { createRecursion, isRegrouped, type Circle, type Recursion } from './recursion.ts'
import { createObjects, type Objects } from './objects.ts'
import { isRestarred, StarImports } from './star-imports.ts'
import { decoratesTheSame } from './replacements.ts'
import { summarise } from './summarise.ts'
import type { Summary } from './summary.ts'

export interface FrameAnalysis {
  /** Context managers of which nothing is known are taken to pass exceptions on, as nearly all do. */
  readonly flow: FlowAnalysis
  /** The same where they may swallow exceptions: what holds here too needs no trust. The same object as `flow` where there are none. */
  readonly cautious: FlowAnalysis
  readonly values: Evaluator
  readonly objects: Objects
  /** A function that a call in it may lead back to. */
  readonly isRecursive: boolean
}

export interface Frames {
  ofModule(): FrameAnalysis
  of(def: FunctionDef, ownClass: ClassDef | null): FrameAnalysis
  /** A function as it would be: `def` in the place of `instead`. `scopes` know its names; they are asked for only where its frame is not known yet. */
  supposing(def: FunctionDef, instead: FunctionDef, ownClass: ClassDef | null, scopes: () => ScopeTree): FrameAnalysis
  /** Goes on with another version of the module. Returns the functions whose frames will be made anew, though they are as before. */
  renew(module: ModuleContext, change: ModuleChange): void
  /** Functions whose frames were dropped since the last call, though they are as before: something they asked for is not. `module`: the module's own. */
  takeDropped(): ReadonlySet<FunctionDef | 'module'>
  /** Frames were dropped since `takeDropped`. */
  readonly isStale: boolean
  /** What another module asks of this one: what a name of it means, or (`member`) a method of a class. */
  answer(name: string, member: string | null, asker: Asker, question: Question): Answer | null
  /** The decorator because of which Python does not run the function as it is written (`compiled.ts`); null: it does. `around`: the functions it stands in, outermost first. */
  compilerOf(def: FunctionDef, ownClass: ClassDef | null, around: readonly FunctionDef[]): Expr | null
  /** All that was answered, by name or `Class.method`: what is left to know of a module that is let go. */
  answers(): ReadonlyMap<string, Answer | null>
  /** Nobody will ask this module any more: other modules need not tell it what changes. */
  letGo(): void
  /** Answers that have to be worked out again, and whoever got them told, since the last call. */
  takeDoubtful(): readonly Door[]
}

interface Entry extends Querying {
  readonly def: FunctionDef | 'module'
  /** The class whose method it is, as it is now. */
  ownClass: ClassDef | null
  readonly analysis: FrameAnalysis
  /** What the frame may ask where summaries are sought in this way. */
  contextFor(seeker: Seeker): FrameContext
  summary: Summary | null | undefined
  /** Of a function that may call itself: by round. */
  readonly rounds: (Summary | null | undefined)[]
}

/**
 * Functions calling functions deeper than this are not summarised as they are asked for, but from the innermost outwards: no chain of calls is
 * longer than the stack is deep.
 */
const MAX_CALLS = 16

/**
 * The round of functions that call one another in a circle that is looked at last. In each round calls within the circle do what the round before
 * found; in the first one nobody knows what they do. So what is found does not depend on what is asked for first.
 */
const LAST_ROUND = 2

/** `doneEarly`: the parameters that a function is done with long before it returns. */
export function createFrames(first: ModuleContext, models: ModelTable, target: TargetVersion, others: Others, doneEarly: (analysis: FrameAnalysis) => readonly DoneEarly[]): Frames {
  const entries = new Map<FunctionDef, Entry>()
  /** By the function that is real. */
  const supposed = new Map<FunctionDef, Map<FunctionDef, Entry>>()
  const askings = new Askings()
  const doors = new Map<string, Door>()
  /** Whoever answers a question about what a body does: no edit leaves that as it is. */
  const readers = new Set<Querying>()
  /** In whose names other modules are asked. */
  const asking = new Set<Asker>()
  let dropped = new Set<FunctionDef | 'module'>()
  let doubtful = new Set<Door>()
  const { findMethod, findInherited, methodElsewhere } = methodSearch({ factFor, asks: (user, cls, name) => askings.ask(user, methodKey(cls, name)), basesFor, others })
  const compilers = new CompilerSearch({
    asking: userThat, release: user => askings.drop(user), doubt: def => dropped.add(def),
    scopeFor: user => ({ facts: { get: name => factFor(user, name) }, ...decoratorsElsewhere(user.asker, others) }),
  })
  const stars = new StarImports(first.body, { others, askerThat: onChange => userThat(onChange).asker, doubt: door => doubtful.add(door) })
  let module = first
  let moduleEntry: Entry | null = null
  let depth = 0
  /** Made when it is asked for. */
  let circles: Recursion | null = null

  return {
    ofModule, of: (def, ownClass) => entryOf(def, ownClass).analysis, supposing, renew, answer,
    compilerOf: (def, ownClass, around) => compilers.of(def, ownClass, around),
    get isStale() { return dropped.size > 0 },
    letGo() {
      for (const asker of asking) asker.leave()
      asking.clear()
    },
    answers: () => new Map([...doors].flatMap(([key, { given }]) => (given === undefined ? [] : [[key, given] as const])).concat([[NAMES, names()]])),
    takeDropped() {
      const taken = dropped
      if (taken.size > 0) dropped = new Set()
      return taken
    },
    takeDoubtful() {
      const taken = doubtful
      if (taken.size > 0) doubtful = new Set()
      return [...taken]
    },
  }

  function recursion(): Recursion {
    return circles ??= createRecursion(module)
  }

  function ofModule(): FrameAnalysis {
    return (moduleEntry ??= makeEntry('module', null, module.scopes, () => {
      moduleEntry = null
      dropped.add('module')
    })).analysis
  }

  function supposing(def: FunctionDef, instead: FunctionDef, ownClass: ClassDef | null, scopes: () => ScopeTree): FrameAnalysis {
    const ofReal = supposed.get(instead) ?? new Map<FunctionDef, Entry>()
    supposed.set(instead, ofReal)
    let entry = ofReal.get(def)
    if (!entry) {
      ofReal.set(def, entry = makeEntry(def, ownClass, scopes(), () => {
        ofReal.delete(def)
        dropped.add(instead)
      }))
    }
    return entry.analysis
  }

  function entryOf(def: FunctionDef, ownClass: ClassDef | null): Entry {
    let entry = entries.get(def)
    if (!entry) {
      const made: Entry = entry = makeEntry(def, ownClass, module.scopes, () => {
        if (entries.get(def) === made) entries.delete(def)
        dropped.add(def)
      })
      entries.set(def, made)
    }
    return entry
  }

  function makeEntry(def: FunctionDef | 'module', ownClass: ClassDef | null, scopes: ScopeTree, onDrop: () => void): Entry {
    const { body } = module
    const build = (options: FlowOptions) => analyse(def === 'module' ? buildModuleFlow(body, scopes, options) : buildFlow(def, scopes, options))
    const flow = build({ unknownManagers: 'pass-on' })
    let cautious = flow.graph.trustsManagers ? null : flow
    const elsewhere = elsewhereFor(others, () => entry.asker, (type, name) => methodElsewhere(type, name, entry))
    const contextFor = (seeker: Seeker): FrameContext => ({
      flow, models, target,
      get ownClass() { return entry.ownClass },
      facts: { get: name => factFor(entry, name) },
      summaries: {
        ofFunction: (f, cls) => seeker.summaryOf(f, cls),
        methodOf: (cls, name) => findMethod(cls, name, seeker, new Set()),
        inheritedBy: (cls, name) => findInherited(cls, name, seeker, new Set([cls.name.id])),
        libraryOf: cls => libraryOf(cls, basesFor(entry)),
      },
      elsewhere,
    })
    /** Made when its values are asked for: a function of a circle is summarised without them. */
    const values = onDemand(() => createEvaluator(contextFor(seekerFor(entry))))
    const objects = onDemand(() => createObjects(values()))
    const analysis: FrameAnalysis = {
      flow,
      get values() { return values() },
      get objects() { return objects() },
      get cautious() { return cautious ??= build({ unknownManagers: 'may-swallow' }) },
      get isRecursive() { return def !== 'module' && recursion().circleOf(def) !== 0 },
    }
    const entry: Entry = {
      def, ownClass, analysis, contextFor, asked: new Set(), uses: new Set(), users: new Set(), summary: undefined, rounds: [],
      asker: new Asker(() => askings.drop(entry)),
      drop() {
        leave(this.asker)
        onDrop()
      },
    }
    asking.add(entry.asker)
    return entry
  }

  function leave(asker: Asker): void {
    asker.leave()
    asking.delete(asker)
  }

  function factFor(user: Querying, name: string): ModuleFact | undefined {
    askings.ask(user, name)
    return module.facts.get(name) ?? stars.factOf(name, user.asker)
  }

  function seekerFor(user: Querying): Seeker {
    return { user, summaryOf: (def, ownClass) => noted(user, def, summaryOf(def, ownClass)) }
  }

  function noted(user: Asking, def: FunctionDef, summary: Summary | null): Summary | null {
    const used = entries.get(def)
    if (used) askings.connect(user, used)
    return summary
  }

  function summaryOf(def: FunctionDef, ownClass: ClassDef | null): Summary | null {
    if (def.broken) return null
    const entry = entryOf(def, ownClass)
    if (entry.summary !== undefined) return entry.summary
    let summary: Summary | null | undefined
    try {
      if (depth++ === MAX_CALLS) for (const callee of recursion().neededFor(def)) if (callee.def !== def) summaryOf(callee.def, callee.ownClass)
      const circle = recursion().circleOf(def)
      // Where other files lead back to it.
      entry.summary = null
      return summary = circle === 0 ? summarise(entry.analysis.values) : summaryIn(LAST_ROUND, circle, entry)
    } finally {
      // What fails leaves nothing behind: whoever asks next is told so, too.
      entry.summary = summary
      depth--
    }
  }

  function summaryIn(round: number, circle: Circle, entry: Entry): Summary | null {
    const known = round === 0 ? null : entry.rounds[round]
    if (known !== undefined) return known
    entry.rounds[round] = null
    let differs = false
    let summary: Summary | null | undefined
    try {
      summary = summarise(createEvaluator(entry.contextFor({
        user: entry,
        summaryOf(def, ownClass) {
          if (def.broken || recursion().circleOf(def) !== circle) return noted(entry, def, summaryOf(def, ownClass))
          differs = true
          return noted(entry, def, summaryIn(round - 1, circle, entryOf(def, ownClass)))
        },
      })))
      return summary
    } finally {
      entry.rounds[round] = summary
      if (!differs) for (let any = 1; any <= LAST_ROUND; any++) entry.rounds[any] = summary
    }
  }

  function basesFor(user: Querying): Bases {
    return { factOf: name => factFor(user, name), ask: name => others.ask(name, null, user.asker), models }
  }

  function answer(name: string, member: string | null, asker: Asker, question: Question): Answer | null {
    const key = answerKey(name, member, question)
    let door = doors.get(key)
    if (!door) doors.set(key, door = new Door(self => answered(question, name, member, userFor(self))))
    return door.askedBy(asker)
  }

  function answered(question: Question, name: string, member: string | null, user: Querying): Answer | null {
    if (question === 'meaning') return workOut(name, member, user)
    readers.add(user)
    if (question === 'names') return names()
    const grounds: Grounds = {
      factOf: fact => factFor(user, fact), ...decoratorsElsewhere(user.asker, others),
      summaryOf: ({ def, ownClass }) => seekerFor(user).summaryOf(def, ownClass),
      earlyIn: ({ def, ownClass }) => doneEarly(entryOf(def, ownClass).analysis),
    }
    return question === 'arguments' ? argumentsOf(name, member, grounds) : decoratorOf(name, member, grounds)
  }

  /** In whose name an answer is worked out: its grounds are noted for the door. */
  function userFor(door: Door): Querying {
    const user = userThat(() => {
      readers.delete(user)
      doubtful.add(door)
    })
    return user
  }

  function userThat(onDrop: () => void): Querying {
    const user: Querying = {
      def: null, asked: new Set(), uses: new Set(), users: new Set(), asker: new Asker(() => askings.drop(user)),
      drop() {
        leave(this.asker)
        onDrop()
      },
    }
    asking.add(user.asker)
    return user
  }

  function names(): NamesAnswer {
    return { kind: 'names', names: [...module.facts.names()], stars: stars.modules }
  }

  function workOut(name: string, member: string | null, user: Querying): Answer | null {
    const fact = factFor(user, name)
    switch (fact?.kind) {
      case 'function': return member === null ? { kind: 'function', summary: crossing(seekerFor(user).summaryOf(fact.def, null)) } : null
      case 'class': {
        const method = findMethod(fact.def, member ?? '__init__', seekerFor(user), new Set())
        if (member !== null) return method && { kind: 'function', summary: crossing(method.summary) }
        return { kind: 'class', name: others.fullName(name), isRecord: isRecord(fact.def), init: method && crossing(method.summary), library: libraryOf(fact.def, basesFor(user)) }
      }
      case 'import': return { kind: 'alias', dotted: fact.dotted }
      case 'assignment': {
        if (fact.value.kind === 'Name' && fact.value.id !== name) return { kind: 'alias', dotted: others.fullName(fact.value.id) }
        const value = constantOfModule(fact, ofModule().values)
        return value && { kind: 'constant', value: plain(value) }
      }
      default: return null
    }
  }

  function crossing(summary: Summary | null): Summary | null {
    return forOthers(summary, name => module.facts.get(name)?.kind === 'class', others)
  }

  function renew(next: ModuleContext, change: ModuleChange): void {
    const { globalsUsedInside } = module.scopes
    module = next
    if (isRestarred(change) && stars.renew(next.body)) for (const asker of [...asking]) asker.changed()
    const regrouping = circles?.renew(next, change) ?? null
    if (regrouping) for (const entry of [...entries.values()]) if ([...entry.uses].some(used => isRegrouped(entry, used, regrouping))) askings.drop(entry)
    for (const reader of [...readers]) askings.drop(reader)
    for (const { def, ownClass } of change.functions) moveTo(ownClass, def)
    const { keys, edited } = changedKeys(change.facts, next.facts)
    const [only] = edited
    const isSilent = only !== undefined && edited.length === 1 && keys.length === 1 && keepsSummary(only)
    for (const def of change.gone) {
      for (const entry of [...supposed.get(def)?.values() ?? []]) askings.drop(entry)
      supposed.delete(def)
      compilers.moved(def)
      askings.drop(entries.get(def))
    }
    if (!isSilent) for (const key of keys) for (const asking of askings.askedFor(key)) askings.drop(asking)
    const isSame = runsTheSame(change.removed, change.added) && sameSet(globalsUsedInside, next.scopes.globalsUsedInside)
    if (moduleEntry && !isSame) askings.drop(moduleEntry)
    for (const def of change.gone) dropped.delete(def)
  }

  /** A class that was edited is a new object. Where others cannot see it as a fact of the module, or it is a class of another name, nothing tells its methods what changed. */
  function moveTo(ownClass: ClassDef | null, def: FunctionDef): void {
    const entry = entries.get(def)
    compilers.moved(def, ownClass)
    if (!entry || entry.ownClass === ownClass) return
    const fact = ownClass && entry.ownClass?.name.id === ownClass.name.id && module.facts.get(ownClass.name.id)
    if (fact && fact.kind === 'class' && fact.def === ownClass) entry.ownClass = ownClass
    else askings.drop(entry)
  }

  /** An edited function whose summary is as before changes nothing for those who asked for it. */
  function keepsSummary({ before, def, ownClass }: EditedFunction): boolean {
    if (before.broken || def.broken) return before.broken === def.broken
    if (!decoratesTheSame(before, def, { facts: module.facts, origin: name => name })) return false
    const old = entries.get(before)
    if (!old) return true
    const entry = entryOf(def, ownClass)
    if (old.summary !== undefined && JSON.stringify(old.summary) !== JSON.stringify(summaryOf(def, ownClass))) return false
    if (!keepsRounds(old, entry)) return false
    for (const user of old.users) askings.connect(user, entry)
    askings.disconnect(old)
    return true
  }

  /** What it does in each round that others of its circle asked for. */
  function keepsRounds(old: Entry, entry: Entry): boolean {
    const circle = recursion().circleOf(entry.def as FunctionDef)
    return circle === 0 || old.rounds.every((summary, round) => JSON.stringify(summary) === JSON.stringify(summaryIn(round, circle, entry)))
  }
}
