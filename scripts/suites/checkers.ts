/** Independent checkers of Python, asked about names alone. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { Missing, run } from './command.ts'
import { ask, type Python } from './python.ts'

export interface Checker {
  readonly name: string
  /** Follows the order in which statements run. */
  readonly followsFlow: boolean
  /** `file: message` for each report on a name; without lines, which fixes move. `files` are relative to the folder. */
  report(folder: string, files: readonly string[], python: Python): Promise<string[]>
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
    followsFlow: false,
    report: async (folder, files) => {
      const { out } = await run(command, ['-m', 'pyflakes', ...files], { cwd: folder })
      return out.split('\n').flatMap(line => {
        const [, path, message] = /^(.*?):\d+(?::\d+:?)? (.*)$/.exec(line) ?? []
        return path && message && /undefined name|undefined local|referenced before assignment/.test(message) ? [`${path}: ${message.replace(/ on line \d+/, '')}`] : []
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
    followsFlow: true,
    report: async (folder, files, python) => {
      const settings = join(folder, 'pyrightconfig.json')
      const rules = Object.fromEntries(RULES.map(rule => [rule, 'error']))
      writeFileSync(settings, JSON.stringify({ include: files, typeCheckingMode: 'off', pythonVersion: python.target, useLibraryCodeForTypes: false, ...rules }))
      try {
        const { out, err } = await run('pyright', ['--outputjson', '--project', folder, '--pythonpath', python.executable])
        // A rule that it does not know it leaves out, and is content.
        if (err.includes('unrecognized setting')) throw new Missing(`pyright: ${err.trim()}`)
        const { generalDiagnostics } = JSON.parse(out || fail(err)) as { readonly generalDiagnostics: readonly Diagnostic[] }
        return withoutProvenBound(generalDiagnostics.filter(d => RULES.some(rule => rule === d.rule))).map(d => `${isAbsolute(d.file) ? relative(folder, d.file) : d.file}: ${d.message}`)
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

/**
 * pyright takes no use for a proof that the name is bound from there on, and reports the next use, too. A `del` after a use that is reported
 * tells nothing more.
 */
function withoutProvenBound(reports: readonly Diagnostic[]): readonly Diagnostic[] {
  const lines = new Map<string, readonly string[]>()
  const seen = new Set<string>()
  return [...reports].sort((a, b) => a.range.start.line - b.range.start.line).filter(({ file, message, range }) => {
    if (!lines.has(file)) lines.set(file, readFileSync(file, 'utf8').split(/\r\n|\n|\r/))
    const isDelete = /^\s*(.*;\s*)?del\b/.test(lines.get(file)![range.start.line] ?? '')
    const key = `${file}: ${message}`
    if (isDelete) return !seen.has(key)
    seen.add(key)
    return true
  })
}

function fail(why: string): never {
  throw new Missing(`pyright: ${why}`)
}
