/** The files of a workspace as the analysis sees them: documents are opened in it, and know what the other modules say. Reads only through what it is given. */
import { openSource, type SourceDocument } from '../syntax/document.ts'
import type { Engine } from '../syntax/engine.ts'
import type { Source } from '../syntax/source.ts'
import { resolveScopes } from '../semantic/scopes.ts'
import { isConfiguration } from '../workspace/entry-points.ts'
import type { FilePath, FileTree } from '../workspace/files.ts'
import { createWorkspaceIndex, type WorkspaceIndex, type WorkspaceView } from '../workspace/index.ts'
import { createModuleResolver } from '../workspace/modules.ts'
import { classNamed } from '../workspace/other-class.ts'
import { createOtherModule, type OtherModule } from '../workspace/other-module.ts'
import type { AttributeMentions, GlobalUses } from '../workspace/use.ts'
import { recordOf } from '../workspace/record.ts'
import { analysedDocument, openDocument, tableFor } from './analyser.ts'
import type { AnalysedDocument, CellsOf, OpenAnalysis } from './document.ts'
import { isGenerated } from './generated.ts'
import { isPublished, recordedFiles, recordOfText } from './file-records.ts'
import { openWithinLimit } from './oversized.ts'
import { createProject, type Project } from './project.ts'
import type { Settings } from './settings.ts'

/** Everything the workspace knows of the disk. */
export interface FileReader extends FileTree {
  /** The text, of a notebook the program of its cells; null: there is no such file, or none that can be read as Python. */
  read(path: FilePath): string | null
  /** The Python files and notebooks of a project's folder, those it does not want looked at left out. */
  list(root: FilePath): readonly FilePath[]
  /** The project can be installed, and others import its public names. */
  isPublished(root: FilePath): boolean
  /** What was read of files and folders may have changed. */
  forget(): void
}

export interface Workspace {
  /** `path` null: the text is no file of the workspace, and is looked at alone. */
  readonly open: OpenAnalysis
  /** Files that changed on disk; `isMoved`: some were created or deleted, or what says how a project is laid out changed. */
  filesChanged(paths: readonly FilePath[], isMoved: boolean): void
  /** The folders of the projects. */
  setRoots(roots: readonly FilePath[]): void
  /** Every use of a global in the files as they are now; the index is built first, where it is not. */
  usesOf(path: FilePath, name: string): GlobalUses
  /** Where else attributes of a name are mentioned, from the file on. */
  attributeElsewhere(path: FilePath, name: string): AttributeMentions
  /**
   * Builds the index of who uses which global, one file a step; yields how far it is. Rules that run before it is built see the file alone,
   * unless it is built at once.
   */
  indexing(): Generator<{ readonly done: number; readonly all: number }, void>
  /** All Python files and notebooks of the projects. */
  files(): readonly FilePath[]
  /** Looks at the folders again: files may have come and gone without anybody saying so. */
  listAgain(): void
  /** For a look at many files one after the other, as the command line looks at them; documents that are open count as they are. */
  scanner(): OpenAnalysis
}

/** Characters of text kept for modules that are not open; their trees and frames take some hundred times as much memory. */
const MOST_TEXT = 2_000_000

/** Files of which the trees are kept that rules looked into. */
const MOST_READ = 8

export interface WorkspaceOptions {
  /**
   * Files are looked at one after the other, and do not change meanwhile: what a closed document took is let go, and the index is built when
   * a rule asks, however long that takes. Else rules do without the index until `indexing` has been run.
   */
  readonly isBatch: boolean
  /** Who knows who uses which global; without it the workspace builds an index of its own. */
  readonly index?: Pick<Workspace, 'usesOf' | 'attributeElsewhere'>
}

