/**
 * Prints what is wrong with the data files of library models, a line per problem; exit status 1 if there is any. `--write` first formats
 * them and writes `roots.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Library } from '../server/src/models/model.ts'
import { formatLibrary } from './format-models.ts'
import { readDataFiles, rootsFile, validateDataFiles } from './model-files.ts'

const modelsFolder = fileURLToPath(new URL('../server/src/models', import.meta.url))
const rootsPath = join(modelsFolder, 'roots.json')

if (process.argv.includes('--write')) {
  for (const { file, text } of readDataFiles(modelsFolder)) writeFileSync(join(modelsFolder, 'data', file), formatLibrary(JSON.parse(text) as Library))
  writeFileSync(rootsPath, rootsFile(readDataFiles(modelsFolder)))
}
const files = readDataFiles(modelsFolder)
const problems = validateDataFiles(files)
if (readFileSync(rootsPath, 'utf8') !== rootsFile(files)) problems.push('roots.json: not up to date: run this script with --write')
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
