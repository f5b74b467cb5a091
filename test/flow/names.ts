/** The names that a frame's own code evaluates or binds, by the syntax alone. */
import { forEachChild } from '../../server/src/syntax/walk.ts'
import type { FunctionDef, Lambda, Name, Node, Suite } from '../../server/src/syntax/ast.ts'

export function namesOfFrame(frame: FunctionDef | Lambda | Suite): Name[] {
  const found: Name[] = []
  if ('kind' in frame) {
    const params = frame.kind === 'Lambda' ? frame.params : frame.header.params
    for (const param of params) found.push(param.name)
    if (frame.kind === 'Lambda') collect(frame.body, true, found)
    else for (const stmt of frame.body) collect(stmt, true, found)
  } else {
    for (const stmt of frame) collect(stmt, false, found)
  }
  return found
}

/** `local`: in a function, whose variables' annotations are never evaluated. */
function collect(node: Node, local: boolean, found: Name[]): void {
  const all = (nodes: readonly (Node | null)[]): void => {
    for (const child of nodes) if (child !== null) collect(child, local, found)
  }
  switch (node.kind) {
    case 'Name': return void found.push(node)
    case 'Global': case 'Nonlocal': return
    case 'Lambda': return all(node.params.map((param) => param.default))
    case 'FunctionDef': {
      const { decorators, typeParams, params, returns, name } = node.header
      return all([...decorators, ...params.flatMap((param) => [param.default, param.annotation]), returns, name, ...typeParams.map((param) => param.name)])
    }
    case 'ClassDef':
      all([...node.decorators, ...node.args, ...node.typeParams.map((param) => param.name), node.name])
      for (const stmt of node.body) collect(stmt, false, found)
      return
    case 'TypeAlias': return all([node.name, ...node.typeParams.map((param) => param.name)])
    case 'AnnAssign': {
      const bound = node.value !== null || node.target.kind !== 'Name'
      return all([node.value, bound ? node.target : null, local ? null : node.annotation])
    }
    case 'Comprehension':
      if (node.form === 'generator') return all([node.generators[0]?.iter ?? null])
  }
  forEachChild(node, (child) => collect(child, local, found))
}

/** The frames made in a suite, its own excluded. */
export function framesIn(nodes: readonly Node[]): (FunctionDef | Lambda)[] {
  return nodes.flatMap((node) => {
    const inner: Node[] = []
    forEachChild(node, (child) => inner.push(child))
    return [...(node.kind === 'FunctionDef' || node.kind === 'Lambda' ? [node] : []), ...framesIn(inner)]
  })
}
