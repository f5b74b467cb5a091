import { describe, expect, test } from 'vitest'
import { checkUserModels } from '../../server/src/models/user.ts'

const good = { library: 'acme', functions: { 'acme.load': { params: ['path'], result: 'pandas.DataFrame', size: 'outside' } } }

function problemsOf(...models: unknown[]): readonly string[] {
  return checkUserModels(models).problems
}

describe("a user's models", () => {
  test('that are right have no problems and come back as they are', () => {
    expect(checkUserModels([good])).toEqual({ libraries: [good], problems: [] })
    expect(checkUserModels([])).toEqual({ libraries: [], problems: [] })
  })

  test.each([
    ['not a table', 5, 'models[0]: it must be a table with the model of a library, not 5'],
    ['a path that nobody loaded', 'acme.json', 'models[0]: it must be a table with the model of a library, not "acme.json"'],
    ['null', null, 'models[0]: it must be a table with the model of a library, not null'],
    ['no name', { functions: {} }, 'models[0]: it is missing "library"'],
    ['a property with a slip', { library: 'acme', funktions: {} }, 'models[0] "acme": it has no property "funktions"; did you mean "functions"?'],
    ['functions as a list', { library: 'acme', functions: [] }, 'models[0] "acme": functions must be a table, not []'],
    ['a name that is not dotted', { library: 'acme', functions: { 'acme load': {} } }, 'models[0] "acme": functions has the key "acme load", which is not a dotted name such as "acme.Grid"'],
  ])('is left out as a whole: %s', (_, model, message) => {
    expect(checkUserModels([model, good])).toEqual({ libraries: [good], problems: [message] })
  })

  test.each([
    ['a size of no kind', { size: 'huge' }, `size must be "outside", "small" or "unknown", or { "like": [parameters] }, or { "shape": parameter, "itemsize": bytes }, or { "range": [start, stop, step], "itemsize": bytes }, or { "count": parameter, "itemsize": bytes }, not "huge"`],
    ['half a size', { params: ['n'], size: { count: 'n' } }, 'size is missing "itemsize"'],
    ['no such cost', { cost: 'slow' }, 'cost must be one of "trivial", "linear", "heavy", "blocking", not "slow"'],
    ['a misspelt property', { reslut: 'list' }, 'has no property "reslut"; did you mean "result"?'],
    ['a keeper of no kind', { keeps: [{ arg: 0, by: 'nobody' }] }, 'keeps[0].by must be "result", "self" or "process", or { "arg": parameter }, not "nobody"'],
    ['a negative position', { of: [-1], relation: 'view' }, 'of[0] must be the name of a parameter, or a position, counted from 0, not -1'],
  ])('leaves out one entry and keeps its neighbours: %s', (_, entry, message) => {
    const model = { library: 'acme', functions: { ...good.functions, 'acme.bad': entry } }
    const { libraries, problems } = checkUserModels([model])
    expect(problems).toEqual([`models[0] "acme": functions."acme.bad"${message.startsWith('has') ? ' ' : '.'}${message}`])
    expect(Object.keys(libraries[0]?.functions ?? {})).toEqual(['acme.load'])
  })

  test('names that lead nowhere are reported', () => {
    expect(problemsOf({
      library: 'acme',
      types: { 'acme.Grid': { kind: 'array', bases: ['acme.Base'], methods: { rows: { params: ['n'], relation: 'view' } } } },
      functions: { 'acme.load': { params: ['path', 'path'], result: 'acme.Gird', size: { like: ['data'] }, keeps: [{ arg: 3, by: 'process' }] } },
      aliases: { 'acme.read': 'acme.laod' },
    })).toEqual([
      'models[0] "acme": functions."acme.load".params names "path" twice',
      'models[0] "acme": functions."acme.load".result names the type "acme.Gird", which no library declares',
      'models[0] "acme": functions."acme.load".size names the parameter "data", which "params" does not have',
      'models[0] "acme": functions."acme.load".keeps[0] names the parameter 3, which "params" does not have',
      'models[0] "acme": types."acme.Grid".bases names the type "acme.Base", which no library declares',
      'models[0] "acme": types."acme.Grid".methods.rows is a view, but does not say of what',
      'models[0] "acme": aliases."acme.read" leads to "acme.laod", which no model declares',
    ])
  })

  test('one library may name the types of another', () => {
    expect(problemsOf(
      { library: 'a', types: { 'a.T': { kind: 'object' } } },
      { library: 'b', functions: { 'b.f': { result: 'a.T' }, 'b.g': { result: 'numpy.ndarray' } } },
    )).toEqual([])
  })
})
