/** When code that adds to a container runs: while modules are imported, once, or again and again. */
import type { Expr, FunctionDef, Node } from '../../syntax/ast.ts'
import { lastName } from '../../syntax/expressions.ts'
import type { ModuleUses } from '../../semantic/uses/uses.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { ModuleFacts } from '../../values/module-facts.ts'
import type { Questions } from '../kept.ts'
import { localValue, mentions, nodesOf } from './walk.ts'

/**
 * - `import`: only while modules are imported: a registry.
 * - `set-up`: only when something is set up, as the function's name or its callers tell.
 * - `registration`: whenever others register something; how often is theirs to decide.
 * - `run`: as often as the program works.
 */
export type Occasion = 'import' | 'set-up' | 'registration' | 'run'

export function occasionOf(use: Use, uses: ModuleUses, facts: ModuleFacts, workspace: Questions['workspace']): Occasion {
  const { place } = use
  const [outer] = place.functions
  const inner = place.functions.at(-1)
  if (place.atImport) return 'import'
  // A lambda at the top of the module: who calls it is not known.
  if (outer === undefined || inner === undefined) return 'registration'
  // Attributes that are asked for by name are written in the program.
  if (isClassHook(outer, place.cls, facts) || returnsWhatItAdds(inner, use) || ['__getattr__', '__setattr__'].includes(outer.header.name.id)) return 'import'
  if (runsAtImport(outer, place.cls, uses) || (place.cls === null && othersCallItAtImport(outer, uses, workspace))) return 'import'
  if (!isRegistration(outer, inner, use) && !isEntry(outer, place.cls, facts)) return isSetUp(outer) || isPartOfSetUp(outer, place.cls, uses) ? 'set-up' : 'run'
  return callsOf(outer, place.cls, uses).some(isMadeAtRun) ? 'run' : 'registration'
}

/** Whoever calls it, directly or not, does so while the module runs; or the module unbinds it in the end. */
function runsAtImport(def: FunctionDef, cls: string | null, uses: ModuleUses): boolean {
  if (cls === null && uses.ofGlobal(def.header.name.id).some(u => u.deed === 'delete' && u.place.atImport)) return true
  const callers = new Map<FunctionDef, string | null>([[def, cls]])
  let atImport = false
  for (const [caller, owner] of callers) {
    const calls = callsOf(caller, owner, uses)
    if (calls.length === 0) return false
    for (const { place } of calls) {
      if (place.atImport) atImport = true
      else if (place.functions[0] === undefined) return false
      else callers.set(place.functions[0], place.cls)
    }
  }
  return atImport
}

/** Nobody calls it in this module, and all who use it elsewhere do so while they are imported. */
function othersCallItAtImport({ header }: FunctionDef, uses: ModuleUses, workspace: Questions['workspace']): boolean {
  if (workspace === null || uses.ofGlobal(header.name.id).some(u => u.deed !== 'bind')) return false
  const others = workspace.usesOf(header.name.id).uses.filter(u => u.path !== workspace.path && u.kind !== 'imports' && u.kind !== 'binds')
  return others.length > 0 && others.every(u => u.function === null)
}

/** `__init_subclass__`, `__set_name__` and the methods of metaclasses run when classes are made. */
function isClassHook({ header }: FunctionDef, cls: string | null, facts: ModuleFacts): boolean {
  const name = header.name.id
  if (name === '__init_subclass__' || name === '__set_name__' || name === '__prepare__') return true
  if (cls === null || !['__new__', '__init__', '__call__'].includes(name)) return false
  const first = header.params[0]?.name.id
  return name !== '__call__' && (/^(mcs|mcls|meta\w*)$/.test(first ?? '') || (name === '__init__' && first === 'cls') || isMetaclass(cls, facts))
}

/** Its objects are classes, of which there are as many as the program has. */
export function isMetaclass(cls: string, facts: ModuleFacts): boolean {
  const fact = facts.get(cls)
  return /Meta(class)?$|Type$/.test(cls) || (fact?.kind === 'class' && fact.def.args.some(({ value }) => value.kind === 'Name' && value.id === 'type'))
}

/** A decorator: it adds what it is given, or what it makes of it, and gives it back; or what it adds are classes, of which there are as many as the program has. */
function returnsWhatItAdds(inner: FunctionDef, { growth }: Use): boolean {
  const nodes = nodesOf(inner)
  const names = [...inner.header.params.map(p => p.name.id), ...nodes.flatMap(n => (n.kind === 'FunctionDef' ? [n.header.name.id] : []))]
  const returned = nodes.flatMap(n => (n.kind === 'Return' && n.value?.kind === 'Name' && names.includes(n.value.id) ? [n.value.id] : []))
  const classes = nodes.flatMap(n => (n.kind === 'Call' && n.func.kind === 'Name' && n.func.id === 'issubclass' && n.args[0]?.value.kind === 'Name' ? [n.args[0].value.id] : []))
  return [...returned, ...classes].some(id => [growth?.value, growth?.key].some(e => e && isMadeOf(e, id, inner)))
}

/** The expression mentions the name, or is a local that was made of it. */
function isMadeOf(expr: Expr, id: string, inner: FunctionDef): boolean {
  const made = expr.kind === 'Name' && expr.id !== id ? localValue(expr.id, inner) : null
  return mentions(expr, id) || (made !== null && mentions(made.expr, id))
}

