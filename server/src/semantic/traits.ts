/** What differs between Python versions in how names are collected and resolved. */
import type { Suite } from '../syntax/ast.ts'
import { isAtLeast, TARGET_VERSIONS, type TargetVersion } from '../text/target-version.ts'

export interface Traits {
  /**
   * `eager`: names in annotations belong to the scope around them.
   * `ignored`: `from __future__ import annotations`; since 3.10 the symbol table leaves annotations out.
   * `lazy`: annotations have scopes of their own (PEP 649, 3.14).
   */
  readonly annotations: 'eager' | 'ignored' | 'lazy'
  /** Modules with annotations, and classes with annotations inside compound statements, keep `__conditional_annotations__` (PEP 649). */
  readonly conditionalAnnotations: boolean
  /** Names that every class provides to the scopes inside it: `__class__`; since 3.12 (PEP 695) `__classdict__` too. */
  readonly classCells: ReadonlySet<string>
  /** List, set and dict comprehensions run in the frame around them (PEP 709, 3.12). */
  readonly inlinesComprehensions: boolean
}

/** Traits of one version and setting are always the same object, so that caches can compare them by identity. */
export function traitsFor(target: TargetVersion, body: Suite): Traits {
  const traits = ALL.get(target)
  if (traits === undefined) throw new Error(`not a supported version: ${target}`)
  return importsAnnotations(body) ? traits.future : traits.plain
}

/** `from __future__ import` counts only among the first statements, after the docstring. */
function importsAnnotations(body: Suite): boolean {
  for (const [index, stmt] of body.entries()) {
    if (stmt.kind === 'ImportFrom' && stmt.module === '__future__' && stmt.level === 0) {
      if (stmt.names.some((alias) => alias.name === 'annotations')) return true
    } else if (index > 0 || stmt.kind !== 'ExprStmt') return false
  }
  return false
}

function traits(target: TargetVersion, future: boolean): Traits {
  const lazy = isAtLeast(target, '3.14')
  const classCells = new Set(['__class__'])
  if (isAtLeast(target, '3.12')) classCells.add('__classdict__')
  if (lazy) classCells.add('__conditional_annotations__')
  return {
    annotations: future && isAtLeast(target, '3.10') ? 'ignored' : lazy ? 'lazy' : 'eager',
    conditionalAnnotations: lazy,
    classCells,
    inlinesComprehensions: isAtLeast(target, '3.12'),
  }
}

const ALL = new Map(TARGET_VERSIONS.map((target) => [target, { plain: traits(target, false), future: traits(target, true) }]))
