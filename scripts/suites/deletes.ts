/** Which reports of a checker on deleted names tell nothing: by where they stand in the file, as CPython's own parser reads it. */
import { ask } from './python.ts'

/** A report on a name, as a checker gives it; `line` counts from 1. */
export interface Report {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly message: string
}

/**
 * `proven`: a `del` of a name whose use is reported on the way to it, in the same suite or in one around it: where the use did not raise, the
 * name is bound. `apart`: behind a `del` in the text that stands in a branch, a loop, a `with` or a `try` which the report is not in,
 * in a function that is named no more where the one around it deletes the name, or in the key that a sort asks for before that.
 */
export type Standing = 'proven' | 'apart' | 'telling'

const READER = `
import ast, json, sys

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)

def suites(node):
    found = [part for _, part in ast.iter_fields(node) if isinstance(part, list) and part and isinstance(part[0], ast.stmt)]
    return found + [suite for part in getattr(node, 'handlers', []) + getattr(node, 'cases', []) for suite in suites(part)]

def is_in(line, node):
    return node.lineno <= line <= node.end_lineno

def way(tree, line):
    """The scopes around a line from outside in, each with the suites on the way and where in each the statement stands that the line is in."""
    scopes, suite = [(tree, [])], tree.body
    while suite:
        at = next((i for i, s in enumerate(suite) if is_in(line, s)), None)
        if at is None:
            break
        node = suite[at]
        scopes[-1][1].append((suite, at))
        suite = next((inner for inner in suites(node) if any(is_in(line, s) for s in inner)), None)
        if suite and isinstance(node, SCOPES):
            scopes.append((node, []))
    return scopes

def surely(statement):
    """Expressions that run whenever the statement is got through."""
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        yield from statement.items
        for inner in statement.body:
            yield from surely(inner)
    elif isinstance(statement, (ast.If, ast.While)):
        yield statement.test
    elif isinstance(statement, (ast.For, ast.AsyncFor)):
        yield statement.iter
    elif isinstance(statement, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Delete, ast.Raise, ast.Assert)):
        yield statement

def uses(node, name):
    """Lines on which the node reads the name, but for what it may leave out or runs later."""
    if isinstance(node, (*SCOPES, ast.IfExp, ast.BoolOp, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)):
        first = {ast.IfExp: lambda: [node.test], ast.BoolOp: lambda: node.values[:1], ast.Lambda: lambda: []}.get(type(node), lambda: [node.generators[0].iter] if hasattr(node, 'generators') else [])
        for part in first():
            yield from uses(part, name)
    elif isinstance(node, ast.Name):
        if node.id == name and not isinstance(node.ctx, ast.Store):
            yield node.lineno
    else:
        for part in ast.iter_child_nodes(node):
            yield from uses(part, name)

def deletes(statement, name):
    return isinstance(statement, ast.Delete) and any(isinstance(t, ast.Name) and t.id == name for t in ast.walk(statement))

def within(suite):
    for statement in suite:
        yield suite, statement
        if not isinstance(statement, SCOPES):
            for inner in suites(statement):
                yield from within(inner)

def is_over(function, scope, name):
    """The scope deletes the name where it names the function no more."""
    gone = [d.lineno for _, d in within(scope.body) if deletes(d, name)]
    named = [n.lineno for n in ast.walk(scope) if isinstance(n, ast.Name) and n.id == function.name and not is_in(n.lineno, function)]
    return bool(gone) and not any(line > min(gone) for line in named)

def is_key(statement, line, name):
    """On this line a lambda reads the name that max, min or a sort ask for the key of each item, and keep no longer than that; no other lambda does."""
    lambdas = [n for n in ast.walk(statement) if isinstance(n, ast.Lambda)]
    keys = [k.value for call in ast.walk(statement) if isinstance(call, ast.Call) and getattr(call.func, 'id', getattr(call.func, 'attr', None)) in ('max', 'min', 'sorted', 'sort')
            for k in call.keywords if k.arg == 'key' and k.value in lambdas]
    readers = [r for r in lambdas if any(isinstance(n, ast.Name) and n.id == name and n.lineno == line for n in ast.walk(r))]
    return bool(readers) and all(r in keys for r in readers)

def standing(tree, line, name, reported):
    scopes = way(tree, line)
    steps = scopes[-1][1]
    if not steps:
        return 'telling'
    suite, at = steps[-1]
    if deletes(suite[at], name):
        before = [used for s, i in steps for statement in s[:i + 1] for part in surely(statement) for used in uses(part, name)]
        if any(used in reported and used < line for used in before):
            return 'proven'
    around = {id(s): i for s, i in steps}
    gone = [(s, d) for s, d in within(steps[0][0]) if d.lineno < line and deletes(d, name)]
    straight = any(id(s) in around and s.index(d) < around[id(s)] for s, d in gone)
    if gone:
        return 'telling' if straight else 'apart'
    if is_key(suite[at], line, name):
        return 'apart'
    return 'apart' if any(is_over(inner, outer, name) for (outer, _), (inner, _) in zip(scopes, scopes[1:])) else 'telling'

reports = json.load(sys.stdin)
reported = {}
for file, line, name in reports:
    reported.setdefault((file, name), set()).add(line)
trees = {}
def tree_of(file):
    if file not in trees:
        with open(file, 'rb') as source:
            trees[file] = ast.parse(source.read())
    return trees[file]
print(json.dumps([standing(tree_of(file), line, name, reported[file, name] - {line}) for file, line, name in reports]))
`

/** The standing of each report on files of the folder. */
export async function standings(python: string, folder: string, reports: readonly Report[]): Promise<readonly Standing[]> {
  const input = JSON.stringify(reports.map(({ file, line, name }) => [file, line, name]))
  return JSON.parse(await ask(python, ['-I', '-c', READER], { cwd: folder, input })) as Standing[]
}
