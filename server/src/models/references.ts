/** Problems that a schema cannot see: names that lead nowhere. */
import type { CallModel, KeepModel, Library, ParamRef, ResultModel, SizeModel, TypeModel } from './model.ts'
import type { Problem } from './shape.ts'
import type { ModelTable } from './table.ts'

interface Scope {
  readonly params: ReadonlySet<ParamRef>
  readonly isType: (name: string) => boolean
}

/** Every parameter named exists, every type named is declared (here or in the table), every alias leads somewhere. */
export function checkReferences(library: Library, table: ModelTable): Problem[] {
  const { types = {}, functions = {}, aliases = {} } = library
  const known = (name: string): boolean => name === 'self' || Object.hasOwn(types, name) || table.type(name) !== null
  return [
    ...Object.entries(functions).flatMap(([name, call]) => checkCall(call, known, false, ['functions', name])),
    ...Object.entries(types).flatMap(([name, type]) => checkType(type, known, ['types', name])),
    ...Object.entries(aliases).filter(([, target]) => !leadsSomewhere(target, library, table))
      .map(([alias, target]) => ({ path: ['aliases', alias], message: `leads to "${target}", which no model declares` })),
  ]
}

/** To a name of this library or of another one; `other.*`: to another library that is known at all. */
function leadsSomewhere(target: string, { functions = {}, types = {} }: Library, table: ModelTable): boolean {
  const names = [...Object.keys(functions), ...Object.keys(types)]
  if (!target.endsWith('*')) return names.includes(target) || table.type(target) !== null || table.call(target) !== null
  const rootOf = (name: string): string => name.split('.')[0]!
  return names.some(name => name.startsWith(target.slice(0, -1))) || (!names.some(name => rootOf(name) === rootOf(target)) && table.knowsLibrary(rootOf(target)))
}

function checkType(type: TypeModel, isType: Scope['isType'], path: Problem['path']): Problem[] {
  const scope = { params: new Set<ParamRef>(['self']), isType }
  const { item, slice, items = {}, iterate, enter } = type
  const results = { item, slice, iterate, enter, ...items }
  return [
    ...(type.bases ?? []).filter(base => !isType(base)).map(base => unknownType(base, [...path, 'bases'])),
    ...unknownTypes(type, ['element'], isType, path),
    ...checkSize(type.streams, scope, [...path, 'streams']),
    ...Object.entries(results).flatMap(([key, each]) => each ? checkResult(each, scope, [...path, key]) : []),
    ...Object.entries(type.ofClass ?? {}).flatMap(([key, each]) => checkResult(each, scope, [...path, 'ofClass', key])),
    ...Object.entries(type.attributes ?? {}).flatMap(([key, each]) => checkResult(each, scope, [...path, 'attributes', key])),
    ...Object.entries(type.methods ?? {}).flatMap(([key, each]) => checkCall(each, isType, true, [...path, 'methods', key])),
    ...(type.construct ? checkCall(type.construct, isType, false, [...path, 'construct']) : []),
    ...(type.called ? checkCall(type.called, isType, true, [...path, 'called']) : []),
  ]
}

function checkCall(call: CallModel, isType: Scope['isType'], isMethod: boolean, path: Problem['path']): Problem[] {
  const names = (call.params ?? []).map(each => each.replace(/^\*+/, '')).filter(each => each !== '')
  const scope: Scope = { params: new Set<ParamRef>([...names, ...names.keys(), ...(isMethod ? ['self'] : [])]), isType }
  const duplicates = names.filter((name, index) => names.indexOf(name) !== index)
  return [
    ...duplicates.map(name => ({ path: [...path, 'params'], message: `names "${name}" twice` })),
    ...checkResult(call, scope, path),
    ...(call.when ?? []).flatMap((each, index) => [
      ...checkParams([each.arg], scope, [...path, 'when', index]),
      ...unknownTypes(each, ['type'], isType, [...path, 'when', index]),
      ...checkResult(each.then, scope, [...path, 'when', index, 'then']),
    ]),
    ...(call.keeps ?? []).flatMap(({ arg, by, where }, index) => [
      ...checkParams([arg, ...paramOf(by), ...(where ? [where.arg] : [])], scope, [...path, 'keeps', index]),
      ...unknownTypes(where ?? {}, ['type'], isType, [...path, 'keeps', index]),
    ]),
    ...checkParams(call.calls ?? [], scope, [...path, 'calls']),
    ...checkSize(call.transient, scope, [...path, 'transient']),
  ]
}

function paramOf(keeper: KeepModel['by']): ParamRef[] {
  return typeof keeper === 'object' ? [keeper.arg] : keeper === 'self' ? ['self'] : []
}

function checkResult(result: ResultModel, scope: Scope, path: Problem['path']): Problem[] {
  const { relation = 'fresh', of = [] } = result
  return [
    ...unknownTypes(result, ['result', 'element'], scope.isType, path),
    ...checkParams(of, scope, [...path, 'of']),
    ...checkParams(result.typeOf === undefined ? [] : [result.typeOf], scope, [...path, 'typeOf']),
    ...checkSize(result.size, scope, [...path, 'size']),
    ...checkSize(result.streams, scope, [...path, 'streams']),
    ...(relation !== 'fresh' && of.length === 0 ? [{ path, message: `is a ${relation}, but does not say of what` }] : []),
    ...(relation === 'fresh' && of.length > 0 ? [{ path, message: 'has "of" without a relation' }] : []),
    ...(result.tuple ?? []).flatMap((each, index) => checkResult(each, scope, [...path, 'tuple', index])),
    ...(result.yields ? checkResult(result.yields, scope, [...path, 'yields']) : []),
  ]
}

function checkSize(size: SizeModel | undefined, scope: Scope, path: Problem['path']): Problem[] {
  if (size === undefined || typeof size === 'string') return []
  if ('like' in size) return checkParams(size.like, scope, path)
  if ('count' in size) return checkParams([size.count], scope, path)
  const dtype = size.dtype === undefined ? [] : [size.dtype]
  const counts = 'range' in size ? size.range : [size.shape].flat()
  return checkParams([...counts, ...dtype], scope, path)
}

function checkParams(refs: readonly ParamRef[], { params }: Scope, path: Problem['path']): Problem[] {
  return refs.filter(ref => !params.has(ref))
    .map(ref => ({ path, message: `names the parameter ${JSON.stringify(ref)}, which "params" does not have` }))
}

type Typed<K extends string> = { readonly [key in K]?: string }

function unknownTypes<K extends string>(model: Typed<K>, keys: readonly K[], isType: Scope['isType'], path: Problem['path']): Problem[] {
  return keys.flatMap(key => {
    const name = model[key]
    return name === undefined || isType(name) ? [] : [unknownType(name, [...path, key])]
  })
}

function unknownType(name: string, path: Problem['path']): Problem {
  return { path, message: `names the type "${name}", which no library declares` }
}
