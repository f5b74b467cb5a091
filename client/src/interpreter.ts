import { extensions, Uri, type Disposable, type Event } from 'vscode'

/** The part of the Python extension's API that is used here. */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: Uri): { readonly path: string }
    resolveEnvironment(environment: { readonly path: string }): Promise<{ readonly version?: { readonly major: number; readonly minor: number } } | undefined>
    readonly onDidChangeActiveEnvironmentPath: Event<unknown>
  }
}

/**
 * Which Python the user selected in the Python extension, where that is installed. Never waits for it: until an answer is
 * there the version is unknown, and `changed` is called when it is known.
 */
export class InterpreterVersions implements Disposable {
  readonly #changed: () => void
  /** By path of the interpreter. */
  readonly #versions = new Map<string, string | undefined>()
  #api: PythonApi | undefined
  #listener: Disposable | undefined

  constructor(changed: () => void) {
    this.#changed = changed
    this.#connect().catch(() => {
      // The Python extension could not start, and says so itself: the version stays unknown.
    })
  }

  /** `3.11`, or undefined where it is not known (yet). */
  versionFor(scope: string | undefined): string | undefined {
    const path = this.#api?.environments.getActiveEnvironmentPath(scope === undefined ? undefined : Uri.parse(scope)).path
    if (this.#api === undefined || path === undefined) return undefined
    if (!this.#versions.has(path)) {
      this.#versions.set(path, undefined)
      void this.#resolve(this.#api, path)
    }
    return this.#versions.get(path)
  }

  dispose(): void {
    this.#listener?.dispose()
  }

  async #connect(): Promise<void> {
    const api = await extensions.getExtension<PythonApi>('ms-python.python')?.activate()
    if (api?.environments === undefined) return
    this.#api = api
    this.#listener = api.environments.onDidChangeActiveEnvironmentPath(() => this.#changed())
    this.#changed()
  }

  async #resolve({ environments }: PythonApi, path: string): Promise<void> {
    const version = (await environments.resolveEnvironment({ path }))?.version
    if (version === undefined) return
    this.#versions.set(path, `${version.major}.${version.minor}`)
    this.#changed()
  }
}
