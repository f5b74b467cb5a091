/** Calls through which code sees the names of its own frame, so that no use of a local can be ruled out. */
import type { Call } from '../syntax/ast.ts'

const ALWAYS = new Set(['locals', 'globals', 'eval', 'exec'])
/** These look at the frame only without an argument. */
const WITHOUT_ARGUMENTS = new Set(['vars', 'dir'])
const FUNCTIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['sys', new Set(['_getframe'])],
  ['inspect', new Set(['currentframe', 'stack', 'trace'])],
])
/** Names clear enough to be known without their module, after `from inspect import currentframe` or `import sys as _sys`. */
const IMPORTED = new Set(['_getframe', 'currentframe'])

/** The builtin a call names that would see the frame, to be confirmed by its scope; null for any other call. */
export function frameBuiltin({ func, args }: Call): string | null {
  if (func.kind !== 'Name') return null
  return ALWAYS.has(func.id) || (args.length === 0 && WITHOUT_ARGUMENTS.has(func.id)) ? func.id : null
}

/** The call walks frames: `sys._getframe()`, `inspect.currentframe()` … */
export function readsFrames({ func }: Call): boolean {
  if (func.kind === 'Name') return IMPORTED.has(func.id)
  return func.kind === 'Attribute' && (IMPORTED.has(func.attr) || (func.value.kind === 'Name' && FUNCTIONS.get(func.value.id)?.has(func.attr) === true))
}
