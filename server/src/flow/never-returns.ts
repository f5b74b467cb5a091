/** Calls after which control does not come back to the caller. */
import type { Call } from '../syntax/ast.ts'
import type { Builder } from './builder.ts'

/** `site` puts `exit` and `quit` into the builtins. */
const BUILTINS: ReadonlySet<string> = new Set(['exit', 'quit'])

const FUNCTIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['sys', new Set(['exit'])],
  ['os', new Set(['_exit', 'abort', 'execl', 'execle', 'execlp', 'execlpe', 'execv', 'execve', 'execvp', 'execvpe'])],
])

/** `sys.exit(…)`, `os._exit(…)`, `os.exec*(…)`, `exit(…)` and what the caller of the flow layer knows. */
export function endsControl(b: Builder, call: Call): boolean {
  const { func } = call
  if (func.kind === 'Name') {
    if (BUILTINS.has(func.id) && b.names.resolve(func.id).storage === 'outer') return true
  } else if (func.kind === 'Attribute' && func.value.kind === 'Name') {
    if (FUNCTIONS.get(func.value.id)?.has(func.attr) === true) return true
  }
  return b.options.neverReturns?.(call) ?? false
}
