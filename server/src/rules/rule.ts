/** What a rule is given and what it gives. */
import type { FunctionPlace } from '../semantic/functions.ts'
import type { ScopeTree } from '../semantic/scope.ts'
import type { ModuleMentions } from '../semantic/mentions.ts'
import type { ModuleUses } from '../semantic/uses/uses.ts'
import type { ExprStmt, FunctionDef, Stmt, Suite } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { TargetVersion } from '../text/target-version.ts'
import type { WorkspaceView } from '../workspace/index.ts'
import type { FrameAnalysis, Frames } from '../values/frames.ts'
import type { ModuleFacts } from '../values/module-facts.ts'
import type { Confidence, Finding, RuleName } from './finding.ts'
import type { FrameIndex } from './frame-index.ts'
import type { HeldObject } from './held.ts'

export interface RuleOptions {
  /** Bytes. */
  readonly minimumSize: number
  /** An unknown size counts as large. */
  readonly assumeLarge: boolean
  /** Findings of less confidence are not wanted. */
  readonly confidence: Confidence
  readonly target: TargetVersion
  /** Names of the module live until the process ends, or for as long as the notebook's kernel. */
  readonly session: 'process' | 'kernel'
  /** It is run, and no import can name it: a notebook, `2-train.py`. */
  readonly isRun: boolean
  /** The file is one of tests: what they work on is small, unless its size is known. */
  readonly inTests: boolean
  /** The file is an example or a page of documentation: what its top level reads or makes is small, too. */
  readonly inExamples: boolean
}

export interface FrameFacts {
  readonly analysis: FrameAnalysis
  readonly index: FrameIndex
  /** `Class.method`, or `<module>`. */
  readonly scope: string
  readonly options: RuleOptions
  /** As in `ModuleView`, for the frame of the module. */
  readonly displayed: readonly ExprStmt[]
  /** What the frame holds too long; worked out once for the rules that share it. */
  readonly held: readonly HeldObject[]
}

/** One statement of the module. The same object as long as nothing of it, and nothing that its functions asked for, has changed. */
export interface Part {
  readonly stmt: Stmt
  /** Its functions, methods and nested ones included, in the order of the text: without those that have syntax errors, and those that Python does not run as they are written. */
  readonly functions: readonly FunctionPlace[]
}

/**
 * A module as a whole, for rules about what outlives one function: globals, classes, caches. One object for all versions of the text: each
 * question is answered for the version that is looked at. Frames are made when they are asked for, and kept as `Frames` says.
 */
export interface ModuleView {
  readonly body: Suite
  readonly parts: readonly Part[]
  readonly scopes: ScopeTree
  readonly facts: ModuleFacts
  readonly uses: ModuleUses
  readonly mentions: ModuleMentions
  readonly frames: Pick<Frames, 'of' | 'ofModule' | 'supposing'>
  /** A function of this file, with the class whose method it is; null where it has syntax errors, or Python does not run it as it is written. */
  placeOf(def: FunctionDef): FunctionPlace | null
  /** What the cells of a notebook end in and show, in order; none in a file. */
  readonly displayed: readonly ExprStmt[]
  readonly options: RuleOptions
  /** Who uses this module's globals, in all files; null: the file is looked at alone, and others may use whatever is public in it. */
  readonly workspace: WorkspaceView | null
}

interface Described {
  readonly name: RuleName
  /** One line for tables. */
  readonly summary: string
}

/**
 * A rule that looks at one frame at a time. What it finds is kept as long as the frame and what it depends on is unchanged;
 * findings are written from that for each version of the text.
 */
export interface FrameRule extends Described {
  check(facts: FrameFacts): readonly Draft[]
  /**
   * Functions without names of their own are looked at only where this says so, from their text alone: making their frames is what costs.
   * Absent: of them the rule has nothing to say.
   */
  looksAt?(def: FunctionDef): boolean
}

/**
 * A rule that looks at a module as a whole. It runs for every version of the text, so it keeps what it reads off a statement (`perPart`), and
 * what it says of one thing until something changes that this stands on (`kept.ts`).
 */
export interface ModuleRule extends Described {
  checkModule(module: ModuleView): readonly Draft[]
}

/** Either, or both. */
export type Rule = FrameRule | ModuleRule

export function isModuleRule(rule: Rule): rule is ModuleRule {
  return 'checkModule' in rule
}

export function isFrameRule(rule: Rule): rule is FrameRule {
  return 'check' in rule
}

/** A finding that waits for the text to be written down: spans and edits are worked out from the layout. */
export type Draft = (source: Source) => Finding
