/** Checks the data files of library models: valid against the schema, names that lead somewhere, no name twice, the one way of writing them. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { rootsOf } from '../server/src/models/catalogue.ts'
import type { Library } from '../server/src/models/model.ts'
import { checkReferences } from '../server/src/models/references.ts'
import schema from '../server/src/models/schema.json' with { type: 'json' }
import { createModelTable } from '../server/src/models/table.ts'
import { formatLibrary } from './format-models.ts'

export interface DataFile {
  readonly file: string
  readonly text: string
}

/** `folder`: `server/src/models`. */
export function readDataFiles(folder: string): DataFile[] {
  const files = readdirSync(join(folder, 'data')).filter(file => file.endsWith('.json')).sort()
  return files.map(file => ({ file, text: readFileSync(join(folder, 'data', file), 'utf8') }))
}

/** What `roots.json` must say: by data file, the roots of the names in it, so that the program knows them before it reads the file. */
export function rootsFile(files: readonly DataFile[]): string {
  const lines = files.map(({ file, text }) => `  ${JSON.stringify(file)}: ${JSON.stringify(rootsOf(JSON.parse(text) as Library)).replaceAll(',', ', ')}`)
  return `{\n${lines.join(',\n')}\n}\n`
}

/** One line per problem: `pandas.json: …`. */
export function validateDataFiles(files: readonly DataFile[]): string[] {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<Library>(schema)
  const problems: string[] = []
  const libraries: { file: string; text: string; library: Library }[] = []
  for (const { file, text } of files) {
    const library: unknown = JSON.parse(text)
    if (validate(library)) libraries.push({ file, text, library })
    else problems.push(...(validate.errors ?? []).map(error => `${file}: ${error.instancePath} ${error.message}`))
  }
  const table = createModelTable([], libraries.map(each => each.library))
  for (const { file, text, library } of libraries) {
    problems.push(...checkReferences(library, table).map(({ path, message }) => `${file}: ${path.join(' › ')} ${message}`))
    if (formatLibrary(library) !== text) problems.push(`${file}: not in the kept format (or a key twice): run scripts/validate-models.ts with --write`)
  }
  return [...problems, ...withoutModule(libraries), ...declaredTwice(libraries)]
}

/** Only builtins have no module; elsewhere such a name is a slip. */
function withoutModule(libraries: readonly { file: string; library: Library }[]): string[] {
  return libraries.filter(({ file }) => file !== 'builtins.json').flatMap(({ file, library: { types = {}, functions = {} } }) =>
    [...Object.keys(types), ...Object.keys(functions)].filter(name => !name.includes('.')).map(name => `${file}: ${name} has no module`))
}

function declaredTwice(libraries: readonly { file: string; library: Library }[]): string[] {
  const seen = new Map<string, string>()
  return libraries.flatMap(({ file, library: { types = {}, functions = {}, aliases = {} } }) => {
    const names = [...Object.keys(types).map(name => `type ${name}`), ...[functions, aliases].flatMap(each => Object.keys(each)).map(name => `name ${name}`)]
    return names.flatMap(name => {
      const before = seen.get(name)
      seen.set(name, file)
      return before === undefined ? [] : [`${file}: ${name} is declared in ${before} too`]
    })
  })
}
