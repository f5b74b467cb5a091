/** The fix that puts a local in the place of an attribute. */
import type { Suite } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import { careIn } from '../rules/care.ts'
import type { KeptObject } from '../rules/attribute-could-be-local.ts'
import type { Edit, Fix } from '../rules/finding.ts'
import { indexFrame } from '../rules/frame-index.ts'
import { heldObjects } from '../rules/held.ts'
import { judge } from '../rules/judgement.ts'
import type { ModuleView } from '../rules/rule.ts'
import { kindOf } from '../values/parts.ts'
import { replacement } from './edits.ts'
import { releaseFix } from './release.ts'
import { removal } from './removal.ts'
import { isReplaceable } from './replaceable.ts'

export function localFix(kept: KeptObject, view: ModuleView, source: Source): readonly Fix[] {
  const { found, local } = kept
  const { method, attr, places, placeholders } = found
  const self = `${method.header.params[0]!.name.id}.${attr}`
  if (!places.every(place => isReplaceable(place, self, source))) return []
  const risk = riskOf(kept, view, source)
  return [{
    title: `Make \`${self}\` a local of \`${method.header.name.id}\`${risk === null ? '' : `: ${risk}`}`, kind: 'local', safety: risk === null ? 'safe' : 'unsafe',
    edits: [
      ...places.map(place => replacement(place, local.name)),
      ...placeholders.map(({ method: { body }, stmt }) => removal({ body }, stmt, body.indexOf(stmt), source)),
      ...releases(kept, view, source),
    ],
  }]
}

/** Where the local itself would be held through work that matters. */
function releases({ local: { analysis, variable }, found, value }: KeptObject, view: ModuleView, source: Source): readonly Edit[] {
  const { minimumSize } = view.options
  const held = heldObjects(analysis, indexFrame(analysis.flow), { minimumSize, minimumDrag: 1, includeUnknown: view.options.assumeLarge, isUncared: false, isRun: false, displayed: [] })
  const facts = { kind: kindOf(value.type, analysis.values.context), scope: found.cls.name.id, care: careIn(analysis, view.options) }
  const own = held.filter(object => object.variable === variable && judge(object, facts, view.options) !== null)
  return own.flatMap(object => releaseFix({ names: [variable.name], gaps: object.places, form: object.release.form, risk: null }, source).edits)
}

/** What the reader has to make sure of; null: nothing reads a private attribute that no code names. */
function riskOf({ found: { attr, cls }, doubts }: KeptObject, { workspace }: ModuleView, source: Source): string | null {
  if (isDocumented(cls.body, attr, source)) return `its documentation tells of ${attr}`
  if (doubts.length > 0) return `unless ${doubts[0]}`
  return workspace === null || !attr.startsWith('_') ? `unless something that is not seen here reads ${attr}` : null
}

/** A text of the class, or of one of its methods, that stands as a statement. */
function isDocumented(body: Suite, attr: string, source: Source): boolean {
  return body.some(stmt => {
    if (stmt.kind === 'FunctionDef') return isDocumented(stmt.body.slice(0, 1), attr, source)
    return stmt.kind === 'ExprStmt' && stmt.value.kind === 'Constant' && new RegExp(`\\b${attr}\\b`).test(source.text.slice(...source.rangeOf(stmt)))
  })
}
