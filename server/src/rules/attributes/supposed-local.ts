/** The method as it would be with a local in the place of an attribute, looked at like any other function. */
import { KEYWORDS } from '../../text/keywords.ts'
import type { ClassDef, FunctionDef, Name, Node } from '../../syntax/ast.ts'
import { copyWith } from '../../syntax/copy.ts'
import type { Scope } from '../../semantic/scope.ts'
import { resolveScopes } from '../../semantic/scopes.ts'
import type { Variable } from '../../flow/graph.ts'
import type { FrameAnalysis } from '../../values/frames.ts'
import type { Questions } from '../kept.ts'
import type { ModuleView } from '../rule.ts'
import type { OwnAttribute } from './own-attributes.ts'

export interface SupposedLocal {
  readonly name: string
  readonly analysis: FrameAnalysis
  readonly variable: Variable
}

/** Null: no name is free, or the method looks at its frame. */
export function supposedLocal(found: OwnAttribute, questions: Questions, view: ModuleView): SupposedLocal | null {
  const { attr, method, cls } = found
  const scope = questions.scopes.scopeOf(method)
  if (scope.seesFrames || bindsSelf(method, scope)) return null
  const bare = attr.replace(/^_+/, '')
  const name = [bare, `_${bare}`, `${bare}_`].find(candidate => isFree(candidate, scope))
  if (name === undefined) return null
  const { inside, copy } = rewritten(found, name)
  const scopes = () => resolveScopes(view.body.map(stmt => (stmt === cls ? inside : stmt)), view.options.target)
  const analysis = questions.frames.supposing(copy, method, cls, scopes)
  const variable = analysis.flow.graph.variables.find(v => v.name === name && v.scope === analysis.flow.graph.scope)
  return variable ? { name, analysis, variable } : null
}

interface Rewritten {
  readonly copy: FunctionDef
  /** The class with nothing but the method: the nodes of its others belong to the real one. */
  readonly inside: ClassDef
}

const known = new WeakMap<FunctionDef, Map<string, Rewritten>>()

/** The same objects for the same method, so that what was worked out for them is kept. */
function rewritten({ attr, method, cls, places }: OwnAttribute, name: string): Rewritten {
  const ofMethod = known.get(method) ?? new Map<string, Rewritten>()
  known.set(method, ofMethod)
  let found = ofMethod.get(attr)
  if (!found) {
    const instead = new Map<Node, Node>(places.map(({ start, end }, i): [Node, Name] => [places[i]!, { kind: 'Name', id: name, start, end }]))
    const copy = copyWith(method, instead)
    ofMethod.set(attr, found = { copy, inside: { ...cls, decorators: [], typeParams: [], args: [], body: [copy] } })
  }
  return found
}

function bindsSelf({ header }: FunctionDef, scope: Scope): boolean {
  const self = scope.symbols.get(header.params[0]!.name.id)
  return self === undefined || self.assigned
}

/** Nothing in the function, or in what is inside it, means something by the name. */
function isFree(name: string, scope: Scope): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !KEYWORDS.has(name) && !BUILTINS.has(name) && !scope.symbols.has(name) && scope.children.every(child => isFree(name, child))
}

/** A local of these names would hide what others read. */
const BUILTINS: ReadonlySet<string> = new Set(
  'type match case list dict set tuple str bytes int float bool object input filter map range open id min max sum all any iter next hash vars dir format print'.split(' '))
