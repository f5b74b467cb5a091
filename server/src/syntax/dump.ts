/**
 * A printed form of the lowered tree, for people, tests and bug reports. One line per statement, clause and case, its
 * suites indented below; expressions as s-expressions. Names and literals print as they are read, `-` is an absent part.
 */
import type {
  Argument, Expr, FunctionHeader, Generator, ImportAlias, Name, Parameter, Pattern, Span, Stmt, Suite, TypeParameter, WithItem,
} from './ast.ts'
import type { Source } from './source.ts'

export interface DumpOptions {
  /** Print `@start-end` behind each node, absolute UTF-16 offsets. */
  readonly offsets: boolean
}

/** The module's statements. Ends without a line end. */
export function dump(source: Source, { offsets }: DumpOptions): string {
  const dumper = new Dumper(source, offsets)
  dumper.suite(source.body, '')
  return dumper.lines.join('\n')
}

type Part = string | Expr | Pattern | Name | null | undefined | readonly Part[]

class Dumper {
  readonly lines: string[] = []
  private readonly source: Source
  private readonly offsets: boolean

  constructor(source: Source, offsets: boolean) {
    this.source = source
    this.offsets = offsets
  }

  suite(body: Suite, indent: string): void {
    for (const statement of body) this.statement(statement, indent)
  }

  private at(span: Span): string {
    if (!this.offsets) return ''
    const [start, end] = this.source.rangeOf(span)
    return `@${start}-${end}`
  }

  private line(indent: string, kind: string, span: Span | null, ...parts: readonly Part[]): void {
    this.lines.push(`${indent}${[`${kind}${span === null ? '' : this.at(span)}`, ...this.parts(parts)].join(' ')}`)
  }

  private block(label: string, body: Suite, indent: string): void {
    if (body.length === 0) return
    this.lines.push(`${indent}${label}`)
    this.suite(body, `${indent}  `)
  }

  private statement(s: Stmt, indent: string): void {
    const deeper = `${indent}  `
    switch (s.kind) {
      case 'FunctionDef':
        this.line(indent, s.kind, s, this.header(s.header), s.broken ? 'broken' : [])
        return this.suite(s.body, deeper)
      case 'ClassDef':
        this.line(indent, s.kind, s, ...this.decorated(s.decorators), s.name.id, this.types(s.typeParams), this.argumentList(s.args))
        return this.suite(s.body, deeper)
      case 'If': case 'While':
        this.line(indent, s.kind, s, s.kind === 'If' && s.isElif ? 'elif' : [], s.test)
        this.suite(s.body, deeper)
        return this.block('else', s.orelse, indent)
      case 'For':
        this.line(indent, s.kind, s, s.isAsync ? 'async' : [], s.target, s.iter)
        this.suite(s.body, deeper)
        return this.block('else', s.orelse, indent)
      case 'With':
        this.line(indent, s.kind, s, s.isAsync ? 'async' : [], s.items.map((item) => this.withItem(item)))
        return this.suite(s.body, deeper)
      case 'Try':
        this.line(indent, s.kind, s, s.isStar ? 'star' : [])
        this.suite(s.body, deeper)
        for (const handler of s.handlers) {
          this.line(indent, handler.kind, handler, handler.type, handler.name?.id)
          this.suite(handler.body, deeper)
        }
        this.block('else', s.orelse, indent)
        return this.block('finally', s.finalbody, indent)
      case 'Match':
        this.line(indent, s.kind, s, s.subject)
        for (const clause of s.cases) {
          this.line(deeper, clause.kind, null, clause.pattern, clause.guard)
          this.suite(clause.body, `${deeper}  `)
        }
        return
      default:
        return this.line(indent, s.kind, s, ...this.simple(s))
    }
  }

  /** The parts of a statement without suites. */
  private simple(s: Stmt): readonly Part[] {
    switch (s.kind) {
      case 'Return': case 'ExprStmt': return [s.value]
      case 'Delete': return [s.targets]
      case 'Assign': return [s.targets, s.value]
      case 'AugAssign': return [s.target, `${s.op}=`, s.value]
      case 'AnnAssign': return [s.target, s.annotation, s.value, s.simple ? 'simple' : []]
      case 'TypeAlias': return [s.name, this.types(s.typeParams), s.value]
      case 'Raise': return [s.exc, s.cause]
      case 'Assert': return [s.test, s.msg]
      case 'Import': return [s.names.map((alias) => this.alias(alias))]
      case 'ImportFrom': return [`${'.'.repeat(s.level)}${s.module}`, s.star ? '*' : s.names.map((alias) => this.alias(alias))]
      case 'Global': case 'Nonlocal': return [s.names.map((declared) => declared.id)]
      default: return []
    }
  }

  private header(h: FunctionHeader): Part {
    const params = `[${h.params.map((param) => this.parameter(param)).join(' ')}]`
    const parts = [...this.decorated(h.decorators), h.isAsync ? 'async' : [], h.name.id, this.types(h.typeParams), params, '->', h.returns]
    return this.parts(parts).join(' ')
  }

  private decorated(decorators: readonly Expr[]): readonly Part[] {
    return decorators.map((decorator) => `@${this.text(decorator)}`)
  }

