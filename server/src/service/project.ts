/**
 * The modules of a workspace that somebody asked about, read as they are asked for: open documents as the editor has them, other files
 * as they lie on disk. One project has one table of models and one version of Python.
 */
import type { ModelTable } from '../models/table.ts'
import { openSource, type SourceDocument } from '../syntax/document.ts'
import type { Engine } from '../syntax/engine.ts'
import type { TargetVersion } from '../text/target-version.ts'
import type { Asker } from '../values/door.ts'
import { answerKey, NAMES, type Answer, type Others, type Question } from '../values/foreign.ts'
import { nameOf, type FilePath } from '../workspace/files.ts'
import { dotted } from '../workspace/imports.ts'
import type { ModulePlace, ModuleResolver } from '../workspace/modules.ts'
import { createModuleFrames, type ModuleFrames, type ModuleState } from './module-frames.ts'

export interface ProjectInput {
  readonly engine: Engine
  readonly models: ModelTable
  readonly target: TargetVersion
  /** The text of a file; null: there is none that can be read. */
  readonly read: (path: FilePath) => string | null
  /** The document of a file that is open in the editor, whose text is newer than that on disk. */
  readonly opened: (path: FilePath) => SourceDocument | null
  readonly modules: ModuleResolver
}

export interface Module {
  readonly document: SourceDocument
  readonly frames: ModuleFrames
}

export interface Project {
  /** The module of a document that is open. */
  moduleOf(path: FilePath, document: SourceDocument): Module
  /** The module, where it is known already. */
  loaded(path: FilePath): Module | null
  /** The text of a module changed, in the editor or on disk. */
  touched(path: FilePath): void
  /** Brings every module up to date; nothing is worked out while texts change. */
  sync(): void
  /** Lets go of a module of a file that will not change: what it answered is kept. */
  letGo(path: FilePath): void
  /** Lets go so of modules that are not open, those first that nobody asked for longest, until no more than this many characters are held. */
  letGoDownTo(weight: number): void
  /** Texts held for modules that are not open, in characters. */
  readonly weight: number
}

/** Names of names are followed this far. */
const MOST_HOPS = 10

