/** A container of its own for each call, or for each object, instead of one that all share. */
import type { ClassDef, FunctionDef } from '../../syntax/ast.ts'
import type { Source } from '../../syntax/source.ts'
import { insertion, replacement } from '../../fixes/edits.ts'
import { insertStatement } from '../../fixes/insertion.ts'
import { lineStart } from '../../text/line-starts.ts'
import type { Edit, Fix } from '../finding.ts'
import type { Growing } from './growing.ts'
import { mentions } from './walk.ts'

export function ownContainer({ subject, growths }: Growing, source: Source): readonly Fix[] {
  const { home, form, name, value } = subject
  const made = source.text.slice(...source.rangeOf(value))
  if (form === 'default' && home?.kind === 'FunctionDef') return perCall(home, name, made, subject.value, source)
  const throughSelf = growths.every(g => g.owner.kind === 'own' && g.node.kind === 'Attribute' && g.node.value.kind === 'Name' && g.node.value.id === g.place.functions[0]?.header.params[0]?.name.id && !isClassMethod(g.place.functions[0]!))
  // Keyed by what the object is: a table of objects, which they share.
  const isTable = growths.some(({ growth, place }) => growth?.key && mentions(growth.key, place.functions[0]?.header.params[0]?.name.id ?? ''))
  if (form !== 'class' || home?.kind !== 'ClassDef' || !throughSelf || isTable || /[\r\n]/.test(made)) return []
  const edit = perObject(home, name, made, source)
  return edit === null ? [] : [{ title: `Give each object its own: \`self.${name} = ${made}\` in \`__init__\``, kind: 'local', safety: 'unsafe', edits: [edit] }]
}

/** Of several defaults of one function, each its own; none where one of them cannot. */
export function ownContainers(found: readonly Growing[], source: Source): readonly Fix[] {
  const fixes = found.map(f => ownContainer(f, source)[0])
  if (fixes.some(fix => fix === undefined)) return []
  const names = found.map(f => `\`${f.subject.name}=None\``).join(', ')
  const edits = joined(fixes.flatMap(fix => fix!.edits))
  return [{ title: `Make new ones at each call: ${names}, calls no longer share them`, kind: 'local', safety: 'unsafe', edits }]
}

/** Insertions at one place are one. */
function joined(edits: readonly Edit[]): readonly Edit[] {
  const [first, ...rest] = edits
  if (first === undefined) return []
  const same = rest.filter(e => e.start === first.start && e.end === first.end)
  return [{ ...first, newText: [first, ...same].map(e => e.newText).join('') }, ...joined(rest.filter(e => !same.includes(e)))]
}

function isClassMethod({ header }: FunctionDef): boolean {
  return header.decorators.some(d => d.kind === 'Name' && d.id === 'classmethod')
}

/** `def f(x, seen=[])` → `seen=None`, and a new one where none is given. */
function perCall(def: FunctionDef, name: string, made: string, value: { readonly start: number; readonly end: number }, source: Source): readonly Fix[] {
  const [first] = def.body
  if (first === undefined || /[\r\n]/.test(made)) return []
  const isDocstring = first.kind === 'ExprStmt' && first.value.kind === 'Constant' && first.value.type === 'str'
  const at = isDocstring ? def.body[1] : first
  if (at === undefined) return []
  const making = twoLines(at.start, source, indent => [`if ${name} is None:`, `${indent}${name} = ${made}`])
  if (making === null) return []
  const edits = [replacement(value, 'None'), making]
  return [{ title: `Make a new one at each call: \`${name}=None\`, calls no longer share it`, kind: 'local', safety: 'unsafe', edits }]
}

/** Lines before a statement that begins a line; the function is given one step of indentation. */
function twoLines(start: number, source: Source, lines: (step: string) => readonly string[]): Edit | null {
  const { text } = source
  const offset = source.offsetOf(start)
  const indent = text.slice(lineStart(text, offset), offset)
  if (!/^[ \t]*$/.test(indent)) return null
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  return insertion(start - indent.length, lines(indent.includes('\t') ? '\t' : '    ').map(line => `${indent}${line}${eol}`).join(''))
}

function perObject(cls: ClassDef, name: string, made: string, source: Source): Edit | null {
  const init = cls.body.find((s): s is FunctionDef => s.kind === 'FunctionDef' && s.header.name.id === '__init__')
  if (init !== undefined) {
    const self = init.header.params[0]?.name.id
    const [first] = init.body
    const isDocstring = first?.kind === 'ExprStmt' && first.value.kind === 'Constant' && first.value.type === 'str'
    return self === undefined ? null : insertStatement({ suite: { body: init.body, owner: init }, index: isDocstring ? 1 : 0 }, `${self}.${name} = ${made}`, source)
  }
  const method = cls.body.find(s => s.kind === 'FunctionDef')
  if (cls.args.length > 0 || method === undefined) return null
  return newInit(method.start, name, made, source)
}

/** Written where the first method begins, so that its indentation serves. */
function newInit(start: number, name: string, made: string, source: Source): Edit | null {
  const offset = source.offsetOf(start)
  const indent = source.text.slice(lineStart(source.text, offset), offset)
  if (!/^[ \t]+$/.test(indent)) return null
  const eol = source.text.includes('\r\n') ? '\r\n' : '\n'
  const step = indent.includes('\t') ? '\t' : '    '
  return insertion(start, `def __init__(self):${eol}${indent}${step}self.${name} = ${made}${eol}${eol}${indent}`)
}
