/** Replaces the result type `self` of a model by the type whose method or attribute it is. */
import type { CallModel, ResultModel, TypeModel, TypeName } from './model.ts'

/** The model itself where it does not speak of `self`. */
export function bindSelf<M extends CallModel | ResultModel>(model: M, type: TypeName): M {
  if (!speaksOfSelf(model)) return model
  const bound = { ...model, ...bindResult(model, type) }
  const { when } = model as CallModel
  return when ? { ...bound, when: when.map(each => ({ ...each, then: bindResult(each.then, type) })) } : bound
}

/** Binds what iterating, indexing, entering and calling the type give. */
export function bindSelfInType(model: TypeModel, type: TypeName): TypeModel {
  const { item, slice, items, iterate, enter, construct, called, ...rest } = model
  return {
    ...rest,
    ...(rest.element === 'self' && { element: type }),
    ...(item && { item: bindSelf(item, type) }),
    ...(slice && { slice: bindSelf(slice, type) }),
    ...(items && { items: Object.fromEntries(Object.entries(items).map(([kind, each]) => [kind, bindSelf(each, type)])) }),
    ...(iterate && { iterate: bindSelf(iterate, type) }),
    ...(enter && { enter: bindSelf(enter, type) }),
    ...(construct && { construct: bindSelf(construct, type) }),
    ...(called && { called: bindSelf(called, type) }),
  }
}

function bindResult(model: ResultModel, type: TypeName): ResultModel {
  return {
    ...model,
    ...(model.result === 'self' && { result: type }),
    ...(model.element === 'self' && { element: type }),
    ...(model.tuple && { tuple: model.tuple.map(each => bindResult(each, type)) }),
    ...(model.yields && { yields: bindResult(model.yields, type) }),
  }
}

function speaksOfSelf(model: CallModel): boolean {
  return model.result === 'self' || model.element === 'self'
    || (model.tuple?.some(speaksOfSelf) ?? false)
    || (model.yields !== undefined && speaksOfSelf(model.yields))
    || (model.when?.some(each => speaksOfSelf(each.then)) ?? false)
}
