/**
 * `npm run test:names -- FOLDER…`: after all fixes over every Python file, pyflakes and pyright report no name as undefined, unbound or perhaps
 * unbound that they did not report before, in the files that were changed.
 */
import { rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkers } from './checkers.ts'
import { Missing, main } from './command.ts'
import { copyTree, newFolder } from './copies.ts'
import { fixCopy } from './fixed-copy.ts'
import { choiceOf } from './fixing.ts'
import { findPython } from './python.ts'
import { compareReports } from './reports.ts'

await main(async () => {
  const [program, ...args] = process.argv.slice(2)
  const { values, positionals } = parseArgs({
    args, allowPositionals: true,
    options: { python: { type: 'string', default: 'python3' }, checkers: { type: 'string', default: 'pyflakes,pyright' }, fixes: { type: 'string', default: 'unsafe' }, keep: { type: 'boolean', default: false } },
  })
  if (positionals.length === 0) throw new Missing('name the folders whose files are to be fixed: npm run test:names -- FOLDER…')
  const choices = values.fixes.split(',').map(choiceOf)
  const python = await findPython(values.python)
  const used = await checkers(values.checkers.split(','), python)
  let isWell = true
  for (const given of positionals) {
    for (const choice of choices) {
      const folder = newFolder()
      const [before, after] = [join(folder, 'before', basename(resolve(given))), join(folder, 'after', basename(resolve(given)))]
      console.log(`${given}, copied to ${folder}`)
      copyTree(resolve(given), before)
      copyTree(resolve(given), after)
      const { files, problems } = await fixCopy(before, after, choice, { program: program!, target: python.target, spared: [] })
      const isKept = await compareReports(before, after, files, used, python)
      isWell = isKept && problems.length === 0 && files.length > 0 && isWell
      if (isKept && !values.keep) rmSync(folder, { recursive: true })
    }
  }
  return isWell
})
