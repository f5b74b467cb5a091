/** Fixes that edit several files. They come after those of each file by itself, on one thread, in rounds: after each the files are looked at anew. */
import { applyEdits } from '../fixes/apply.ts'
import type { OpenAnalysis } from '../service/document.ts'
import { reachingFix } from '../service/fix-all.ts'
import type { ReportedFix } from '../service/report.ts'
import type { Settings } from '../service/settings.ts'
import type { FilePath } from '../workspace/files.ts'
import { checkFile } from './check-file.ts'
import { slashed } from './disk.ts'
import { Drafts, OnDisk, type Files } from './drafts.ts'
import type { FileResult } from './findings.ts'
import type { Installation } from './installation.ts'
import type { Change } from './overwrite.ts'
import type { Batch, PooledTask } from './pool.ts'
import { decodeBytes } from './read-file.ts'
import { unifiedDiff } from './subject.ts'

/** Files with this many layers of such fixes do not exist; fixes that undo each other do. */
const MOST_ROUNDS = 20

/** `results`: of the tasks, in their order. A fix is applied where all the files it edits are among them. */
export async function fixAcross(batch: Batch, results: readonly FileResult[], installation: Installation): Promise<readonly FileResult[]> {
  if (!results.some(({ reachesOut }) => reachesOut)) return results
  const action = batch.tasks.find(({ fix }) => fix !== null)!.fix!.action
  const files = action === 'write' ? new OnDisk() : new Drafts(batch.tasks.flatMap(({ path }, i) => (results[i]?.draft ? [[slashed(path), results[i].draft] as const] : [])))
  const fixing = new Fixing(batch, results, files)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const open = await installation.openAnalysis(batch.roots, { textOf: (path) => files.textOf(path) })
    if (!fixing.round(open)) return fixing.results(open, action)
  }
  return fixing.results(await installation.openAnalysis(batch.roots, { textOf: (path) => files.textOf(path) }), action)
}

/** What happened to a file. */
interface Outcome {
  isChanged: boolean
  readonly fixed: FileResult['fixed'][number][]
  /** Why fixes of its findings were not applied. */
  readonly failures: Set<string>
}

class Fixing {
  readonly #batch: Batch
  readonly #given: readonly FileResult[]
  readonly #files: Files
  readonly #outcomes: ReadonlyMap<FilePath, Outcome>
  readonly #tasks: ReadonlyMap<FilePath, PooledTask>

  constructor(batch: Batch, given: readonly FileResult[], files: Files) {
    this.#batch = batch
    this.#given = given
    this.#files = files
    this.#tasks = new Map(batch.tasks.map((task) => [slashed(task.path), task]))
    this.#outcomes = new Map([...this.#tasks.keys()].map((path) => [path, { isChanged: false, fixed: [], failures: new Set() }]))
  }

  /** Applies as many fixes as go together; false: none is left. */
  round(open: OpenAnalysis): boolean {
    const touched = new Set<FilePath>()
    for (const [index, { reachesOut }] of this.#given.entries()) {
      const task = this.#batch.tasks[index]!
      if (reachesOut && task.fix !== null) this.#fixFile(slashed(task.path), task, open, touched)
    }
    return touched.size > 0
  }

  #fixFile(path: FilePath, task: PooledTask, open: OpenAnalysis, touched: Set<FilePath>): void {
    const text = this.#files.read(path).text
    if (text === null || touched.has(path)) return
    const document = open(text, 0, this.#settingsOf(task), path)
    const { findings } = document.report()
    document.dispose()
    for (const finding of findings) {
      const fix = reachingFix(finding, task.fix!.choice)
      const paths = fix === undefined ? [] : [path, ...fix.others!.map((other) => other.path)]
      if (fix === undefined || paths.some((other) => touched.has(other) || (this.#tasks.get(other)?.fix ?? null) === null)) continue
      const outcome = this.#outcomes.get(path)!
      const failure = `${finding.name}: ${this.#apply(fix, path, text, open) ?? ''}`
      if (failure !== `${finding.name}: `) {
        outcome.failures.add(failure)
        continue
      }
      outcome.fixed.push(finding.rule)
      for (const other of paths) {
        touched.add(other)
        this.#outcomes.get(other)!.isChanged = true
      }
      return
    }
  }

  /** Null, or why it was not applied. */
  #apply(fix: ReportedFix, own: FilePath, ownText: string, open: OpenAnalysis): string | null {
    const changes: Change[] = []
    for (const { path, text } of [{ path: own, text: ownText }, ...fix.others!]) {
      const file = this.#files.read(path)
      if (file.text !== text) return `${path} changed while it was checked`
      const edits = fix.edits.filter((edit) => (edit.path ?? own) === path).sort((a, b) => a.start - b.start || a.end - b.end)
      const after = applyEdits(text, edits)
      if (this.#isBroken(text, after, path, open)) return `it breaks ${path}`
      const bytes = file.encode(after)
      if (bytes === null) return `${path} cannot be written in its encoding`
      changes.push({ path, before: file.bytes, after: bytes })
    }
    return this.#files.replace(changes)
  }

  /** Looked at alone, it has more to be remarked on than before. */
  #isBroken(before: string, after: string, path: FilePath, open: OpenAnalysis): boolean {
    const settings = this.#settingsOf(this.#tasks.get(path)!)
    const [old, now] = [before, after].map((text) => {
      const document = open(text, 0, settings)
      const { remarks } = document.report()
      document.dispose()
      return remarks.length
    }) as [number, number]
    return now > old
  }

  #settingsOf({ settings }: PooledTask): Settings {
    return this.#batch.settings[settings]!
  }

  /** As in `Batch.tasks`. */
  results(open: OpenAnalysis, action: 'write' | 'diff'): readonly FileResult[] {
    return this.#given.map((result, index) => {
      const task = this.#batch.tasks[index]!
      const path = slashed(task.path)
      const { isChanged, fixed, failures } = this.#outcomes.get(path)!
      const errors = [...failures].map((message) => ({ path: task.shown, line: null, message: `fixes not applied: ${message}` }))
      const now = !isChanged ? result : action === 'diff' ? { ...result, diff: this.#diff(task) }
        : checkFile({ ...task, module: path, settings: this.#settingsOf(task), fix: null }, open)
      return { ...now, errors: [...now.errors, ...errors], fixed: [...result.fixed, ...fixed] }
    })
  }

  #diff({ path, shown }: PooledTask): string {
    const before = decodeBytes(new OnDisk().read(path).bytes, path)
    return 'text' in before ? unifiedDiff(shown, before.text, this.#files.read(slashed(path)).text ?? '') : ''
  }
}
