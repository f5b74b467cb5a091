/**
 * What rules on the module keep from version to version. That something changed is told by identity: statements that an edit leaves alone
 * stay the same objects, and so do the answers about names that they mention.
 */
import { commonEnds, type CommonEnds } from '../text/common-ends.ts'
import { TELLING_NAMES } from '../workspace/record.ts'
import type { ModuleView, Part } from './rule.ts'

/** What is found in the parts of a module, looked for only where a part is another object than before. */
export function perPart<T>(look: (part: Part, view: ModuleView) => readonly T[]): (view: ModuleView) => readonly T[] {
  const known = new WeakMap<ModuleView, Findings<T>>()
  return view => {
    let findings = known.get(view)
    if (!findings) known.set(view, findings = new Findings())
    return findings.renewed(view.parts, part => look(part, view))
  }
}

/** All rules go from the same version to the same version. */
let latest: { readonly before: readonly Part[]; readonly after: readonly Part[]; readonly ends: CommonEnds } | null = null

function endsBetween(before: readonly Part[], after: readonly Part[]): CommonEnds {
  if (latest?.before !== before || latest.after !== after) latest = { before, after, ends: commonEnds(before, after) }
  return latest.ends
}

/** What is found in the parts of one module, in their order. */
export class Findings<T> {
  private parts: readonly Part[] = []
  private found: (readonly T[])[] = []
  private all: readonly T[] = []

  renewed(parts: readonly Part[], look: (part: Part) => readonly T[]): readonly T[] {
    if (parts === this.parts) return this.all
    const { head, tail } = endsBetween(this.parts, parts)
    const fresh = parts.slice(head, parts.length - tail).map(look)
    const gone = this.found.slice(head, this.parts.length - tail)
    if (gone.length === fresh.length) fresh.forEach((list, i) => { this.found[head + i] = list })
    else this.found = this.found.slice(0, head).concat(fresh, this.found.slice(this.parts.length - tail))
    if (gone.concat(fresh).some(list => list.length > 0)) this.all = this.found.filter(list => list.length > 0).flat()
    this.parts = parts
    return this.all
  }
}

/** What can be asked while something is worked out that is kept. */
export type Questions = Pick<ModuleView, 'uses' | 'facts' | 'mentions' | 'placeOf' | 'workspace' | 'options'> & {
  readonly frames: Pick<ModuleView['frames'], 'ofModule' | 'supposing'>
  readonly scopes: Pick<ModuleView['scopes'], 'scopeOf'>
}

/**
 * What is worked out for each of several things, kept until an answer is another one to a question that was asked for it. `view` is for what
 * is written down anew for each version. The same list of things gives the same list while every answer stays as it was.
 */
export function keptPer<K extends object, T>(workOut: (thing: K, questions: Questions, view: ModuleView) => readonly T[]): (things: readonly K[], view: ModuleView) => readonly T[] {
  const known = new WeakMap<ModuleView, Kept<K, T>>()
  return (things, view) => {
    let kept = known.get(view)
    if (!kept) known.set(view, kept = new Kept((thing, questions) => workOut(thing, questions, view), view))
    return kept.renewed(things)
  }
}

class Kept<K extends object, T> {
  private readonly workOut: (thing: K, questions: Questions) => readonly T[]
  private readonly view: ModuleView
  private readonly asked = new AskedQuestions()
  private readonly found = new Map<K, readonly T[]>()
  /** Null: not all of them are worked out. */
  private things: readonly K[] | null = null
  private all: readonly T[] = []

  constructor(workOut: (thing: K, questions: Questions) => readonly T[], view: ModuleView) {
    this.workOut = workOut
    this.view = view
  }

  renewed(things: readonly K[]): readonly T[] {
    if (things !== this.things) this.forgetAllBut(things)
    const outdated = this.asked.takeOutdated()
    for (const thing of outdated) this.found.delete(thing as K)
    if (things === this.things && outdated.size === 0) return this.all
    this.things = null
    this.all = things.flatMap(thing => this.of(thing))
    this.things = things
    return this.all
  }

  private of(thing: K): readonly T[] {
    let found = this.found.get(thing)
    if (!found) this.found.set(thing, found = this.workOut(thing, new Grounds(thing, this.asked, this.view)))
    return found
  }

  private forgetAllBut(things: readonly K[]): void {
    const wanted = new Set(things)
    for (const thing of this.found.keys()) {
      if (wanted.has(thing)) continue
      this.found.delete(thing)
      this.asked.forget(thing)
    }
  }
}

interface Asked {
  readonly question: string
  readonly about: unknown
  readonly ask: () => unknown
  readonly answer: unknown
  /** What it was asked for. */
  readonly things: Set<object>
}

