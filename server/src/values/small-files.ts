/** Files that are small by what they are: source code, settings, notes beside the code, lists of what there is, figures of the data, what the system says of itself. Told by the name, where the program writes it down. */
import type { Call, Expr } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import { kindOf } from './parts.ts'
import type { Evaluator } from './evaluate.ts'
import type { Size, Value } from './value.ts'

/** The value of a call of a library, which reads the file that its first argument or its object names, or is that file. Others are as they were. */
export function ofSmallFile(value: Value, call: Call, self: Value | null, e: Evaluator): Value {
  const isRead = value.size.origin === 'outside'
  if (!isRead && value.streams?.origin !== 'outside') return value
  const receiver = call.func.kind === 'Attribute' ? call.func.value : null
  const [first] = call.args
  const sources = [...(self && receiver ? [receiver] : []), ...(first && first.form !== 'star' && first.form !== 'double-star' ? [first.value] : [])]
  if (!sources.some(s => isSmallFileName(nameWritten(s, e)) || isOfSmallFile(e.ofExpr(s), e))) return value
  return isRead ? { ...value, size: little(value.size) } : { ...value, streams: little(value.streams!) }
}

/** As for replies: decided outside the program, but a page as a rule. */
function little(size: Size): Size {
  return { ...size, origin: 'derived' }
}

/** An open file of that kind. */
function isOfSmallFile({ type, streams }: Value, e: Evaluator): boolean {
  return streams?.origin === 'derived' && kindOf(type, e.context) === 'handle'
}

/** The end of a path as far as it is written in the program: `os.path.join(here, "VERSION")`, `here / "pyproject.toml"`; null: it is not. */
export function nameWritten(expr: Expr, e: Evaluator): string | null {
  switch (expr.kind) {
    case 'Constant': return typeof expr.value === 'string' ? expr.value : null
    case 'JoinedStr': return expr.values.map(part => (part.kind === 'Constant' && typeof part.value === 'string' ? part.value : '*')).join('')
    case 'BinOp': return expr.op === '/' || expr.op === '+' ? nameWritten(expr.right, e) : null
    case 'Call': return PATHS.has(lastName(expr.func) ?? '') ? endOf(expr.args.at(-1)?.value, e) : null
    case 'Name': return e.ofExpr(expr).text ?? endOf(onlyValue(expr, e), e)
    default: return null
  }
}

function endOf(expr: Expr | undefined | null, e: Evaluator): string | null {
  return expr && expr.kind !== 'Name' ? nameWritten(expr, e) : null
}

function onlyValue(name: Extract<Expr, { kind: 'Name' }>, e: Evaluator): Expr | null {
  const [binding, ...more] = e.context.flow.reaching(name)
  return binding && more.length === 0 && binding.path.length === 0 && (binding.kind === 'assignment' || binding.kind === 'annotated') ? binding.value : null
}

/** Functions that make a path of others. */
export const PATHS: ReadonlySet<string> = new Set(['join', 'joinpath', 'Path', 'PurePath', 'abspath', 'realpath', 'expanduser', 'resolve', 'str', 'fspath'])

function isSmallFileName(path: string | null): boolean {
  return path !== null && (/^\/(proc|sys|etc)\//.test(path) || /(^|\/)instruments\/[^/]*$/.test(path) || [SMALL_FILE, LISTING, FIGURES, TOY].some(pattern => pattern.test(path.slice(path.lastIndexOf('/') + 1))))
}

/** A table of what there is: a line for each file of a data set, not its content. */
const LISTING = /^(.*[_-])?(metadata|manifest|instruments|symbols|participants|file_?list)([_-].*)?\.(csv|tsv|txt|json)$/i

/** A model that is there to try things with: `sshleifer/tiny-gpt2`. */
const TOY = /(^|[-_])tiny([-_]|$)/i

/** One number, or one for each column. */
const FIGURES = /_(mean|std|min|max|scale|stats)\.npy$/

const SMALL_FILE = /^(.*\.(pyi?|toml|cfg|ini|conf|rc|ya?ml|rst|md|lock|properties|desktop|service)|.*requirements.*\.txt|\.[a-z]+(rc|ignore|env)|(README|LICEN[CS]E|AUTHORS|CONTRIBUTORS|VERSION|CHANGE(S|LOG)|NEWS|COPYING|NOTICE|MANIFEST|THANKS|Makefile|Dockerfile)(\.[a-z]+)?)$/
