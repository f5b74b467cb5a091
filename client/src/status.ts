import { Disposable, languages, LanguageStatusSeverity, window, workspace, type DocumentSelector, type LanguageStatusItem } from 'vscode'
import { State } from 'vscode-languageclient/node'

/** As the server sends it: see `server/src/lsp/status.ts`. */
export interface StatusParams {
  readonly uri: string
  readonly state: 'analysing' | 'ready' | 'silent' | 'failed'
  readonly findings: number
  readonly reasons: readonly string[]
}

interface View {
  readonly text: string
  readonly detail: string
  readonly severity: LanguageStatusSeverity
  readonly busy: boolean
}

/** The entry in the editor's language status: what the server does for the active file, and why it is silent. */
export class StatusItem implements Disposable {
  readonly #item: LanguageStatusItem
  readonly #byUri = new Map<string, StatusParams>()
  readonly #listeners: Disposable
  #server: State = State.Starting

  constructor(documents: DocumentSelector) {
    this.#item = languages.createLanguageStatusItem('refleak.status', documents)
    this.#item.name = 'Reference Leak Hints'
    this.#item.command = { title: 'Show Log', command: 'refleak.showLog' }
    this.#listeners = Disposable.from(
      window.onDidChangeActiveTextEditor(() => this.#show()),
      workspace.onDidCloseTextDocument(({ uri }) => this.#byUri.delete(uri.toString())),
      workspace.onDidCloseNotebookDocument(({ uri }) => this.#byUri.delete(uri.toString())),
    )
    this.#show()
  }

  update(params: StatusParams): void {
    this.#byUri.set(params.uri, params)
    this.#show()
  }

  serverChanged(state: State): void {
    this.#server = state
    if (state !== State.Running) this.#byUri.clear()
    this.#show()
  }

  dispose(): void {
    this.#listeners.dispose()
    this.#item.dispose()
  }

  #show(): void {
    const uri = activeUri()
    Object.assign(this.#item, viewOf(this.#server, uri === undefined ? undefined : this.#byUri.get(uri)))
  }
}

/** Of the file in the active editor; of the notebook where that is a cell. */
function activeUri(): string | undefined {
  const document = window.activeTextEditor?.document
  const notebook = window.visibleNotebookEditors.find((editor) => editor.notebook.getCells().some((cell) => cell.document === document))?.notebook
  return (notebook ?? document)?.uri.toString()
}

function viewOf(server: State, status: StatusParams | undefined): View {
  const calm = { severity: LanguageStatusSeverity.Information, busy: false }
  if (server === State.Stopped) {
    return { ...calm, severity: LanguageStatusSeverity.Error, text: 'Reference leaks: server stopped', detail: 'run "Restart Server"; the log says why' }
  }
  if (server !== State.Running) return { ...calm, busy: true, text: 'Reference leaks', detail: 'starting the server' }
  const detail = status?.reasons.join('; ') ?? ''
  switch (status?.state) {
    case 'ready': return { ...calm, text: hints(status.findings), detail: detail === '' ? '' : `not analysed: ${detail}` }
    case 'silent': return { ...calm, severity: LanguageStatusSeverity.Warning, text: 'Reference leaks: silent here', detail }
    case 'failed': return { ...calm, severity: LanguageStatusSeverity.Error, text: 'Reference leaks: analysis failed', detail }
    default: return { ...calm, busy: true, text: 'Reference leaks', detail: 'analysing' }
  }
}

function hints(count: number): string {
  if (count === 0) return 'Reference leaks: none found'
  return count === 1 ? 'Reference leaks: 1 hint' : `Reference leaks: ${count} hints`
}
