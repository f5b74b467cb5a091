/** One editor that does what steps say, and holds the server to the protocol: every request is answered, and for the text as it is. */
import { LSPErrorCodes, ResponseError, type CodeAction, type Position, type TextDocumentEdit, type TextEdit } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { asPlainText } from '../../server/src/lsp/diagnostics.ts'
import { PUSH_DELAY } from '../../server/src/lsp/feed.ts'
import { openDocument } from '../../server/src/service/analyser.ts'
import { DEFAULT_SETTINGS } from '../../server/src/service/config.ts'
import type { Settings } from '../../server/src/service/settings.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { alone } from '../lsp/alone.ts'
import { Harness } from '../lsp/harness.ts'
import { changeOf } from './edits.ts'
import type { Edit, Step } from './steps.ts'

/** As much as can be said, so that all of the analysis runs. */
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, assumeLarge: true, confidence: 'possible' }

/** Milliseconds for an answer; the machine may be busy. */
const PATIENCE = 60_000
/** Texts do not grow without end. */
const LONGEST = 200_000

export class Session {
  readonly #engine: Engine
  readonly #corpus: readonly string[]
  readonly #harness: Harness
  #text = ''
  #version = 0
  #uri = 0

  constructor(engine: Engine, corpus: readonly string[]) {
    this.#engine = engine
    this.#corpus = corpus
    this.#harness = new Harness({
      loadAnalysis: async () => alone((text, version, settings) => openDocument(engine, text, version, settings)),
      settings: () => ({ assumeLarge: true, confidence: 'possible' }),
    })
  }

  async start(): Promise<void> {
    await this.#harness.initialize()
  }

  async stop(): Promise<void> {
    await this.#harness.stop()
  }

  /** Throws where the server breaks its word. */
  async run(steps: readonly Step[]): Promise<void> {
    await this.#open(this.#corpus[0]!)
    for (const step of steps) await this.#take(step)
    await this.#checkPublished()
    await this.#harness.close(this.#document)
    this.#harness.published.length = 0
  }

  get #document(): string {
    return `file:///project/fuzz${this.#uri}.py`
  }

  async #open(text: string): Promise<void> {
    this.#uri += 1
    this.#version = 1
    this.#text = text
    await this.#harness.open(text, this.#document)
    await this.#harness.pass(0)
  }

  async #take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'edit': return this.#edit(step.edits)
      case 'hover': return void await this.#answered(this.#harness.hover(this.#position(step.at), this.#document))
      case 'actions': return void await this.#answered(this.#harness.actionsAt(this.#position(step.at), {}, this.#document))
      case 'apply': return this.#apply(step.which)
      case 'pull': return this.#checkPublished()
      case 'reopen':
        await this.#harness.close(this.#document)
        return this.#open(this.#corpus[step.other % this.#corpus.length]!)
    }
  }

  async #edit(edits: readonly Edit[]): Promise<void> {
    const changes = []
    for (const edit of edits) {
      const next = changeOf(edit, this.#text, this.#corpus)
      if (next.text.length > LONGEST) continue
      changes.push(next.change)
      this.#text = next.text
    }
    this.#version += 1
    await this.#harness.change(this.#version, changes, this.#document)
  }

  /** The first action at one of the findings, applied as an editor does: only to the version it is for. */
  async #apply(which: number): Promise<void> {
    await this.#checkPublished()
    const diagnostics = this.#harness.lastPublished(this.#document) ?? []
    const diagnostic = diagnostics[which % Math.max(1, diagnostics.length)]
    if (!diagnostic) return
    const actions = await this.#answered(this.#harness.actionsAt(diagnostic.range.start, {}, this.#document)) ?? []
    if (actions.length === 0) return
    const action = await this.#answered(this.#harness.client.sendRequest<CodeAction>('codeAction/resolve', actions[which % actions.length]))
    for (const change of (action?.edit?.documentChanges ?? []) as TextDocumentEdit[]) {
      if (change.textDocument.version !== this.#version) throw new Error(`an edit for version ${change.textDocument.version} of ${this.#version}`)
      const edits = change.edits as TextEdit[]
      this.#text = TextDocument.applyEdits(TextDocument.create('', '', 0, this.#text), edits)
      this.#version += 1
      await this.#harness.change(this.#version, [{ text: this.#text }], this.#document)
    }
  }

  /** What was published is what a fresh look at the text gives, and says so of this version. */
  async #checkPublished(): Promise<void> {
    await this.#harness.pass(PUSH_DELAY)
    const last = this.#harness.published.findLast(p => p.uri === this.#document)
    if (last?.version !== this.#version) throw new Error(`published for version ${last?.version}, the text is ${this.#version}`)
    const document = openDocument(this.#engine, this.#text, 0, SETTINGS)
    const fresh = document.report().findings.map(f => asPlainText(f.message)).sort()
    document.dispose()
    const shown = last.diagnostics.map(d => d.message).sort()
    if (JSON.stringify(shown) !== JSON.stringify(fresh)) throw new Error(`the edits led to other findings than a fresh look:\n${JSON.stringify(shown, null, 1)}\n${JSON.stringify(fresh, null, 1)}\n${this.#text}`)
    const failed = this.#harness.logged.filter(message => /\bfailed\b/.test(message))
    if (failed.length > 0) throw new Error(failed.join('\n'))
  }

  #position(at: number): Position {
    return TextDocument.create('', '', 0, this.#text).positionAt(Math.floor(at * this.#text.length))
  }

  /** Null where the server says that the text has changed meanwhile, which is an answer too. */
  async #answered<T>(request: Promise<T>): Promise<T | null> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error('no answer')), PATIENCE) })
    try {
      return await Promise.race([request, late])
    } catch (error) {
      if (error instanceof ResponseError && OUTDATED.has(error.code)) return null
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
}

const OUTDATED: ReadonlySet<number> = new Set([LSPErrorCodes.ContentModified, LSPErrorCodes.RequestCancelled, LSPErrorCodes.ServerCancelled])
