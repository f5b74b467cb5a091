/** Who uses which global of which module: the records of all files, put together when somebody asks. */
import type { FilePath } from './files.ts'
import type { ModuleResolver } from './modules.ts'
import { dotted } from './imports.ts'
import type { OtherClass } from './other-class.ts'
import type { OtherModule } from './other-module.ts'
import type { AttributeMentions, Doubt, GlobalUse, GlobalUses, ModuleRecord, RecordedUse } from './use.ts'

export interface WorkspaceIndex {
  /** Every use of the global `name` of the file, through whatever imports and re-exports lead to it. */
  usesOf(path: FilePath, name: string): GlobalUses
  /** Files but this one that mention attributes of the name; what may mention them besides, where an attribute of a class of this file is meant. */
  attributeElsewhere(path: FilePath, name: string): AttributeMentions
  recordOf(path: FilePath): ModuleRecord | undefined
  /** Puts in, or replaces, what a file says. */
  put(record: ModuleRecord): void
  /** The file is gone, or (`unread`) cannot be read. */
  remove(path: FilePath, unread?: boolean): void
  paths(): readonly FilePath[]
}

/** The workspace as the rules see it from one module. */
export interface WorkspaceView {
  readonly path: FilePath
  /** Every use of a global of this module in the workspace, this file included. Current: the file's own text and those of the others as they are now. */
  usesOf(name: string): GlobalUses
  /** Who else may mean an attribute of a class of this module. */
  attributeElsewhere(name: string): AttributeMentions
  /** A module as it is now, to be edited; null: it is none that people write as text, or it cannot be read. */
  moduleAt(path: FilePath): OtherModule | null
  /** The class that a name, as written at the top of a file, means; null: none that a file of the workspace defines once. */
  classNamed(written: string, from: FilePath): OtherClass | null
  /** Another value whenever an answer may be another one for what other files say. */
  readonly state: string
  /** Somebody has asked for one of these answers, and may stand on it. */
  readonly isAsked: boolean
}

export interface IndexOptions {
  /** As it is now: files come and go. */
  readonly modules: () => ModuleResolver
  /** The package that the file belongs to can be installed, and its public names imported by code nobody here sees. */
  isPublished(path: FilePath): boolean
}

/** A global of a file. */
interface Global {
  readonly path: FilePath
  readonly name: string
}