/** Where the module calls it, or puts it around a function. */
export function callsOf(def: FunctionDef, cls: string | null, uses: ModuleUses): readonly Use[] {
  const name = def.header.name.id
  const found = cls === null ? uses.ofGlobal(name) : name === '__init__' ? uses.ofGlobal(cls) : uses.ofAttribute(name)
  return found.filter(u => u.deed === 'call' || u.deed === 'decorate')
}

/** The words by which functions take something in that others give them, mostly while the program starts. */
const REGISTERING = /^_*(un)?(register|replace|add|install|define|declare|set|subscribe|connect|listen|attach|hook|plug|include|alias|provide|override|implement|use|enable|map|bind|on|when|option|append|observe|watch|extend|export|mark|route|insert)(_|$)|(_|^)(register|hook|listener|callback|handler|plugin|converter|adapter|filter|type|alias|option|setting|path)s?$/
const REGISTERED = /(^|_)(cls|klass|func|fn|f|callback|cb|handler|hook|listener|observer|factory|codec|plugin|converter|adapter|loader|finder|importer|parser|processor|provider|middleware|extension|backend|function|callable|decorator|filter|validator|serializer|formatter)$/

/** What is added, and under which key, is given by the caller, and names say that this is registering */
function isRegistration(outer: FunctionDef, inner: FunctionDef, { growth }: Use): boolean {
  if (growth === null) return false
  const params = [...outer.header.params, ...inner.header.params].map(p => p.name.id)
  const parts = [growth.key, growth.value].filter((e): e is Expr => e !== null)
  if (parts.some(p => !isPassedOn(p, params))) return false
  return REGISTERING.test(firstWord(outer.header.name.id)) || parts.some(p => p.kind === 'Name' && REGISTERED.test(p.id))
}

/** Others put something into an object that is a mapping itself. */
function isEntry({ header }: FunctionDef, cls: string | null, facts: ModuleFacts): boolean {
  const fact = cls === null ? undefined : facts.get(cls)
  return header.name.id === '__setitem__' && fact?.kind === 'class' && fact.def.args.some(({ value }) => MAPPINGS.test(lastName(value) ?? ''))
}

const MAPPINGS = /^(\w*Dict|dict|MutableMapping)$/

/** `AddPackagePath` and `add_package_path` begin with the same word. */
function firstWord(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
}

/** A parameter, or something made of parameters and constants alone. */
function isPassedOn(expr: Expr, params: readonly string[]): boolean {
  switch (expr.kind) {
    case 'Name': return params.includes(expr.id)
    case 'Constant': return true
    case 'Tuple':
    case 'List': return expr.elts.every(e => isPassedOn(e, params))
    case 'Attribute': return isPassedOn(expr.value, params)
    case 'Call': return expr.func.kind === 'Attribute' ? isPassedOn(expr.func.value, params) : expr.func.kind === 'Name' && expr.args.length > 0 && expr.args.every(a => isPassedOn(a.value, params))
    default: return false
  }
}

/** A call in a function that hands over something of its own: an object, a bound method, a closure. */
function isMadeAtRun({ act, place }: Use): boolean {
  const inner = place.functions.at(-1)
  if (act.kind !== 'Call' || inner === undefined || isSetUp(inner) || (place.cls !== null && MADE_ONCE.test(place.cls))) return false
  return act.args.some(a => isOwnOf(a.value, inner, place.cls !== null))
}

/** Classes with as many objects as the program has such classes. */
export const MADE_ONCE = /(Plugin|Extension|Middleware|Singleton|App|Application|Command)$/

/** Passing on a parameter is registering for somebody else, unless it is the object itself. */
function isOwnOf(expr: Expr, def: FunctionDef, isMethod: boolean): boolean {
  if (expr.kind === 'Lambda') return true
  const locals = new Set([...def.header.params.slice(0, isMethod ? 1 : 0).map(p => p.name.id), ...def.body.flatMap(s => (s.kind === 'FunctionDef' ? [s.header.name.id] : s.kind === 'Assign' ? s.targets.flatMap(t => (t.kind === 'Name' ? [t.id] : [])) : []))])
  let found = false
  const look = (node: Node): void => { found ||= node.kind === 'Name' && locals.has(node.id) }
  look(expr)
  if (expr.kind === 'Attribute') look(expr.value)
  return found
}

/** The words for what a program does once. */
const SET_UP = /^\w*setup$|^_*populate\w*$|^_*(init|initiali[sz]e|setup|set_up|setUp\w*|configure|bootstrap|install|main|autodiscover|discover|ready|startup|on_startup|start|create_app|make_app|app_factory|lifespan|includeme|pytest_\w+|conftest|load_(plugins?|extensions?|config\w*|settings|modules)|register|prepare|warm_?up|preload)(_|$)|_(init|setup|config|configuration|defaults?|types?table|tables?|plugins?)$/

/** All calls that are known come from such functions. */
function isPartOfSetUp(def: FunctionDef, cls: string | null, uses: ModuleUses): boolean {
  const calls = callsOf(def, cls, uses)
  return calls.length > 0 && calls.every(({ place }) => place.functions[0] !== undefined && isSetUp(place.functions[0]))
}

function isSetUp({ header }: FunctionDef): boolean {
  return SET_UP.test(header.name.id) && header.name.id !== '__init__'
}
