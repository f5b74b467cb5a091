/** The user's own models as settings give them: the models themselves, or paths of JSON files with them. */
import { resolve } from 'node:path'
import type { FileProblem, ReadText } from './config.ts'

/** Replaces paths, relative to `root`, by the JSON they lead to. What cannot be read is left out and named. */
export function loadModels(entries: readonly unknown[], root: string, read: ReadText): { models: unknown[]; problems: FileProblem[] } {
  const models: unknown[] = []
  const problems: FileProblem[] = []
  for (const entry of entries) {
    if (typeof entry !== 'string') {
      models.push(entry)
      continue
    }
    const path = resolve(root, entry)
    const problem = (message: string): number => problems.push({ path, key: 'models', line: null, message })
    try {
      const text = read(path)
      if (text === null) problem('no such file')
      else models.push(JSON.parse(text.replace(/^\uFEFF/, '')))
    } catch (error) {
      problem(error instanceof SyntaxError ? `not valid JSON: ${error.message}` : `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { models, problems }
}
