/** Prints the findings in the format and to the place that was asked for. */
import { statSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { sync as writeFileAtomic } from 'write-file-atomic'
import type { CheckOptions } from './check-options.ts'
import { summaryOf } from './explain.ts'
import type { FileResult } from './findings.ts'
import { formatGithub } from './formats/github.ts'
import { formatJson } from './formats/json.ts'
import type { Paint } from './formats/paint.ts'
import { PLAIN, paintFor } from './formats/paint.ts'
import { formatSarif } from './formats/sarif.ts'
import { formatSummary, formatText } from './formats/text.ts'
import type { Installation } from './installation.ts'
import type { Io } from './io.ts'
import { complain } from './io.ts'
import { reasonOf } from './files.ts'

/** False: the output could not be written, and the user was told. */
export function deliver(results: readonly FileResult[], options: CheckOptions, io: Io, installation: Installation): boolean {
  const { fix, output } = options
  if (fix?.action === 'diff') io.out(results.map((result) => result.diff).join(''))
  if (output !== null) return writeReport(resolve(io.cwd, output), report(results, options, PLAIN, io, installation), output, io)
  // Standard output belongs to the diff, or to the fixed text of standard input: the report goes beside it.
  const isTaken = fix?.action === 'diff' || (fix !== null && options.paths.includes('-'))
  if (!isTaken) io.out(report(results, options, paintFor(io.isTerminal, io.env), io, installation))
  else io.err(fix?.action === 'diff' ? formatSummary(results, true) : report(results, options, PLAIN, io, installation))
  return true
}

function report(results: readonly FileResult[], options: CheckOptions, paint: Paint, io: Io, installation: Installation): string {
  const { fix } = options
  switch (options.format) {
    case 'json': return formatJson(results)
    case 'sarif': return formatSarif(results, { version: installation.version, cwd: io.cwd, summaryOf: (rule) => summaryOf(rule, installation) })
    case 'github': return formatGithub(results)
    case 'text': return formatText(results, paint) + formatSummary(results, fix?.action === 'diff')
  }
}

function writeReport(path: string, text: string, shown: string, io: Io): boolean {
  try {
    // A device or a pipe is written to, not replaced.
    const isSpecial = statSync(path, { throwIfNoEntry: false })?.isFile() === false
    if (isSpecial) writeFileSync(path, text)
    else writeFileAtomic(path, text)
    return true
  } catch (error) {
    complain(io, `${shown}: cannot be written: ${reasonOf(error)}`)
    return false
  }
}
