/** `def`, `class` and `type`: what is evaluated when the statement runs, then the binding. Bodies of functions are frames of their own. */
import type { ClassDef, FunctionDef, TypeAlias, TypeParameter } from '../syntax/ast.ts'
import type { Scope } from '../semantic/scope.ts'
import type { Builder } from './builder.ts'
import { visitAll, visitArguments, visitOptional } from './expressions.ts'
import type { Variable } from './graph.ts'
import { visitAnnotation, visitSuite } from './statements.ts'

export function visitFunctionDef(b: Builder, s: FunctionDef): void {
  const { header } = s
  visitAll(b, header.decorators)
  for (const param of header.params) visitOptional(b, param.default)
  withTypeParameters(b, s, header.typeParams, () => {
    for (const param of header.params) if (param.annotation !== null) visitAnnotation(b, param.annotation)
    if (header.returns !== null) visitAnnotation(b, header.returns)
    b.closure(s, b.names.captures(b.names.scopeOf(s)))
  })
  applyDecorators(b, s)
  b.bind(header.name, 'function', s, null)
}

function applyDecorators(b: Builder, s: FunctionDef | ClassDef): void {
  const decorators = s.kind === 'FunctionDef' ? s.header.decorators : s.decorators
  for (let i = decorators.length - 1; i >= 0; i--) b.operation(decorators[i]!)
}

export function visitClassDef(b: Builder, s: ClassDef): void {
  visitAll(b, s.decorators)
  withTypeParameters(b, s, s.typeParams, () => {
    visitArguments(b, s.args)
    const scope = b.names.scopeOf(s)
    const captures = b.names.captures(scope)
    b.names.inside(scope, () => visitSuite(b, s.body, s, 'body'))
    b.closure(s, captures)
  })
  applyDecorators(b, s)
  b.bind(s.name, 'class', s, null)
}

/** The value is evaluated when someone asks for it (PEP 695). */
export function visitTypeAlias(b: Builder, s: TypeAlias): void {
  withTypeParameters(b, s, s.typeParams, () => b.closure(s, capturesOf(b, b.names.innerScope('type-alias', s))))
  b.bind(s.name, 'type-alias', s, null)
}

function capturesOf(b: Builder, scope: Scope | undefined): Variable[] {
  return scope === undefined ? [] : b.names.captures(scope)
}

/** Bounds and defaults of type parameters are evaluated lazily, in functions of their own. */
function withTypeParameters(b: Builder, s: FunctionDef | ClassDef | TypeAlias, params: readonly TypeParameter[], build: () => void): void {
  const scope = params.length > 0 ? b.names.innerScope('type-parameters', s) : undefined
  if (scope === undefined) return build()
  b.names.inside(scope, () => {
    for (const param of params) b.bind(param.name, 'type-parameter', param, null)
    build()
  })
}