  private types(params: readonly TypeParameter[]): Part {
    const printed = params.map((param) => this.sexp('TypeParameter', param, [param.form, param.name.id, param.bound]))
    return printed.length === 0 ? [] : `<${printed.join(' ')}>`
  }

  private parameter({ form, name, annotation, default: value }: Parameter): string {
    return `(${[form, ...this.parts([name, annotation, value])].join(' ')})`
  }

  private argumentList(args: readonly Argument[]): string {
    return `[${args.map((arg) => this.argument(arg)).join(' ')}]`
  }

  private argument(arg: Argument): string {
    if (arg.form === 'positional') return this.text(arg.value)
    const keyword = arg.form === 'keyword' ? `${arg.name}=` : arg.form === 'star' ? '*' : '**'
    return `${keyword}${this.text(arg.value)}`
  }

  private alias({ name, bound, hasAs, ...span }: ImportAlias): string {
    return hasAs ? `${name}${this.at(span)} as ${bound.id}` : `${name}${this.at(span)}`
  }

  private withItem({ context, target }: WithItem): string {
    return target === null ? this.text(context) : `${this.text(context)} as ${this.text(target)}`
  }

  private generator({ target, iter, ifs, isAsync }: Generator): string {
    return `(${[isAsync ? 'async-for' : 'for', this.text(target), this.text(iter), ...ifs.map((test) => this.text(test))].join(' ')})`
  }

  private parts(parts: readonly Part[]): string[] {
    return parts.flatMap((part) => this.flat(part))
  }

  /** An empty list prints as nothing where it stands for an absent flag. */
  private flat(part: Part): string[] {
    if (Array.isArray(part) && part.length === 0) return []
    return [this.part(part)]
  }

  private part(part: Part): string {
    if (part === null || part === undefined) return '-'
    if (typeof part === 'string') return part
    return 'kind' in part ? this.text(part) : this.list(part)
  }

  private list(parts: readonly Part[]): string {
    return `[${parts.map((part) => this.part(part)).join(' ')}]`
  }

  private sexp(kind: string, span: Span, parts: readonly Part[]): string {
    return `(${[`${kind}${this.at(span)}`, ...this.parts(parts)].join(' ')})`
  }

  private text(e: Expr | Pattern): string {
    switch (e.kind) {
      case 'Name': return `${e.id === '' ? '?' : e.id}${this.at(e)}`
      case 'Constant': return `${constantText(e)}${this.at(e)}`
      case 'MatchValue': return this.text(e.value)
      default: return this.sexp(e.kind, e, this.partsOf(e))
    }
  }

  private partsOf(e: Expr | Pattern): readonly Part[] {
    switch (e.kind) {
      case 'JoinedStr': return [e.template ? 'template' : [], ...e.values]
      case 'FormattedValue': return [e.value, e.formatSpec]
      case 'BoolOp': return [e.op, ...e.values]
      case 'NamedExpr': return [e.target, e.value]
      case 'BinOp': return [e.left, e.op, e.right]
      case 'UnaryOp': return [e.op, e.operand]
      case 'Lambda': return [`[${e.params.map((param) => this.parameter(param)).join(' ')}]`, e.body]
      case 'IfExp': return [e.test, e.body, e.orelse]
      case 'Dict': return e.values.map((value, index) => [e.keys[index] ?? null, value])
      case 'Set': case 'List': case 'Tuple': return e.elts
      case 'Comprehension': return [e.form, e.elt, e.value ?? [], ...e.generators.map((clause) => this.generator(clause))]
      case 'Await': case 'Yield': case 'YieldFrom': case 'Starred': return [e.value]
      case 'Compare': return [e.left, ...e.comparators.flatMap((right, index): Part[] => [e.ops[index], right])]
      case 'Call': return [e.func, ...e.args.map((arg) => this.argument(arg))]
      case 'Attribute': return [e.value, e.attr]
      case 'Subscript': return [e.value, e.slice]
      case 'Slice': return [e.lower, e.upper, e.step]
      case 'MatchSequence': case 'MatchOr': return e.patterns
      case 'MatchMapping': return [...pairs(e.keys, e.patterns), e.rest === null ? [] : `**${e.rest.id}`]
      case 'MatchClass': return [e.cls, ...e.patterns, ...pairs(e.keywords.map((keyword) => `${keyword}=`), e.keywordPatterns)]
      case 'MatchStar': return [e.name?.id]
      case 'MatchAs': return [e.pattern, e.name?.id]
      default: return []
    }
  }
}

function pairs(left: readonly Part[], right: readonly Part[]): Part[] {
  return left.map((part, index) => [part, right[index] ?? null])
}

function constantText({ type, value, length, width }: Extract<Expr, { kind: 'Constant' }>): string {
  switch (type) {
    case 'str': return value === null ? `str:${length}:${width}` : `${JSON.stringify(value)}${width === 'ascii' ? '' : `:${width}`}`
    case 'bytes': return `bytes:${length}`
    case 'int': case 'float': return `${type}:${value ?? '?'}`
    default: return type
  }
}