export function createProject(input: ProjectInput): Project {
  const { modules } = input
  /** The module that was asked last stands last. */
  const loaded = new Map<FilePath, Module | null>()
  const states = new WeakMap<Module, ModuleState>()
  const touched = new Set<Module>()
  /** What is left of modules that were let go. */
  const kept = new Map<FilePath, Map<string, Answer | null>>()

  function create(path: FilePath, document: SourceDocument): Module {
    const others: Others = {
      fullName: name => fullName(path, name, modules),
      ask: (name, member, asker, question = 'meaning') => ask(path, name, member, asker, question, 0),
      namesOf: (name, asker) => new Set(namesOf(name, path, asker, new Set([path]))),
    }
    const module: Module = { document, frames: createModuleFrames(input.models, input.target, others) }
    loaded.set(path, module)
    return module
  }

  function moduleAt(path: FilePath): Module | null {
    const known = loaded.get(path)
    if (known) {
      loaded.delete(path)
      loaded.set(path, known)
    }
    if (known !== undefined) return known
    const opened = input.opened(path)
    if (opened !== null) return create(path, opened)
    const text = input.read(path)
    if (text !== null) return create(path, openSource(input.engine, text))
    loaded.set(path, null)
    return null
  }

  /** As it was when `sync` last looked: texts do not change while answers are worked out. */
  function stateOf(module: Module): ModuleState {
    let state = states.get(module)
    if (!state) states.set(module, state = module.frames.update(module.document.source.body))
    return state
  }

  function ask(from: FilePath, name: string, member: string | null, asker: Asker, question: Question, hops: number): Answer | null {
    if (hops > MOST_HOPS) return null
    const level = /^\.*/.exec(name)![0].length
    const parts = name.slice(level).split('.').filter(p => p !== '')
    let place = level > 0 ? modules.relative(level, from) : modules.top(parts.shift() ?? '', from)
    while (place !== null && parts.length > 0) {
      const part = parts.shift()!
      const inner = modules.submodule(place, part)
      const answer = place.path === null || place.path === from ? null : asked(place.path, part, parts, member, asker, question, hops)
      if (answer !== null && !(inner && isItself(answer, inner, place.path!))) return answer
      place = inner
    }
    return null
  }

  /** What a name of a module means, and what `rest` means in that. */
  function asked(path: FilePath, name: string, rest: readonly string[], member: string | null, asker: Asker, question: Question, hops: number): Answer | null {
    const [first, ...more] = rest
    const answer = answerOf(path, name, first === undefined && question === 'meaning' ? member : null, asker, 'meaning')
    if (answer?.kind === 'alias') {
      const further = ask(path, rest.reduce(dotted, answer.dotted), member, asker, question, hops + 1)
      return further ?? (first === undefined ? answer : null)
    }
    if (first === undefined) return question === 'meaning' ? answer : answerOf(path, name, member, asker, question)
    return answer?.kind === 'class' && more.length === 0 && member === null ? answerOf(path, name, first, asker, question) : null
  }

  function answerOf(path: FilePath, name: string, member: string | null, asker: Asker, question: Question): Answer | null {
    const left = kept.get(path)
    const known = left?.get(answerKey(name, member, question))
    if (known !== undefined) return known
    if (left && !mayTell(left.get(NAMES), name)) return null
    const module = moduleAt(path)
    return module && stateOf(module).frames.answer(name, member, asker, question)
  }

  /** `seen`: modules of which the names are taken already. */
  function namesOf(name: string, from: FilePath, asker: Asker, seen: Set<FilePath>): readonly string[] {
    const path = modules.named(name, from)?.path
    if (!path || seen.has(path)) return []
    seen.add(path)
    const answer = answerOf(path, '', null, asker, 'names')
    if (answer?.kind !== 'names') return []
    return [...answer.names.filter(n => !n.startsWith('_')), ...answer.stars.flatMap(star => namesOf(star, path, asker, seen))]
  }

  function letGo(path: FilePath): void {
    const module = loaded.get(path)
    if (!module) return
    const answers = kept.get(path) ?? new Map<string, Answer | null>()
    const frames = states.get(module)?.frames ?? module.frames.update(module.document.source.body).frames
    for (const [key, answer] of frames.answers()) answers.set(key, answer)
    frames.letGo()
    kept.set(path, answers)
    loaded.delete(path)
  }

  /** The modules that are not open. */
  function closed(): readonly (readonly [FilePath, Module])[] {
    return [...loaded].flatMap(([path, module]) => (module && input.opened(path) === null ? [[path, module] as const] : []))
  }

  function weigh(): number {
    return closed().reduce((sum, [, { document }]) => sum + document.source.text.length, 0)
  }

  /** The package's name is the submodule of that name. */
  function isItself(answer: Answer, inner: ModulePlace, path: FilePath): boolean {
    return answer.kind === 'alias' && modules.named(answer.dotted, path)?.path === inner.path
  }

  function sync(): void {
    for (const module of touched) {
      if (states.has(module)) states.set(module, module.frames.update(module.document.source.body))
    }
    touched.clear()
    settle()
  }

  /** What changed may change what others said, and so on: until nobody has anything to say anew. */
  function settle(): void {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const doubtful = [...loaded.values()].flatMap(module => module?.frames.takeDoubtful() ?? [])
      if (doubtful.length === 0) return
      for (const door of doubtful) door.renew(round === MOST_ROUNDS - 1)
    }
  }

  return {
    sync,
    loaded: path => loaded.get(path) ?? null,
    moduleOf(path, document) {
      const known = loaded.get(path)
      return known?.document === document ? known : create(path, document)
    },
    touched(path) {
      const module = loaded.get(path)
      kept.delete(path)
      if (!module) loaded.delete(path)
      else {
        if (input.opened(path) === null) module.document.replace(input.read(path) ?? '')
        touched.add(module)
      }
    },
    letGo,
    letGoDownTo(most) {
      let weight = weigh()
      for (const [path, { document }] of closed()) {
        if (weight <= most) return
        weight -= document.source.text.length
        letGo(path)
      }
    },
    get weight() { return weigh() },
  }
}

function mayTell(names: Answer | null | undefined, name: string): boolean {
  return names?.kind !== 'names' || names.stars.length > 0 || names.names.includes(name)
}

/** Modules that depend on one another in a circle may go on for ever. */
const MOST_ROUNDS = 50

function fullName(path: FilePath, name: string, modules: ModuleResolver): string {
  const own = modules.nameOf(path)
  if (!name.startsWith('.')) return dotted(own, name)
  const level = /^\.+/.exec(name)![0].length
  const parts = own.split('.')
  const around = parts.slice(0, parts.length - level + (nameOf(path) === '__init__.py' ? 1 : 0))
  return [...around, name.slice(level)].join('.')
}
