/** Prints what is wrong with the data files of library models, a line per problem; exit status 1 if there is any. `--write` formats them first. */
import { writeFileSync } from 'node:fs'
import type { Library } from '../server/src/models/model.ts'
import { formatLibrary } from './format-models.ts'
import { dataFolder, readDataFiles, validateDataFiles } from './model-files.ts'

if (process.argv.includes('--write')) {
  for (const { file, text } of readDataFiles()) writeFileSync(dataFolder + file, formatLibrary(JSON.parse(text) as Library))
}
const problems = validateDataFiles(readDataFiles())
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
