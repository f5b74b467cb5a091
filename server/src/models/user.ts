/** The user's own library models: from pyproject.toml, JSON files or the editor's settings, never trusted to be well-formed. */
import { builtinLibraries } from './builtin.ts'
import type { Library } from './model.ts'
import { checkReferences } from './references.ts'
import schema from './schema.json' with { type: 'json' }
import { checkShape, type Problem, type Schema } from './shape.ts'
import { createModelTable } from './table.ts'

export interface UserModels {
  /** What is well-formed: an entry with a problem is left out, its neighbours stay. */
  readonly libraries: readonly Library[]
  /** One line each, for a person: `models[0] "acme": functions."acme.load".size must be …`. */
  readonly problems: readonly string[]
}

type Section = 'types' | 'functions' | 'aliases'

const root = schema as Schema
const SECTIONS: readonly Section[] = ['types', 'functions', 'aliases']

/** Checks models as they come from a settings file. Never throws. */
export function checkUserModels(models: readonly unknown[]): UserModels {
  if (models.length === 0) return { libraries: [], problems: [] }
  const checked = models.map(checkLibrary)
  const libraries = checked.flatMap(each => each.library ?? [])
  const table = createModelTable(builtinLibraries, libraries)
  const problems = checked.flatMap(({ problems, library }, index) => {
    const all = library ? [...problems, ...checkReferences(library, table)] : problems
    return all.map(problem => describe(index, models[index], problem))
  })
  return { libraries, problems }
}

function checkLibrary(model: unknown): { library: Library | null; problems: Problem[] } {
  const problems = checkShape(model, root, root)
  const atEntry = (problem: Problem): boolean => problem.path.length >= 2 && SECTIONS.includes(problem.path[0] as Section)
  if (!problems.every(atEntry)) return { library: null, problems }
  return { library: without(model as Library, problems), problems }
}

function without(library: Library, problems: readonly Problem[]): Library {
  if (problems.length === 0) return library
  const bad = new Set(problems.map(({ path }) => `${path[0]} ${path[1]}`))
  const left = (section: Section): [string, unknown][] => Object.entries(library[section] ?? {}).filter(([name]) => !bad.has(`${section} ${name}`))
  return { library: library.library, ...Object.fromEntries(SECTIONS.map(section => [section, Object.fromEntries(left(section))])) }
}

function describe(index: number, model: unknown, { path, message }: Problem): string {
  const name = typeof model === 'object' && model !== null && 'library' in model && typeof model.library === 'string' ? ` "${model.library}"` : ''
  const step = (key: string, depth: number): string => (depth > 0 ? '.' : '') + (/^\w+$/.test(key) ? key : JSON.stringify(key))
  const place = path.map((key, depth) => typeof key === 'number' ? `[${key}]` : step(key, depth)).join('')
  return `models[${index}]${name}: ${place === '' ? 'it' : place} ${message}`
}
