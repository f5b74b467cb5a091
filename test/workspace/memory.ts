/** A workspace whose files are nowhere but in memory. */
import { createWorkspace, type FileReader, type Workspace } from '../../server/src/service/workspace.ts'
import type { AnalysedDocument } from '../../server/src/service/document.ts'
import type { Report } from '../../server/src/service/report.ts'
import type { Settings } from '../../server/src/service/settings.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { ROOT, treeOf } from './projects.ts'

const { engine } = await openEngine({ prefer: 'wasm' })

export class Disk implements FileReader {
  files: Map<string, string>
  /** Paths in the order in which they were read. */
  readonly reads: string[] = []
  published = false

  constructor(files: ReadonlyMap<string, string>) {
    this.files = new Map(files)
  }

  isFile(path: string): boolean { return treeOf(this.files).isFile(path) }
  isFolder(path: string): boolean { return treeOf(this.files).isFolder(path) }
  list(root: string): readonly string[] { return [...this.files.keys()].filter(path => path.startsWith(`${root}/`)).sort() }
  isPublished(): boolean { return this.published }
  forget(): void {}

  read(path: string): string | null {
    this.reads.push(path)
    return this.files.get(path) ?? null
  }
}

export class MemoryWorkspace {
  readonly disk: Disk
  readonly workspace: Workspace
  readonly settings: Settings

  constructor(files: ReadonlyMap<string, string>, settings: Settings, isBatch = false) {
    this.disk = new Disk(files)
    this.workspace = createWorkspace(engine, this.disk, [ROOT], { isBatch })
    this.settings = settings
  }

  open(path: string, text: string | null = null): AnalysedDocument {
    return this.workspace.open(text ?? this.disk.files.get(path) ?? '', 0, this.settings, path)
  }

  /** What a workspace that never saw another state of the files says of this one. */
  static fresh(files: ReadonlyMap<string, string>, path: string, settings: Settings): Report {
    const document = new MemoryWorkspace(files, settings).open(path)
    const report = document.report()
    document.dispose()
    return report
  }
}
