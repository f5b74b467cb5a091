/**
 * Looks at all files of the workspace when it is asked to. What it finds in files that are not open is published for them; open ones have
 * diagnostics of their own. Later it follows the files: one that is closed, or changes on disk, is looked at again.
 */
import { CancellationToken, CancellationTokenSource, type Connection, type Diagnostic } from 'vscode-languageserver'
import type { OpenAnalysis } from '../service/document.ts'
import type { Workspace } from '../service/workspace.ts'
import type { FilePath } from '../workspace/files.ts'
import { diagnosticsOfFile } from './closed-file.ts'
import type { PageOf } from './diagnostics.ts'
import type { DocumentStore } from './documents.ts'
import type { ClientFeatures } from './features.ts'
import { guarded } from './log.ts'
import { filePathOf, uriOf } from './paths.ts'
import { showProgress, type Progress } from './progress.ts'
import type { Scheduler } from './scheduler.ts'
import type { DocumentSettings, SettingsProvider } from './settings.ts'

export interface ScanInput {
  readonly connection: Connection
  readonly features: ClientFeatures
  readonly workspace: Workspace
  readonly documents: DocumentStore
  readonly settings: SettingsProvider
  readonly pageOf: PageOf
  readonly scheduler: Scheduler
}

/** What a scan answers to whoever asked for it; open files are counted with the others. */
export interface ScanResult {
  readonly files: number
  readonly findings: number
  /** It was neither cancelled nor overtaken by another scan. */
  readonly isComplete: boolean
}

/** Milliseconds to wait for further changes on disk. */
export const FOLLOW_DELAY = 300

/** Milliseconds of indexing between two looks at what else there is to do. */
const STEP = 8

/** The part of the progress that stands for indexing. */
const INDEXING = 0.2

/** Files whose settings are asked for at once. */
const CHUNK = 50

export class WorkspaceScan {
  readonly #input: ScanInput
  /** The files for which something is published. */
  readonly #told = new Set<FilePath>()
  readonly #changed = new Set<FilePath>()
  #running: CancellationTokenSource | null = null
  #cancelFollowing: (() => void) | null = null
  /** A scan was asked for: its findings are kept up to date. */
  #isOn = false

  constructor(input: ScanInput) {
    this.#input = input
  }

  /** Ends a scan that runs already. */
  async scan(token: CancellationToken): Promise<ScanResult> {
    const { workspace, connection, features } = this.#input
    this.stop()
    const source = this.#begin()
    const cancel = (): void => source.cancel()
    token.onCancellationRequested(cancel)
    const progress = showProgress(connection, features.progress, 'Reference leaks: scanning the workspace', cancel)
    this.#isOn = true
    try {
      workspace.listAgain()
      await this.#index(source.token, progress)
      const files = workspace.files()
      this.#takeBack(this.#told, files)
      return await this.#lookAt(files, source.token, progress)
    } finally {
      progress.end()
    }
  }

  /** The settings or the folders changed: what was found may not be what would be found now. */
  again(): void {
    if (this.#isOn) void this.scan(CancellationToken.None)
  }

  /** Takes everything back that was published for files that are not open. */
  clear(): void {
    this.stop()
    this.#isOn = false
    this.#takeBack(this.#told, [])
  }

  opened(uri: string): void {
    const path = filePathOf(uri)
    if (path !== null && this.#told.has(path)) this.#tell(path, [])
  }

  closed(uri: string): void {
    const path = filePathOf(uri)
    if (path !== null) this.filesChanged([path])
  }

  filesChanged(paths: readonly FilePath[]): void {
    if (!this.#isOn) return
    for (const path of paths) this.#changed.add(path)
    this.#cancelFollowing?.()
    this.#cancelFollowing = this.#input.scheduler.after(FOLLOW_DELAY, () => void this.#follow())
  }

  stop(): void {
    this.#running?.cancel()
    this.#running = null
    this.#cancelFollowing?.()
    this.#cancelFollowing = null
    this.#changed.clear()
  }

  #begin(): CancellationTokenSource {
    this.#running ??= new CancellationTokenSource()
    return this.#running
  }

  async #follow(): Promise<void> {
    const changed = [...this.#changed]
    this.#changed.clear()
    const files = new Set(this.#input.workspace.files())
    this.#takeBack(changed, [...files])
    await this.#lookAt(changed.filter((path) => files.has(path)), this.#begin().token, null)
  }

  async #index(token: CancellationToken, progress: Progress): Promise<void> {
    let until = performance.now() + STEP
    for (const { done, all } of this.#input.workspace.indexing()) {
      if (performance.now() < until) continue
      progress.report(INDEXING * done / all, `${done} of ${all} files read`)
      await nextTurn()
      if (token.isCancellationRequested) return
      until = performance.now() + STEP
    }
  }

  async #lookAt(paths: readonly FilePath[], token: CancellationToken, progress: Progress | null): Promise<ScanResult> {
    const open = this.#input.workspace.scanner()
    let [files, findings] = [0, 0]
    for (let start = 0; start < paths.length; start += CHUNK) {
      const chunk = paths.slice(start, start + CHUNK)
      const settings = await this.#input.settings.load(chunk.map(uriOf))
      for (const [index, path] of chunk.entries()) {
        await nextTurn()
        if (token.isCancellationRequested) return { files, findings, isComplete: false }
        findings += this.#look(path, settings[index]!, open)
        files += 1
        progress?.report(INDEXING + (1 - INDEXING) * files / paths.length, `${files} of ${paths.length} files`)
      }
    }
    return { files, findings, isComplete: true }
  }

  /** How much was found. */
  #look(path: FilePath, { settings, off }: DocumentSettings, open: OpenAnalysis): number {
    const { connection, documents, features, pageOf } = this.#input
    const opened = documents.all().find(({ uri }) => filePathOf(uri) === path)
    if (opened !== undefined) return off === null ? opened.report()?.findings.length ?? 0 : 0
    const found = off !== null ? [] : guarded(connection.console, `scanning ${path}`, [], () => diagnosticsOfFile(path, settings, open, features, pageOf))
    if ('problem' in found) connection.console.info(`${path}: ${found.problem}`)
    const diagnostics = 'problem' in found ? [] : found
    if (diagnostics.length > 0 || this.#told.has(path)) this.#tell(path, diagnostics)
    return diagnostics.length
  }

  /** What was told of those files that are not among the others. */
  #takeBack(paths: Iterable<FilePath>, kept: readonly FilePath[]): void {
    const known = new Set(kept)
    for (const path of paths) if (this.#told.has(path) && !known.has(path)) this.#tell(path, [])
  }

  #tell(path: FilePath, diagnostics: readonly Diagnostic[]): void {
    if (diagnostics.length === 0) this.#told.delete(path)
    else this.#told.add(path)
    void this.#input.connection.sendDiagnostics({ uri: uriOf(path), diagnostics: [...diagnostics] })
  }
}

/** Messages of the client get through between two files. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}
