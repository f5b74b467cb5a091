/**
 * What rules on the module keep from version to version. That something changed is told by identity: statements that an edit leaves alone
 * stay the same objects, and so do the answers about names that they mention.
 */
import { commonEnds } from '../text/common-ends.ts'
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

/** What is found in the parts of one module, in their order. */
export class Findings<T> {
  private parts: readonly Part[] = []
  private found: (readonly T[])[] = []
  private all: readonly T[] = []

  renewed(parts: readonly Part[], look: (part: Part) => readonly T[]): readonly T[] {
    if (parts === this.parts) return this.all
    const { head, tail } = commonEnds(this.parts, parts)
    const fresh = parts.slice(head, parts.length - tail).map(look)
    const gone = this.found.slice(head, this.parts.length - tail)
    this.found = this.found.slice(0, head).concat(fresh, this.found.slice(this.parts.length - tail))
    if (gone.concat(fresh).some(list => list.length > 0)) this.all = this.found.filter(list => list.length > 0).flat()
    this.parts = parts
    return this.all
  }
}

/** What can be asked while something is worked out that is kept. */
export type Questions = Pick<ModuleView, 'uses' | 'facts' | 'mentions' | 'workspace' | 'options'> & {
  readonly frames: Pick<ModuleView['frames'], 'ofModule' | 'supposing'>
  readonly scopes: Pick<ModuleView['scopes'], 'scopeOf'>
}

/**
 * What is worked out for one thing, kept until an answer is another one to a question that was asked for it. `view` is for what is written
 * down anew for each version.
 */
export function keptPer<K extends object, T>(workOut: (thing: K, questions: Questions, view: ModuleView) => T): (thing: K, view: ModuleView) => T {
  const known = new WeakMap<ModuleView, WeakMap<K, { readonly answer: T; readonly grounds: Grounds }>>()
  return (thing, view) => {
    let ofView = known.get(view)
    if (!ofView) known.set(view, ofView = new WeakMap())
    let kept = ofView.get(thing)
    if (!kept?.grounds.hold()) {
      const grounds = new Grounds(view)
      ofView.set(thing, kept = { answer: workOut(thing, grounds, view), grounds })
    }
    return kept.answer
  }
}

interface Asked {
  readonly ask: () => unknown
  readonly answer: unknown
}

/** Passes questions on, and remembers the answers. */
class Grounds implements Questions {
  readonly uses: ModuleView['uses']
  readonly facts: ModuleView['facts']
  readonly mentions: ModuleView['mentions']
  readonly frames: Questions['frames']
  readonly scopes: Questions['scopes']
  readonly options: ModuleView['options']
  private readonly view: ModuleView
  private readonly asked: Asked[] = []
  /** By what is asked, and about what. */
  private readonly known = new Map<string, Map<unknown, Asked>>()

  constructor(view: ModuleView) {
    const { uses, facts, mentions } = view
    const noted = this.noted.bind(this)
    this.view = view
    this.options = view.options
    this.uses = {
      ofGlobal: name => noted('global', name, () => uses.ofGlobal(name)),
      ofAttribute: name => noted('attribute', name, () => uses.ofAttribute(name)),
      ofDefault: name => noted('default', name, () => uses.ofDefault(name)),
    }
    this.facts = { get: name => noted('fact', name, () => facts.get(name)) }
    this.mentions = { countOf: name => noted('count', name, () => mentions.countOf(name)), get isDynamic() { return noted('dynamic', null, () => mentions.isDynamic) } }
    this.frames = {
      ofModule: () => noted('frame', null, () => view.frames.ofModule()),
      supposing: (def, ...other) => noted('supposing', def, () => view.frames.supposing(def, ...other)),
    }
    this.scopes = { scopeOf: node => noted('scope', node, () => view.scopes.scopeOf(node)) }
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

  hold(): boolean {
    for (const { ask, answer } of this.asked) if (ask() !== answer) return false
    return true
  }

  private noted<A>(question: string, about: unknown, ask: () => A): A {
    let answers = this.known.get(question)
    if (!answers) this.known.set(question, answers = new Map())
    const known = answers.get(about)
    if (known) return known.answer as A
    const answer = ask()
    const asked = { ask, answer }
    answers.set(about, asked)
    this.asked.push(asked)
    return answer
  }
}
