/** The index of a project in two steps, so that the first can be shared out among threads: what each file says, and the answers from all of that. */
import { resolveScopes } from '../semantic/scopes.ts'
import { openSource } from '../syntax/document.ts'
import type { Engine } from '../syntax/engine.ts'
import { CONFIGURATIONS, isConfiguration, recordOfConfiguration } from '../workspace/entry-points.ts'
import { isWithin, joined, type FilePath } from '../workspace/files.ts'
import { createWorkspaceIndex, type WorkspaceIndex } from '../workspace/index.ts'
import { createModuleResolver } from '../workspace/modules.ts'
import { recordOf } from '../workspace/record.ts'
import { projectRoot } from '../workspace/roots.ts'
import type { ModuleRecord } from '../workspace/use.ts'
import type { FileReader } from './workspace.ts'

/** Plain data. */
export interface FileRecords {
  readonly records: readonly ModuleRecord[]
  /** Files that are there and could not be read. */
  readonly unread: readonly FilePath[]
}

export function recordFiles(paths: readonly FilePath[], engine: Engine, reader: Pick<FileReader, 'read'>): FileRecords {
  const records: ModuleRecord[] = []
  const unread: FilePath[] = []
  for (const path of paths) {
    const text = reader.read(path)
    if (text === null) unread.push(path)
    else records.push(recordOfText(path, text, engine))
  }
  return { records, unread }
}

/** All that is recorded of projects: their Python, and the files that say what is to be run of it. */
export function recordedFiles(roots: readonly FilePath[], reader: FileReader): readonly FilePath[] {
  const configurations = roots.flatMap(root => CONFIGURATIONS.map(name => joined(root, name))).filter(path => reader.isFile(path))
  return [...new Set([...roots.flatMap(root => reader.list(root)), ...configurations])]
}

export function recordOfText(path: FilePath, text: string, engine: Engine): ModuleRecord {
  if (isConfiguration(path)) return recordOfConfiguration(path, text)
  const document = openSource(engine, text)
  const { source } = document
  const record = recordOf(path, source, resolveScopes(source.body))
  document.dispose()
  return record
}

export function indexOfRecords({ records, unread }: FileRecords, roots: readonly FilePath[], reader: FileReader): WorkspaceIndex {
  const modules = createModuleResolver(roots, reader)
  const index = createWorkspaceIndex({ modules: () => modules, isPublished: path => isPublished(path, roots, reader) })
  for (const record of records) index.put(record)
  for (const path of unread) index.remove(path, true)
  return index
}

/** The project that the file belongs to can be installed. */
export function isPublished(path: FilePath, roots: readonly FilePath[], reader: FileReader): boolean {
  return roots.some(root => isWithin(path, root) && reader.isPublished(projectRoot(path, reader, root)))
}