export function createWorkspaceIndex({ modules, isPublished }: IndexOptions): WorkspaceIndex {
  const records = new Map<FilePath, ModuleRecord>()
  const unreadable = new Set<FilePath>()
  /** By the last part of the name of a module: the files that mention it, with what they do with its names. Few to look at for each question. */
  const mentions = new Map<string, Map<FilePath, readonly RecordedUse[]>>()

  function put(record: ModuleRecord): void {
    remove(record.path)
    records.set(record.path, record)
    for (const [key, uses] of mentionedBy(record)) {
      const known = mentions.get(key)
      if (known) known.set(record.path, uses)
      else mentions.set(key, new Map([[record.path, uses]]))
    }
  }

  function remove(path: FilePath, unread = false): void {
    const record = records.get(path)
    records.delete(path)
    if (unread) unreadable.add(path)
    else unreadable.delete(path)
    if (record) for (const key of mentionedBy(record).keys()) mentions.get(key)?.delete(path)
  }

  function usesOf(path: FilePath, name: string): GlobalUses {
    const uses: GlobalUse[] = []
    const doubts: Doubt[] = [...exported(path, name, 'import'), ...unread()]
    const seen = new Set<string>()
    const queue: Global[] = [{ path, name }]
    for (let global = queue.pop(); global; global = queue.pop()) {
      const key = `${global.path}|${global.name}`
      if (seen.has(key)) continue
      seen.add(key)
      collect(global, uses, doubts, queue, global.path !== path || global.name !== name)
    }
    return { uses: uses.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start)), doubts }
  }

  function attributeElsewhere(path: FilePath, name: string): AttributeMentions {
    const files = [...records.values()].filter(record => record.path !== path && record.attributes.includes(name)).map(record => record.path)
    return { files, doubts: [...exported(path, name, 'read'), ...unread()] }
  }

  function exported(path: FilePath, name: string, how: 'import' | 'read'): readonly Doubt[] {
    return isPublished(path) && isPublicName(path, name) ? [{ kind: 'exported', text: `exported by the package; other projects may ${how} it`, path: null }] : []
  }

  function unread(): readonly Doubt[] {
    return [...unreadable].map(path => ({ kind: 'unread', text: `${path} could not be read; it may use it`, path }))
  }

  /** `isAlias`: the global is another name for the object; binding it anew leaves the object's own name alone. */
  function collect(global: Global, uses: GlobalUse[], doubts: Doubt[], queue: Global[], isAlias: boolean): void {
    const own = records.get(global.path)
    for (const use of own?.uses ?? []) if (use.module === '') take(use, global, global.path, uses, doubts, isAlias)
    const means = meaningIn(global.path)
    for (const [file, mentioning] of mentionsOf(global.path)) {
      const record = records.get(file)!
      for (const use of mentioning) {
        if ((use.name === null || use.name === global.name) && means(use.module, file)) take(use, global, file, uses, doubts, isAlias)
        else if (use.kind === 'escapes' && use.name !== null && means(dotted(use.module, use.name), file)) take({ ...use, name: null }, global, file, uses, doubts, isAlias)
      }
      for (const alias of record.aliases) if (alias.name === global.name && means(alias.module, file)) queue.push({ path: file, name: alias.bound })
      if (passesOn(record, global.name, own) && record.stars.some(star => means(star, file))) queue.push({ path: file, name: global.name })
    }
  }

  function take(use: RecordedUse, { name }: Global, path: FilePath, uses: GlobalUse[], doubts: Doubt[], isAlias: boolean): void {
    if (use.name === null) {
      if (!doubts.some(d => d.kind === 'dynamic' && d.path === path)) doubts.push({ kind: 'dynamic', text: `${path} looks names of the module up as it runs`, path })
    } else if (use.name === name && !(isAlias && (use.kind === 'binds' || use.kind === 'deletes'))) {
      if (uses.some(u => u.path === path && u.function === use.function && u.kind === use.kind)) return
      uses.push({ path, function: use.function, kind: use.kind, start: use.start, end: use.end })
    }
  }

  function mentionsOf(path: FilePath): ReadonlyMap<FilePath, readonly RecordedUse[]> {
    const found = new Map<FilePath, readonly RecordedUse[]>()
    for (const key of new Set([...modules().namesOf(path).map(lastPart), ''])) {
      for (const [file, uses] of mentions.get(key) ?? []) {
        const known = found.get(file)
        found.set(file, known ? [...known, ...uses].sort((a, b) => a.start - b.start) : uses)
      }
    }
    return found
  }

  /** Does the dotted name mean this file, where that other file says it? */
  function meaningIn(path: FilePath): (module: string, from: FilePath) => boolean {
    const names = new Set(modules().namesOf(path).map(lastPart))
    return (module, from) => (names.has(lastPart(module)) || /^\.+$/.test(module)) && modules().named(module, from)?.path === path
  }

  return { usesOf, attributeElsewhere, put, remove, recordOf: path => records.get(path), paths: () => [...records.keys()] }
}

/** `from x import *` takes the public names, or those of `__all__`. */
function passesOn(importer: ModuleRecord, name: string, exporter: ModuleRecord | undefined): boolean {
  if (importer.stars.length === 0) return false
  return exporter?.exported ? exporter.exported.includes(name) : !name.startsWith('_')
}

function isPublicName(path: FilePath, name: string): boolean {
  return !name.startsWith('_') && !path.split('/').some(part => /^_[^_]/.test(part))
}

/** What is handed on may be a module of the package it is taken from. */
function mentionedBy({ uses, aliases, stars }: ModuleRecord): ReadonlyMap<string, readonly RecordedUse[]> {
  const found = new Map<string, RecordedUse[]>()
  const of = (module: string): RecordedUse[] => {
    const key = lastPart(module)
    const known = found.get(key)
    if (known) return known
    const fresh: RecordedUse[] = []
    found.set(key, fresh)
    return fresh
  }
  for (const use of uses) {
    if (use.module === '') continue
    of(use.module).push(use)
    if (use.kind === 'escapes' && use.name !== null && lastPart(use.name) !== lastPart(use.module)) of(use.name).push(use)
  }
  for (const module of [...aliases.map(a => a.module), ...stars]) of(module)
  return found
}

/** Of `.`: ''. */
function lastPart(module: string): string {
  return module.replace(/\.+$/, '').replace(/^.*\./, '')
}
