/** Independent checkers of Python, asked about names alone. */
import { rmSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { Missing, run } from './command.ts'
import type { Report, Standing } from './deletes.ts'
import { ask, type Python } from './python.ts'

export interface Checker {
  readonly name: string
  /** What it reports on names. `files` are relative to the folder, those of the answer, too. */
  report(folder: string, files: readonly string[], python: Python): Promise<readonly Report[]>
  /** Reports that stand so tell nothing more, and why. */
  readonly dull: readonly Exclude<Standing, 'telling'>[]
  readonly why: string
}

/** Throws where one of those wanted is not installed. */
export async function checkers(wanted: readonly string[], python: Python): Promise<readonly Checker[]> {
  return Promise.all(wanted.map(name => {
    if (name === 'pyflakes') return pyflakes(python)
    if (name === 'pyright') return pyright()
    throw new Missing(`there is no checker ${name}; there are pyflakes and pyright`)
  }))
}

async function pyflakes({ command }: Python): Promise<Checker> {
  const name = await ask(command, ['-m', 'pyflakes', '--version']).catch(() => {
    throw new Missing(`${command} has no pyflakes: ${command} -m pip install pyflakes, or --checkers pyright`)
  })
  return {
    name: `pyflakes ${name}`,
    dull: ['apart', 'proven'],
    why: 'on names that are deleted on one path and used on another, or by a function that is over, which it does not tell apart',
    report: async (folder, files) => {
      const { out } = await run(command, ['-m', 'pyflakes', ...files], { cwd: folder })
      return out.split('\n').flatMap(text => {
        const [, file, line, message] = /^(.*?):(\d+)(?::\d+:?)? (.*)$/.exec(text) ?? []
        const name = message && /undefined name|undefined local|referenced before assignment/.test(message) && /'(\w+)'/.exec(message)?.[1]
        return file && name ? [{ file, line: Number(line), name, message: message.replace(/ on line \d+/, '') }] : []
      })
    },
  }
}

const RULES = ['reportUndefinedVariable', 'reportUnboundVariable', 'reportPossiblyUnboundVariable'] as const

async function pyright(): Promise<Checker> {
  // npm puts what is installed in the project on the PATH, too.
  const version = await run('pyright', ['--version']).catch(() => null)
  if (version?.status !== 0) throw new Missing('pyright is not on the PATH: npm install --global pyright, or --checkers pyflakes')
  return {
    name: version.out.trim(),
    dull: ['proven'],
    why: 'on the delete of a name whose use before it is reported, which proves that it is bound',
    report: async (folder, files, python) => {
      const settings = join(folder, 'pyrightconfig.json')
      const rules = Object.fromEntries(RULES.map(rule => [rule, 'error']))
      writeFileSync(settings, JSON.stringify({ include: files, typeCheckingMode: 'off', pythonVersion: python.target, useLibraryCodeForTypes: false, ...rules }))
      try {
        const { out, err } = await run('pyright', ['--outputjson', '--project', folder, '--pythonpath', python.executable])
        // A rule that it does not know it leaves out, and is content.
        if (err.includes('unrecognized setting')) throw new Missing(`pyright: ${err.trim()}`)
        const { generalDiagnostics } = JSON.parse(out || fail(err)) as { readonly generalDiagnostics: readonly Diagnostic[] }
        return generalDiagnostics.filter(d => RULES.some(rule => rule === d.rule)).map(({ file, message, range }) => ({
          file: isAbsolute(file) ? relative(folder, file) : file, line: range.start.line + 1, name: /"(\w+)"/.exec(message)?.[1] ?? fail(message), message,
        }))
      } finally {
        rmSync(settings)
      }
    },
  }
}

/** As pyright writes them. */
interface Diagnostic {
  readonly file: string
  readonly message: string
  readonly rule?: string
  readonly range: { readonly start: { readonly line: number } }
}

function fail(why: string): never {
  throw new Missing(`pyright: ${why}`)
}
