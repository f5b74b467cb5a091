/** Runs the command line inside the test's process, with a small analyser of its own, or as a program from a fresh build. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import type { OpenAnalysis } from '../../server/src/service/document.ts'
import type { Installation } from '../../server/src/cli/installation.ts'
import { run } from '../../server/src/cli/program.ts'
import type { ReportedFinding } from '../../server/src/service/report.ts'
import type { Settings } from '../../server/src/service/settings.ts'
import { applyChanges } from '../../server/src/text/changes.ts'

/** A folder of its own for one test file, removed at the end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'refleak-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files below the folder; returns the folder of the new tree. */
export function tree(folder: string, name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = join(folder, name)
  mkdirSync(root, { recursive: true })
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

export interface Outcome {
  readonly status: number
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  readonly cwd: string
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  readonly isTerminal?: boolean
  readonly installation?: Partial<Installation>
}

/** Runs in this process, with `fakeAnalysis` unless the installation says otherwise. */
export async function refleak(args: readonly string[], options: RunOptions): Promise<Outcome> {
  const out: Buffer[] = []
  let err = ''
  const installation: Installation = {
    version: '1.2.3',
    pageOf: (rule) => rule === 'unused-suppression' ? null : `# ${rule}\n\nSays what \`${rule}\` is about. And more.\n`,
    openEngine: () => Promise.reject(new Error('no parser in this test')),
    openAnalysis: () => Promise.resolve(fakeAnalysis),
    worker: null,
    serve: () => Promise.resolve(),
    ...options.installation,
  }
  const io = {
    cwd: options.cwd, env: options.env ?? {}, isTerminal: options.isTerminal ?? false, processors: 1, now: () => 0,
    out: (text: string | Uint8Array) => { out.push(Buffer.from(text)) },
    err: (text: string) => { err += text },
    readStdin: () => Promise.resolve(Buffer.from(options.stdin ?? '')),
  }
  const status = await run(args, io, installation)
  return { status, out: Buffer.concat(out).toString('utf8'), err }
}

/** Runs the built program in `dist`. */
export function program(dist: string, args: readonly string[], options: Pick<RunOptions, 'cwd' | 'stdin' | 'env'>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(dist, 'refleak.mjs'), ...args], { cwd: options.cwd, env: { ...process.env, ...options.env } })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString() })
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString() })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status: status ?? -1, out, err }))
    child.stdin.end(options.stdin ?? '')
  })
}

/**
 * Reports every `use(NAME)` line that is not followed by a `del` of the name, where NAME starts with `big` (certain), `query` (likely)
 * or `maybe` (possible); the fix inserts it, safe but for `maybe`. The text `crash` makes it throw.
 */
export const fakeAnalysis: OpenAnalysis = (first, version, settings) => {
  let text = first
  let current = version
  return {
    get text() { return text },
    get version() { return current },
    directives: [],
    isStale: false,
    update(changes, next) {
      text = applyChanges(text, changes).text
      current = next
    },
    configure: () => {},
    report: () => {
      if (text.includes('crash')) throw new Error('the analysis failed')
      return { version: current, findings: findingsOf(text, settings), remarks: text.includes('print "') ? [{ range: { start: text.indexOf('print "'), end: text.indexOf('print "') + 5 }, message: 'syntax errors: not analysed' }] : [] }
    },
    hover: () => null,
    dispose: () => {},
  }
}

const CONFIDENCE = { big: 'certain', query: 'likely', maybe: 'possible' } as const

function findingsOf(text: string, settings: Settings): ReportedFinding[] {
  const wanted = settings.confidence === 'possible' ? /big|query|maybe/ : settings.confidence === 'likely' ? /big|query/ : /big/
  return [...text.matchAll(/^([ \t]*)use\(((big|query|maybe)\w*)\).*(\r\n|\n|\r|$)(?:\1del ([\w, ]+))?/gm)].flatMap((match) => {
    const [, indent = '', name = '', kind = 'big', newline = '\n', deleted = ''] = match
    if (!wanted.test(kind) || deleted.split(', ').includes(name) || settings.ignore.includes('held-after-last-use')) return []
    const start = match.index + indent.length + 4
    const range = { start, end: start + name.length }
    const at = match.index + match[0].length - (deleted === '' ? 0 : indent.length + 4 + deleted.length)
    return [{
      rule: 'held-after-last-use', severity: 'warning', confidence: CONFIDENCE[kind as keyof typeof CONFIDENCE], message: `\`${name}\` is kept`, name, names: [name], scope: 'f',
      range, binding: { start: 0, end: 1 }, lastUse: range, size: { low: 2 ** 30, high: 2 ** 31, basis: `a list of ${settings.minimumSize}` },
      drag: [{ start: at, end: at, kind: 'call', text: 'work() runs' }], heldUntil: 'function exit', notes: [{ start: 0, end: 1, message: 'made here' }],
      fixes: [{ title: `Insert \`del ${name}\``, kind: 'delete', safety: kind === 'maybe' ? 'unsafe' : 'safe', edits: [{ start: at, end: at, newText: `${indent}del ${name}${newline || '\n'}`, path: null }] }],
    }]
  })
}

