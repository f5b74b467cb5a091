/** The command line: options in, exit status out. */
import { Command, CommanderError } from 'commander'
import type { TargetVersion } from '../text/target-version.ts'
import { runCheck } from './check.ts'
import { addCheckOptions, checkOptions, contradiction, targetVersionOption } from './check-options.ts'
import { DUMPS, runDump } from './dump.ts'
import { runExplain } from './explain.ts'
import type { Io } from './io.ts'
import { EXIT, complain } from './io.ts'
import type { Installation } from './installation.ts'

/** Runs the command line without the program's own name; the answer is the exit status. Never throws. */
export async function run(args: readonly string[], io: Io, installation: Installation): Promise<number> {
  let status: number = EXIT.clean
  const program = createProgram(io, installation, (result) => { status = result })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return status
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.failed
    complain(io, `internal error, please report it: ${error instanceof Error ? error.stack ?? error.message : String(error)}`)
    return EXIT.failed
  }
}

function createProgram(io: Io, installation: Installation, done: (status: number) => void): Command {
  const program = new Command('refleak')
    .description('Finds large Python objects that are kept alive for no reason.')
    .version(installation.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: (text) => complain(io, text.trim().replace(/^error: /, '')),
    })
  const check = addCheckOptions(program.command('check').description('report findings in files and folders'))
  check.action(async (paths: string[], raw: Parameters<typeof checkOptions>[1]) => {
    const wrong = contradiction(paths, raw)
    if (wrong !== null) check.error(wrong)
    done(await runCheck(checkOptions(paths, raw), io, installation))
  })
  program.command('explain').description("print a rule's page").argument('<rule>', 'the name of the rule')
    .action((rule: string) => done(runExplain(rule, io, installation)))
  program.command('dump').description('print what the analyser believes of a file, as JSON')
    .argument('<what>', DUMPS.join(', ')).argument('<file>', 'the file; "-" for standard input')
    .addOption(targetVersionOption())
    .action(async (what: string, file: string, raw: { readonly targetVersion?: TargetVersion }) => {
      done(await runDump(what, file, raw.targetVersion ?? null, io, installation))
    })
  program.command('lsp').description('run the language server').requiredOption('--stdio', 'speak over standard input and output')
    .action(async () => { await installation.serve() })
  return program
}
