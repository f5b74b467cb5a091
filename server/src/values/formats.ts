/** What is written into a text as a number: `f"{x:.2f}"`, `"%d" % n`, `"{:d}".format(n)`. Arrays and tables do not take such formats. */
import type { Call, Expr, Node } from '../syntax/ast.ts'

/** The expressions that are. */
export function writtenAsNumbers(node: Node): readonly Expr[] {
  switch (node.kind) {
    case 'FormattedValue': return node.formatSpec && SPECIFIER.test(textOf(node.formatSpec) ?? '') ? [node.value] : []
    case 'BinOp': return node.op === '%' ? byPercent(textOf(node.left) ?? '', node.right.kind === 'Tuple' ? node.right.elts : [node.right]) : []
    case 'Call': return node.func.kind === 'Attribute' && node.func.attr === 'format' ? byFields(textOf(node.func.value) ?? '', node) : []
    default: return []
  }
}

/** Python's "format specification mini-language", with a type of numbers at its end. A date's `%d` is none. */
const SPECIFIER = /^(.?[<>=^])?[-+ ]?z?#?0?\d*[,_]?(\.\d+)?[bdeEfFgGnoxX]$/

function textOf(expr: Expr): string | null {
  if (expr.kind === 'JoinedStr') return expr.values.length === 1 ? textOf(expr.values[0]!) : null
  return expr.kind === 'Constant' && typeof expr.value === 'string' ? expr.value : null
}

/** Not where widths are passed, too, or values go by their names. */
function byPercent(text: string, values: readonly Expr[]): readonly Expr[] {
  const conversions = [...text.replaceAll('%%', '').matchAll(/%(\(\w*\))?[-+ #0]*(\d+|\*)?(?:\.(\d+|\*))?[hlL]?([a-zA-Z])/g)]
  if (conversions.length !== values.length || conversions.some(([, name, width, precision]) => name !== undefined || width === '*' || precision === '*')) return []
  return values.filter((_, i) => /[diouxXeEfFgG]/.test(conversions[i]![4]!))
}

function byFields(text: string, { args }: Call): readonly Expr[] {
  if (args.some(a => a.form === 'star' || a.form === 'double-star')) return []
  const fields = [...text.replaceAll(/\{\{|\}\}/g, '').matchAll(/\{(\w*)(?:![rsa])?(?::([^{}]*))?\}/g)]
  return fields.flatMap(([, name = '', specifier = ''], i) => {
    const passed = /^\d*$/.test(name) ? args.filter(a => a.form === 'positional')[name === '' ? i : Number(name)] : args.find(a => a.name === name)
    return passed && SPECIFIER.test(specifier) ? [passed.value] : []
  })
}
