/** Globals that the files around a program name, as `module:name`: entry points that an installer makes commands of, applications that servers run. */
import { nameOf, type FilePath } from './files.ts'
import type { ModuleRecord, RecordedUse } from './use.ts'

/** Files that stand in the folder of a project. */
export const CONFIGURATIONS: readonly string[] = ['pyproject.toml', 'setup.cfg']

export function isConfiguration(path: FilePath): boolean {
  return CONFIGURATIONS.includes(nameOf(path))
}

/** What is named is taken by code that nobody here sees. Texts that look alike and are something else name nothing of the project. */
export function entryPointsIn(text: string): readonly RecordedUse[] {
  return [...text.matchAll(/(?<=[="'\s])([A-Za-z_]\w*(?:\.\w+)*)[ \t]*:[ \t]*([A-Za-z_]\w*)/g)].map(({ 0: { length }, 1: module, 2: name, index }) =>
    ({ module: module!, name: name!, function: null, kind: 'escapes', start: index, end: index + length }))
}

export function recordOfConfiguration(path: FilePath, text: string): ModuleRecord {
  return { path, bound: new Set(), exported: null, aliases: [], stars: [], uses: entryPointsIn(text), attributes: [] }
}