export function createWorkspace(engine: Engine, reader: FileReader, firstRoots: readonly FilePath[], options: WorkspaceOptions = { isBatch: false }): Workspace {
  let roots = firstRoots
  let modules = createModuleResolver(roots, reader)
  let projects = new Map<string, Project>()
  const open = new Map<FilePath, SourceDocument>()
  let generation = 0
  /** Null until somebody needs it. */
  let index: WorkspaceIndex | null = null
  let isIndexed = false
  /** The files of the projects; null: they have to be listed. */
  let listed: ReadonlySet<FilePath> | null = null
  let revision = 0
  /** How often texts changed, and each of them. */
  let changes = 0
  const changesOf = new Map<FilePath, number>()
  /** Files that rules looked into last. */
  const readLast = new Map<FilePath, Source>()
  /** Files whose records are out of date. */
  const unrecorded = new Set<FilePath>()

  function projectFor({ models, targetVersion }: Settings): Project {
    const key = JSON.stringify([models, targetVersion])
    let project = projects.get(key)
    if (!project) {
      const opened = (path: FilePath): SourceDocument | null => open.get(path) ?? null
      projects.set(key, project = createProject({ engine, models: tableFor(models), target: targetVersion, read: path => reader.read(path), opened, modules }))
    }
    return project
  }

  /** Everything that was worked out across files is worked out anew when it is asked for. */
  function startAnew(): void {
    projects = new Map()
    modules = createModuleResolver(roots, reader)
    generation++
    revision++
  }

  function trim(): void {
    let weight = 0
    for (const project of projects.values()) weight += project.weight
    if (weight <= MOST_TEXT) return
    if (options.isBatch) for (const project of projects.values()) project.letGoDownTo(MOST_TEXT / 2)
    else startAnew()
  }

  /** Modules that others asked for keep their frames: only what is different in the document is new to them. */
  function documentFor(path: FilePath, text: string): SourceDocument {
    const known = [...projects.values()].flatMap(project => project.loaded(path) ?? [])
    const [only] = known
    if (only === undefined || open.has(path)) return openSource(engine, text)
    if (known.length > 1) startAnew()
    only.document.replace(text)
    return only.document
  }

  function openIn(path: FilePath, text: string, version: number, settings: Settings, cellsOf?: CellsOf): AnalysedDocument {
    trim()
    const document = documentFor(path, text)
    open.set(path, document)
    let isAsOnDisk = options.isBatch && reader.read(path) === text
    if (!isAsOnDisk) touched(path)
    let project = projectFor(settings)
    // Nobody imports a notebook: whoever uses its names is in it.
    const own = cellsOf === undefined ? viewFrom(path) : null
    return analysedDocument({
      path, document,
      framesFor(next) {
        project = projectFor(next)
        return project.moduleOf(path, document).frames
      },
      get view() { return isIndexed || options.isBatch ? own : null },
      get revision() { return revision },
      get generation() { return generation },
      touched() {
        isAsOnDisk = false
        touched(path)
      },
      sync: () => project.sync(),
      dispose() {
        if (open.get(path) === document) open.delete(path)
        if (isAsOnDisk) return
        if (options.isBatch) for (const each of projects.values()) each.letGo(path)
        else touched(path)
      },
    }, version, settings, cellsOf)
  }

  function touched(path: FilePath): void {
    unrecorded.add(path)
    changes++
    changesOf.set(path, (changesOf.get(path) ?? 0) + 1)
    for (const project of projects.values()) project.touched(path)
  }

  function viewFrom(path: FilePath): WorkspaceView {
    let isAsked = false
    const asked = <A>(answer: () => A): A => {
      isAsked = true
      return answer()
    }
    return {
      path,
      usesOf: name => asked(() => answers.usesOf(path, name)),
      attributeElsewhere: name => asked(() => answers.attributeElsewhere(path, name)),
      moduleAt: other => asked(() => moduleAt(other, path)),
      classNamed: (written, from) => asked(() => classNamed(written, from, { modules, sourceAt })),
      get state() { return `${revision}.${changes - (changesOf.get(path) ?? 0)}` },
      get isAsked() { return isAsked },
    }
  }

  function moduleAt(path: FilePath, asker: FilePath): OtherModule | null {
    const source = sourceAt(path)
    if (source === null || isGenerated(source.text)) return null
    return createOtherModule({ path, source, scopes: resolveScopes(source.body), usersOf: name => answers.usesOf(path, name), asker, modules })
  }

  function sourceAt(path: FilePath): Source | null {
    return /\.pyw?$/.test(path) ? open.get(path)?.source ?? readSource(path) : null
  }

  function readSource(path: FilePath): Source | null {
    const text = reader.read(path)
    if (text === null) return null
    const known = readLast.get(path)
    if (known?.text === text) return known
    const document = openSource(engine, text)
    const { source } = document
    document.dispose()
    if (readLast.size === MOST_READ) readLast.delete([...readLast.keys()][0]!)
    readLast.set(path, source)
    return source
  }

  const answers: NonNullable<WorkspaceOptions['index']> = options.index ?? {
    usesOf: (path, name) => current().usesOf(path, name),
    attributeElsewhere: (path, name) => current().attributeElsewhere(path, name),
  }

  /** The index with every file in it as it is now. */
  function current(): WorkspaceIndex {
    if (!isIndexed) for (const _ of indexing());
    for (const path of unrecorded) record(path)
    unrecorded.clear()
    return index!
  }

  function record(path: FilePath): void {
    const openSourceOf = open.get(path)?.source
    const text = openSourceOf ? '' : files().has(path) ? reader.read(path) : null
    index ??= createWorkspaceIndex({ modules: () => modules, isPublished: file => isPublished(file, roots, reader) })
    if (text === null) return index.remove(path, files().has(path) && reader.isFile(path))
    index.put(openSourceOf ? recordOf(path, openSourceOf, resolveScopes(openSourceOf.body)) : recordOfText(path, text, engine))
  }

  function files(): ReadonlySet<FilePath> {
    return listed ??= new Set(recordedFiles(roots, reader))
  }

  /** Files whose records are up to date cost nothing. */
  function* indexing(): Generator<{ readonly done: number; readonly all: number }, void> {
    const paths = new Set([...files(), ...open.keys()])
    for (const path of index?.paths() ?? []) if (!paths.has(path)) index!.remove(path)
    let done = 0
    for (const path of paths) {
      done++
      if (index?.recordOf(path) && !unrecorded.has(path)) continue
      record(path)
      unrecorded.delete(path)
      yield { done, all: paths.size }
    }
    if (isIndexed) return
    isIndexed = true
    revision++
  }

  function forgetFolders(): void {
    reader.forget()
    listed = null
  }

  function filesChanged(paths: readonly FilePath[], isMoved: boolean): void {
    for (const path of paths) touched(path)
    if (isMoved) {
      forgetFolders()
      startAnew()
    }
    revision++
  }

  function listAgain(): void {
    const before = files()
    forgetFolders()
    const now = files()
    const moved = [...now].filter(path => !before.has(path)).concat([...before].filter(path => !now.has(path)))
    if (moved.length === 0) return
    filesChanged(moved, false)
    startAnew()
  }

  return {
    open: (text, version, settings, path = null, cellsOf) => (path === null ? openDocument(engine, text, version, settings, cellsOf)
      : openWithinLimit((...state) => openIn(path, ...state, cellsOf), text, version, settings)),
    filesChanged,
    listAgain,
    setRoots(next) {
      roots = next
      forgetFolders()
      startAnew()
      isIndexed = false
      index = null
    },
    ...answers,
    indexing,
    files: () => [...files()].filter(path => !isConfiguration(path)),
    scanner: () => createWorkspace(engine, withOpenTexts(reader, path => open.get(path)?.source.text ?? null), roots, { isBatch: true, index: answers }).open,
  }
}

/** The files as they are in somebody's hands: `textOf` null where they are as on disk. */
export function withOpenTexts(reader: FileReader, textOf: (path: FilePath) => string | null): FileReader {
  return {
    isFile: path => reader.isFile(path),
    isFolder: path => reader.isFolder(path),
    list: root => reader.list(root),
    isPublished: root => reader.isPublished(root),
    forget: () => reader.forget(),
    read: path => textOf(path) ?? reader.read(path),
  }
}
