import { describe, expect, test } from 'vitest'
import { builtinLibraries } from '../../server/src/models/builtin.ts'
import type { Library } from '../../server/src/models/model.ts'
import { createModelTable } from '../../server/src/models/table.ts'

const table = createModelTable(builtinLibraries)

describe('functions by dotted name', () => {
  test('a documented name is found', () => {
    expect(table.call('pandas.read_csv')?.result).toBe('pandas.DataFrame')
    expect(table.call('pandas.read_csv')?.size).toBe('outside')
    expect(table.call('open')?.result).toBe('io.TextIOWrapper')
  })

  test('an unknown name is null, also one that JavaScript objects have', () => {
    for (const name of ['pandas.read_minds', 'constructor', 'pandas.constructor', 'toString', '__proto__', '']) {
      expect(table.call(name), name).toBeNull()
      expect(table.type(name), name).toBeNull()
      expect(table.canonical(name), name).toBeNull()
    }
    expect(table.method('list', 'constructor')).toBeNull()
    expect(table.attribute('list', 'toString')).toBeNull()
  })

  test('aliases and prefixes of aliases lead to the documented name', () => {
    expect(table.canonical('pandas.core.frame.DataFrame')).toBe('pandas.DataFrame')
    expect(table.canonical('builtins.open')).toBe('open')
    expect(table.canonical('cPickle.load')).toBe('pickle.load')
    expect(table.canonical('cudf.read_csv')).toBe('pandas.read_csv')
    expect(table.canonical('cupyx.scipy.sparse.csr_matrix')).toBe('scipy.sparse.csr_matrix')
    expect(table.call('cPickle.load')).toEqual(table.call('pickle.load'))
  })

  test('a type without a function of its name is called through construct of its nearest base', () => {
    expect(table.call('pathlib.Path')).toMatchObject({ result: 'pathlib.Path', size: 'small' })
    expect(table.call('torch.optim.Adam')).toMatchObject({ result: 'torch.optim.Adam' })
    expect(table.call('dict_keys')).toBeNull()
  })

  test('a method that makes an object of its class is found by the class, others are not', () => {
    expect(table.call('gensim.models.Word2Vec.load')?.result).toBe(table.canonical('gensim.models.Word2Vec'))
    expect(table.call('transformers.AutoModelForCausalLM.from_pretrained')).toMatchObject({ result: 'transformers.AutoModelForCausalLM', size: 'outside' })
    expect(table.call('pandas.DataFrame.merge')).toBeNull()
    expect(table.call('nowhere.Class.load')).toBeNull()
  })

  test('a library is read when a name of its root is asked for, once', () => {
    const read: string[] = []
    const source = (library: Library, ...roots: string[]) => ({ roots, load: () => { read.push(library.library); return library } })
    const lazy = createModelTable([
      source({ library: 'a', functions: { 'a.f': { result: 'b.T' } }, aliases: { 'old.*': 'b.*' } }, 'a', 'old'),
      source({ library: 'b', types: { 'b.T': { kind: 'list' } } }, 'b'),
    ])
    expect([lazy.knowsLibrary('b'), lazy.call('c.f'), read]).toEqual([true, null, []])
    expect(lazy.call('a.f')?.result).toBe('b.T')
    expect(lazy.call('a.g')).toBeNull()
    expect(read).toEqual(['a'])
    expect(lazy.canonical('old.T')).toBe('b.T')
    expect(read).toEqual(['a', 'b'])
  })

  test('the library that speaks is known', () => {
    expect(table.library('pandas.read_csv')).toBe('pandas')
    expect(table.library('pandas.DataFrame')).toBe('pandas')
    expect(table.library('nowhere.at_all')).toBeNull()
    expect(table.knowsLibrary('numpy')).toBe(true)
    expect(table.knowsLibrary('acme')).toBe(false)
  })
})

describe('members of types', () => {
  test('self results become the type asked for, also through inheritance', () => {
    expect(table.method('pandas.DataFrame', 'copy')?.result).toBe('pandas.DataFrame')
    expect(table.method('numpy.matrix', 'copy')?.result).toBe('numpy.matrix')
    expect(table.type('numpy.matrix')?.slice?.result).toBe('numpy.matrix')
    expect(table.attribute('torch.nn.Parameter', 'data')?.relation).toBe('view')
  })

  test('self inside the variants of a method is replaced too', () => {
    const copy = table.method('pandas.Series', 'copy')
    expect(copy?.when?.[0]?.then.result).toBe('pandas.Series')
  })

  test('kind, element and lifetime come from bases', () => {
    expect(table.type('io.TextIOWrapper')).toMatchObject({ kind: 'handle', lifetime: true })
    expect(table.isA('io.TextIOWrapper', 'io.IOBase')).toBe(true)
    expect(table.isA('io.IOBase', 'io.TextIOWrapper')).toBe(false)
    expect(table.isA('nowhere.T', 'io.IOBase')).toBe(false)
  })

  test('the same look-up gives the same object', () => {
    expect(table.method('pandas.DataFrame', 'merge')).toBe(table.method('pandas.DataFrame', 'merge'))
    expect(table.type('list')).toBe(table.type('list'))
  })
})

describe("the user's own models", () => {
  const acme: Library = {
    library: 'acme',
    types: {
      'acme.Grid': { kind: 'array', bases: ['numpy.ndarray'] },
      'pandas.DataFrame': { kind: 'frame', methods: { to_acme: { result: 'acme.Grid', relation: 'view', of: ['self'] } } },
    },
    functions: {
      'acme.load': { params: ['path'], result: 'acme.Grid', size: 'outside' },
      'pandas.read_csv': { params: ['path'], result: 'acme.Grid' },
    },
  }
  const own = createModelTable(builtinLibraries, [acme])

  test('are found beside the built-in ones', () => {
    expect(own.call('acme.load')?.size).toBe('outside')
    expect(own.library('acme.load')).toBe('acme')
    expect(own.method('acme.Grid', 'copy')?.result).toBe('acme.Grid')
  })

  test('win over the built-in ones, function by function and method by method', () => {
    expect(own.call('pandas.read_csv')?.result).toBe('acme.Grid')
    expect(own.library('pandas.read_csv')).toBe('acme')
    expect(own.method('pandas.DataFrame', 'to_acme')?.relation).toBe('view')
    expect(own.library('pandas.DataFrame', 'to_acme')).toBe('acme')
    expect(own.library('pandas.DataFrame', 'merge')).toBe('pandas')
    expect(own.method('pandas.DataFrame', 'merge')).toEqual(table.method('pandas.DataFrame', 'merge'))
  })

  test('aliases that lead in a circle lead nowhere', () => {
    const odd = createModelTable([], [{ library: 'odd', functions: { 'odd.f': {} }, aliases: { 'odd.*': 'odd.deep.*', 'odd.a': 'odd.b', 'odd.b': 'odd.a' } }])
    expect(odd.canonical('odd.x')).toBeNull()
    expect(odd.canonical('odd.a')).toBeNull()
    expect(odd.canonical('odd.f')).toBe('odd.f')
  })

  test('bases that name each other do not loop', () => {
    const odd = createModelTable([], [{ library: 'odd', types: { 'odd.A': { kind: 'object', bases: ['odd.B'] }, 'odd.B': { kind: 'list', bases: ['odd.A'] } } }])
    expect(odd.type('odd.A')?.kind).toBe('object')
    expect(odd.method('odd.A', 'nothing')).toBeNull()
    expect(odd.isA('odd.B', 'odd.A')).toBe(true)
  })
})
