/** Signs that a file or the answer of a program is short: what people list by hand, notes of a run, what lies beside the program. */
import type { Call, Expr, Name, Node } from '../syntax/ast.ts'
import { mentions, nodesIn, someNode } from '../syntax/ancestors.ts'
import { lastName } from '../syntax/expressions.ts'
import type { Binding } from '../flow/graph.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { bodyOf, type Materialised } from './materialised.ts'
import type { FileWords } from './opened-file.ts'
import { namesListing, namesNames } from './telling-names.ts'

export function isShortAsListed(found: Materialised, file: FileWords | null, opened: Call | null, analysis: FrameAnalysis): boolean {
  const result = resultOf(found, analysis)
  const names = [result, found.binding].flatMap(binding => binding?.variable.name ?? [])
  return [...names, ...file?.words ?? []].some(namesListing) || names.some(namesNames) || file?.isOwn === true || isLog(found, file) || leadsToFiles(found)
    || (opened !== null && isShortAnswer(opened)) || (result !== null && (isToldWhole(result, analysis) || isCounted(result, analysis)))
}

/** The name that a comprehension's result is bound to. */
function resultOf({ consumer }: Materialised, { flow: { graph } }: FrameAnalysis): Binding | null {
  return consumer.kind === 'Comprehension' ? graph.bindings.find(b => b.kind === 'assignment' && b.value !== null && unwrapped(b.value) === consumer && b.path.length === 0) ?? null : null
}

/** `set([…])` and `[…][:n]` are of what is in them. */
function unwrapped(expr: Expr): Expr {
  if (expr.kind === 'Subscript') return unwrapped(expr.value)
  return expr.kind === 'Call' && expr.func.kind === 'Name' && expr.args.length === 1 ? unwrapped(expr.args[0]!.value) : expr
}

/** A line of JSON for each step of a run: behind a word that marks it, or in a file that is called a log. */
function isLog({ consumer }: Materialised, file: FileWords | null): boolean {
  const isCalledLog = file?.words.some(word => /(^|_)logs?(_|$)/i.test(word)) ?? false
  return consumer.kind !== 'Call' && bodyOf(consumer).some(part => someNode(part, n => {
    const read = n.kind === 'Call' && lastName(n.func) === 'loads' ? n.args[0]?.value : undefined
    return read !== undefined && (isCalledLog || (read.kind === 'Subscript' && read.slice.kind === 'Slice'))
  }))
}

/** A file is read, looked for or moved for every item: an index, small beside what it leads to. */
function leadsToFiles({ consumer }: Materialised): boolean {
  if (consumer.kind === 'Call') return false
  const target = consumer.kind === 'For' ? consumer.target : consumer.generators[0]!.target
  const made = new Set(namesIn(target))
  const parts = bodyOf(consumer)
  for (const part of parts) {
    for (const assign of nodesIn(part, n => n.kind === 'Assign')) {
      if ([...made].some(name => mentions(assign.value, name))) assign.targets.flatMap(namesIn).forEach(name => made.add(name))
    }
  }
  return parts.some(part => someNode(part, n => n.kind === 'Call' && VISITS.test(lastName(n.func) ?? '') && n.args.some(a => [...made].some(name => mentions(a.value, name)))))
}

const VISITS = /^(read_\w+|load(_\w+)?|im(age)?_?read|open|exists|is_?file|is_?dir|stat|rename|move|copy\w*|unlink|remove|extract\w*|download\w*)$/i

function namesIn(node: Node): readonly string[] {
  return nodesIn(node, (n): n is Name => n.kind === 'Name').map(n => n.id)
}

/** A program that tells of the machine, the project or its files, or one whose answer is cut down on the way. */
function isShortAnswer({ func, args }: Call): boolean {
  const command = args[0]?.value
  if (command === undefined || !/^(Popen|popen)$/.test(lastName(func) ?? '')) return false
  const texts = nodesIn(command, n => n.kind === 'Constant').flatMap(n => (typeof n.value === 'string' ? [n.value] : []))
  const [name = ''] = (texts[0] ?? '').trim().split(/\s+/)
  return TELLING.test(name.replace(/^.*\//, '')) || /\|\s*(cut|grep|egrep|head|tail|wc|awk|sort|uniq|sed)\b/.test(texts.join(' '))
}

const TELLING = /^(mount|ps|ls|git|hg|dpkg|rpm|pip|conda|nvidia-smi|rocm-smi|df|du|which|where|uname|lscpu|lsblk|lspci|ip|ifconfig|netstat|id|whoami|hostname|systemctl|docker|kubectl|sysctl|squeue|sinfo|grep|egrep)$/

/** All of it is printed, logged or said: nobody prints millions. */
function isToldWhole(result: Binding, { flow }: FrameAnalysis): boolean {
  const uses = flow.usesOf(result)
  return flow.graph.blocks.some(({ events }) => events.some(e => e.kind === 'call' && TELLS.has(lastName(e.node.func) ?? '') && e.node.args.some(a => isSaid(a.value, uses))))
}

function isSaid(expr: Expr, uses: readonly Name[]): boolean {
  switch (expr.kind) {
    case 'Name': return uses.includes(expr)
    case 'JoinedStr': return expr.values.some(v => isSaid(v, uses))
    case 'FormattedValue': return isSaid(expr.value, uses)
    case 'BinOp': return expr.op === '%' && isSaid(expr.right, uses)
    case 'Tuple': return expr.elts.some(e => isSaid(e, uses))
    default: return false
  }
}

const TELLS: ReadonlySet<string> = new Set(['print', 'debug', 'info', 'warning', 'warn', 'error', 'exception', 'log'])

/** `assert len(names) == 1000` */
function isCounted({ variable: { name } }: Binding, { flow: { graph } }: FrameAnalysis): boolean {
  const counts = new Set(graph.bindings.flatMap(b => (b.value && isLength(b.value, name) ? [b.variable.name] : [])))
  return graph.body.some(stmt => someNode(stmt, n => n.kind === 'Compare' && n.ops[0] === '==' && n.comparators[0]?.kind === 'Constant' && Number(n.comparators[0].value) < MOST
    && (isLength(n.left, name) || (n.left.kind === 'Name' && counts.has(n.left.id)))))
}

const MOST = 100_000

function isLength(expr: Expr, name: string): boolean {
  return expr.kind === 'Call' && lastName(expr.func) === 'len' && expr.args[0]?.value.kind === 'Name' && expr.args[0].value.id === name
}
