/** Generic traversal of the lowered tree, for analyses that care about a few kinds of node only. */
import type { Node, Parameter } from './ast.ts'

export type Visit = (child: Node) => void

/**
 * Calls `visit` for each direct child, in evaluation order where Python defines one: the value of an assignment
 * before its targets, the iterable before the target, decorators and defaults before annotations and body.
 * Names that are bound (targets, parameters, imports, `def`, `except … as`) are children like any other.
 */
export function forEachChild(node: Node, visit: Visit): void {
  const children = CHILDREN[node.kind] as (node: Node, visit: Visit) => void
  children(node, visit)
}

type Children = { readonly [K in Node['kind']]: (node: Extract<Node, { kind: K }>, visit: Visit) => void }

const nothing = (): void => {}

function all(nodes: readonly Node[], visit: Visit): void {
  for (const node of nodes) visit(node)
}

function maybe(node: Node | null, visit: Visit): void {
  if (node !== null) visit(node)
}

/** A default is evaluated where the function is made, so all of them come before the first annotation. */
function parameters(params: readonly Parameter[], visit: Visit): void {
  for (const param of params) maybe(param.default, visit)
  for (const param of params) visit(param)
}

const CHILDREN: Children = {
  Name: nothing,
  Constant: nothing,
  JoinedStr: (node, visit) => all(node.values, visit),
  FormattedValue: (node, visit) => { visit(node.value); maybe(node.formatSpec, visit) },
  BoolOp: (node, visit) => all(node.values, visit),
  NamedExpr: (node, visit) => { visit(node.value); visit(node.target) },
  BinOp: (node, visit) => { visit(node.left); visit(node.right) },
  UnaryOp: (node, visit) => visit(node.operand),
  Lambda: (node, visit) => { parameters(node.params, visit); visit(node.body) },
  IfExp: (node, visit) => { visit(node.test); visit(node.body); visit(node.orelse) },
  Dict: (node, visit) => node.values.forEach((value, index) => { maybe(node.keys[index] ?? null, visit); visit(value) }),
  Set: (node, visit) => all(node.elts, visit),
  List: (node, visit) => all(node.elts, visit),
  Tuple: (node, visit) => all(node.elts, visit),
  Comprehension: (node, visit) => { all(node.generators, visit); visit(node.elt); maybe(node.value, visit) },
  Generator: (node, visit) => { visit(node.iter); visit(node.target); all(node.ifs, visit) },
  Await: (node, visit) => visit(node.value),
  Yield: (node, visit) => maybe(node.value, visit),
  YieldFrom: (node, visit) => visit(node.value),
  Compare: (node, visit) => { visit(node.left); all(node.comparators, visit) },
  Call: (node, visit) => { visit(node.func); all(node.args, visit) },
  Argument: (node, visit) => visit(node.value),
  Attribute: (node, visit) => visit(node.value),
  Subscript: (node, visit) => { visit(node.value); visit(node.slice) },
  Slice: (node, visit) => { maybe(node.lower, visit); maybe(node.upper, visit); maybe(node.step, visit) },
  Starred: (node, visit) => visit(node.value),
  ErrorExpr: (node, visit) => all(node.names, visit),

  FunctionDef: ({ header, body }, visit) => {
    all(header.decorators, visit)
    all(header.typeParams, visit)
    parameters(header.params, visit)
    maybe(header.returns, visit)
    visit(header.name)
    all(body, visit)
  },
  Parameter: (node, visit) => { visit(node.name); maybe(node.annotation, visit) },
  TypeParameter: (node, visit) => { visit(node.name); maybe(node.bound, visit); maybe(node.default, visit) },
  ClassDef: (node, visit) => {
    all(node.decorators, visit)
    all(node.typeParams, visit)
    all(node.args, visit)
    all(node.body, visit)
    visit(node.name)
  },
  Return: (node, visit) => maybe(node.value, visit),
  Delete: (node, visit) => all(node.targets, visit),
  Assign: (node, visit) => { visit(node.value); all(node.targets, visit) },
  AugAssign: (node, visit) => { visit(node.target); visit(node.value) },
  AnnAssign: (node, visit) => { maybe(node.value, visit); visit(node.target); visit(node.annotation) },
  TypeAlias: (node, visit) => { all(node.typeParams, visit); visit(node.value); visit(node.name) },
  For: (node, visit) => { visit(node.iter); visit(node.target); all(node.body, visit); all(node.orelse, visit) },
  While: (node, visit) => { visit(node.test); all(node.body, visit); all(node.orelse, visit) },
  If: (node, visit) => { visit(node.test); all(node.body, visit); all(node.orelse, visit) },
  With: (node, visit) => { all(node.items, visit); all(node.body, visit) },
  WithItem: (node, visit) => { visit(node.context); maybe(node.target, visit) },
  Match: (node, visit) => { visit(node.subject); all(node.cases, visit) },
  MatchCase: (node, visit) => { visit(node.pattern); maybe(node.guard, visit); all(node.body, visit) },
  Raise: (node, visit) => { maybe(node.exc, visit); maybe(node.cause, visit) },
  Try: (node, visit) => { all(node.body, visit); all(node.handlers, visit); all(node.orelse, visit); all(node.finalbody, visit) },
  ExceptHandler: (node, visit) => { maybe(node.type, visit); maybe(node.name, visit); all(node.body, visit) },
  Assert: (node, visit) => { visit(node.test); maybe(node.msg, visit) },
  Import: (node, visit) => all(node.names, visit),
  ImportAlias: (node, visit) => visit(node.bound),
  ImportFrom: (node, visit) => all(node.names, visit),
  Global: (node, visit) => all(node.names, visit),
  Nonlocal: (node, visit) => all(node.names, visit),
  ExprStmt: (node, visit) => visit(node.value),
  Pass: nothing,
  Break: nothing,
  Continue: nothing,
  ErrorStmt: (node, visit) => all(node.names, visit),

  MatchValue: (node, visit) => visit(node.value),
  MatchSequence: (node, visit) => all(node.patterns, visit),
  MatchMapping: (node, visit) => { all(node.keys, visit); all(node.patterns, visit); maybe(node.rest, visit) },
  MatchClass: (node, visit) => { visit(node.cls); all(node.patterns, visit); all(node.keywordPatterns, visit) },
  MatchStar: (node, visit) => maybe(node.name, visit),
  MatchAs: (node, visit) => { maybe(node.pattern, visit); maybe(node.name, visit) },
  MatchOr: (node, visit) => all(node.patterns, visit),
}