/** Questions about one module and the answers they got, each asked again once for every version, however many things it was asked for. */
class AskedQuestions {
  /** In the order in which they were asked: a later one may only make sense while the answers to the earlier ones hold. */
  private readonly all = new Set<Asked>()
  private readonly known = new Map<string, Map<unknown, Asked>>()
  private readonly ofThing = new Map<object, Asked[]>()

  answer<A>(thing: object, question: string, about: unknown, ask: () => A): A {
    let answers = this.known.get(question)
    if (!answers) this.known.set(question, answers = new Map())
    let asked = answers.get(about)
    if (!asked) {
      answers.set(about, asked = { question, about, ask, answer: ask(), things: new Set() })
      this.all.add(asked)
    }
    if (!asked.things.has(thing)) this.note(thing, asked)
    return asked.answer as A
  }

  /** The things for which a question was asked that has another answer now. */
  takeOutdated(): ReadonlySet<object> {
    const outdated = new Set<object>()
    for (const { ask, answer, things } of this.all) {
      if (ask() === answer) continue
      for (const thing of [...things]) {
        outdated.add(thing)
        this.forget(thing)
      }
    }
    return outdated
  }

  forget(thing: object): void {
    for (const asked of this.ofThing.get(thing) ?? []) {
      asked.things.delete(thing)
      if (asked.things.size > 0) continue
      this.all.delete(asked)
      this.known.get(asked.question)!.delete(asked.about)
    }
    this.ofThing.delete(thing)
  }

  private note(thing: object, asked: Asked): void {
    asked.things.add(thing)
    const list = this.ofThing.get(thing)
    if (list) list.push(asked)
    else this.ofThing.set(thing, [asked])
  }
}

/** Passes questions on that are asked for one thing, and has them noted. */
class Grounds implements Questions {
  readonly uses: ModuleView['uses']
  readonly facts: ModuleView['facts']
  readonly mentions: ModuleView['mentions']
  readonly frames: Questions['frames']
  readonly scopes: Questions['scopes']
  readonly placeOf: ModuleView['placeOf']
  readonly options: ModuleView['options']
  private readonly view: ModuleView
  private readonly noted: <A>(question: string, about: unknown, ask: () => A) => A

  constructor(thing: object, questions: AskedQuestions, view: ModuleView) {
    const noted = this.noted = (question, about, ask) => questions.answer(thing, question, about, ask)
    this.view = view
    this.options = view.options
    this.uses = {
      ofGlobal: name => noted('global', name, () => view.uses.ofGlobal(name)),
      ofAttribute: name => noted('attribute', name, () => view.uses.ofAttribute(name)),
      ofDefault: name => noted('default', name, () => view.uses.ofDefault(name)),
    }
    this.facts = { get: name => noted('fact', name, () => view.facts.get(name)) }
    this.mentions = { countOf: name => noted('count', name, () => view.mentions.countOf(name)), get isDynamic() { return noted('dynamic', null, () => view.mentions.isDynamic) } }
    this.frames = {
      ofModule: () => noted('frame', null, () => view.frames.ofModule()),
      supposing: (def, ...other) => noted('supposing', def, () => view.frames.supposing(def, ...other)),
    }
    this.scopes = { scopeOf: node => noted('scope', node, () => view.scopes.scopeOf(node)) }
    this.placeOf = def => noted('place', def, () => view.placeOf(def))
  }

  /** What other files say is plain data, made for each question; what this file says is known from `uses`. */
  get workspace(): ModuleView['workspace'] {
    const workspace = this.noted('workspace', null, () => this.view.workspace)
    if (workspace === null) return null
    const { path } = workspace
    for (const name of TELLING_NAMES) {
      this.uses.ofGlobal(name)
      this.uses.ofAttribute(name)
    }
    const asked = <A>(question: string, name: string, ask: () => A, told: (answer: A) => unknown): A => {
      const answer = ask()
      const before = JSON.stringify(told(answer))
      let { state } = workspace
      this.noted(question, name, () => {
        const isSame = state === workspace.state || JSON.stringify(told(ask())) === before
        if (isSame) ({ state } = workspace)
        return isSame
      })
      return answer
    }
    return {
      path, state: workspace.state, isAsked: true,
      usesOf: name => asked('elsewhere', name, () => workspace.usesOf(name), ({ uses, doubts }) => [uses.filter(u => u.path !== path), doubts]),
      attributeElsewhere: name => asked('attribute elsewhere', name, () => workspace.attributeElsewhere(name), answer => answer),
      classNamed: (written, from) => asked('class', `${from} ${written}`, () => workspace.classNamed(written, from), found => found && [found.path, found.text]),
      moduleAt: other => asked('other module', other, () => workspace.moduleAt(other), module => module?.source.text),
    }
  }
}
