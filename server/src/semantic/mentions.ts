/**
 * Which attributes the code names, and in how many places: by access (`x.name`), in a class body, by a keyword of a pattern, or in a text
 * that code may look it up by. Read off the syntax alone; whose attribute it is nobody asks here.
 */
import type { Call, Node, Stmt, Suite } from '../syntax/ast.ts'
import { forEachChild } from '../syntax/walk.ts'
import { commonEnds } from '../text/common-ends.ts'
import { perObject } from '../text/on-demand.ts'

export interface Mentions {
  readonly counts: ReadonlyMap<string, number>
  /** Attributes are looked up by names that are only known as the program runs. */
  readonly isDynamic: boolean
}

/** A statement that is the same object says the same. */
export const mentionsOf = perObject((stmt: Stmt): Mentions => new Collector().collect(stmt))

export interface ModuleMentions {
  countOf(name: string): number
  readonly isDynamic: boolean
}

/** Those of a module over its versions: what an edit leaves as it was is not counted again. */
export class MentionCounts implements ModuleMentions {
  private latest: Suite = []
  private body: Suite = []
  private readonly counts = new Map<string, number>()
  private dynamic = 0

  /** The version that is asked about. What is new in it is read when somebody asks. */
  renew(body: Suite): void {
    this.latest = body
  }

  countOf(name: string): number {
    return this.read().counts.get(name) ?? 0
  }

  get isDynamic(): boolean {
    return this.read().dynamic > 0
  }

  private read(): this {
    const { head, tail } = this.body === this.latest ? { head: this.body.length, tail: 0 } : commonEnds(this.body, this.latest)
    for (const stmt of this.body.slice(head, this.body.length - tail)) this.add(mentionsOf(stmt), -1)
    for (const stmt of this.latest.slice(head, this.latest.length - tail)) this.add(mentionsOf(stmt), 1)
    this.body = this.latest
    return this
  }

  private add({ counts, isDynamic }: Mentions, sign: 1 | -1): void {
    for (const [name, count] of counts) this.counts.set(name, (this.counts.get(name) ?? 0) + sign * count)
    if (isDynamic) this.dynamic += sign
  }
}

class Collector implements Mentions {
  readonly counts = new Map<string, number>()
  isDynamic = false

  collect(stmt: Stmt): Mentions {
    if (stmt.kind === 'ClassDef') this.classDef(stmt)
    else this.visit(stmt)
    return this
  }

  /** Its statements outlive edits of one another. */
  private classDef(node: Extract<Stmt, { kind: 'ClassDef' }>): void {
    const inside = new Set<Node>(node.body)
    forEachChild(node, child => { if (!inside.has(child)) this.visit(child) })
    for (const stmt of node.body) {
      this.takeOver(mentionsOf(stmt))
      this.bound(stmt)
    }
  }

  private takeOver({ counts, isDynamic }: Mentions): void {
    for (const [name, count] of counts) this.add(name, count)
    this.isDynamic ||= isDynamic
  }

  /** What a statement of a class body binds is an attribute of the class. */
  private bound(stmt: Stmt): void {
    if (stmt.kind === 'FunctionDef') this.add(stmt.header.name.id)
    else if (stmt.kind === 'ClassDef') this.add(stmt.name.id)
    else this.namesIn(stmt)
  }

  private namesIn(node: Node): void {
    if (node.kind === 'Name') this.add(node.id)
    if (node.kind === 'FunctionDef') return this.add(node.header.name.id)
    forEachChild(node, child => this.namesIn(child))
  }

  private readonly visit = (node: Node): void => {
    switch (node.kind) {
      case 'Attribute':
        this.add(node.attr)
        if (node.attr === '__dict__') this.isDynamic = true
        break
      case 'Constant':
        if (node.type === 'str' && typeof node.value === 'string') this.text(node.value)
        break
      case 'MatchClass':
        for (const name of node.keywords) this.add(name)
        break
      case 'Call':
        this.call(node)
        break
      case 'ClassDef': return this.classDef(node)
    }
    forEachChild(node, this.visit)
  }

  private call({ func, args }: Call): void {
    if (func.kind !== 'Name') return
    const [, second] = args
    if (func.id === 'vars' && args.length > 0) this.isDynamic = true
    if (NAMING.has(func.id) && second?.value.kind !== 'Constant') this.isDynamic = true
  }

  /** `name`, `pkg.mod.Class.name`, `{0.name}`, `%(name)s`. */
  private text(text: string): void {
    if (/^[A-Za-z_][\w.]*$/.test(text)) for (const name of new Set(text.split('.'))) this.add(name)
    else for (const [field] of text.matchAll(/\{[^{}]*\}|%\(\w+\)/g)) for (const [name] of field.matchAll(/[A-Za-z_]\w*/g)) this.add(name)
  }

  private add(name: string, count = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + count)
  }
}

const NAMING: ReadonlySet<string> = new Set(['getattr', 'setattr', 'hasattr', 'delattr'])
