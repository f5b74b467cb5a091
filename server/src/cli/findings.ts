/** What `check` knows of a file, as plain data: it crosses from the workers, and its public part is the JSON format. */
import type { Confidence, Drag, FixKind, RuleName, Severity, SizeEstimate } from '../rules/finding.ts'
import type { ReportedFinding, ReportedFix } from '../service/report.ts'
import type { FilePath } from '../workspace/files.ts'
import { TextPlaces, type FileRange, type Places } from './places.ts'

export type { FileRange }

export interface FileEdit {
  readonly path: string
  readonly range: FileRange
  readonly newText: string
}

export interface FileFix {
  readonly title: string
  readonly kind: FixKind
  readonly safety: 'safe' | 'unsafe'
  readonly edits: readonly FileEdit[]
}

/** A finding as in docs/findings.schema.json. */
export interface FileFinding {
  readonly rule: RuleName
  readonly path: string
  readonly severity: Severity
  readonly confidence: Confidence
  readonly message: string
  readonly name: string
  readonly scope: string
  readonly range: FileRange
  readonly binding: FileRange
  readonly lastUse: FileRange | null
  readonly size: SizeEstimate
  readonly drag: readonly { readonly kind: Drag['kind']; readonly range: FileRange; readonly text: string }[]
  readonly heldUntil: string
  readonly fixes: readonly FileFix[]
}

/** A finding with what the formats for people show besides. */
export interface ShownFinding {
  readonly finding: FileFinding
  readonly notes: readonly { readonly range: FileRange; readonly message: string }[]
  /** The line the finding starts on, without its line break. */
  readonly source: string
}

export interface FileProblem {
  /** As the user sees it. */
  readonly path: string
  /** 1-based. */
  readonly line: number | null
  readonly message: string
}

export interface FileResult {
  readonly path: string
  readonly findings: readonly ShownFinding[]
  /** False: it could not be read as Python source; `errors` or `remarks` say why. */
  readonly checked: boolean
  /** What was asked for and could not be done: the run has failed. */
  readonly errors: readonly FileProblem[]
  /** What was left out. */
  readonly remarks: readonly FileProblem[]
  readonly lines: number
  /** Rules of the findings that were fixed, one entry each. */
  readonly fixed: readonly RuleName[]
  /** The unified diff of the fixes where one was asked for, or ''. */
  readonly diff: string
  /** The file as that diff leaves it; null: as it is. */
  readonly draft: Uint8Array | null
  /** Fixes that edit other files, too, may be applied: what was fixed so far is what one file allows. */
  readonly reachesOut: boolean
}

/**
 * A file or folder that cannot be checked. One that was named on the command line is an error; one that a folder happens to hold is
 * only told, or no folder with a broken file in it could ever pass.
 */
export function uncheckedResult(path: string, message: string, given: boolean): FileResult {
  const problems: readonly FileProblem[] = [{ path, line: null, message }]
  return emptyResult(path, given ? { errors: problems } : { remarks: problems })
}

/** A file that was not checked, unless `more` says otherwise. */
export function emptyResult(path: string, more: Partial<FileResult> = {}): FileResult {
  return { path, findings: [], checked: false, errors: [], remarks: [], lines: 0, fixed: [], diff: '', draft: null, reachesOut: false, ...more }
}

/** How the user names a file: the one that is checked, or another one by its absolute path. */
export type NameOf = (path: FilePath | null) => string

/** The finding with places in its file. */
export function shownFinding(finding: ReportedFinding, nameOf: NameOf, places: Places): ShownFinding {
  const range = places.rangeOf(finding.range)
  const path = nameOf(null)
  return {
    finding: {
      rule: finding.rule,
      path,
      severity: finding.severity,
      confidence: finding.confidence,
      message: finding.message,
      name: finding.name,
      scope: finding.scope,
      range,
      binding: places.rangeOf(finding.binding),
      lastUse: finding.lastUse === null ? null : places.rangeOf(finding.lastUse),
      size: { low: finding.size.low, high: finding.size.high, basis: finding.size.basis },
      drag: finding.drag.map((drag) => ({ kind: drag.kind, range: places.rangeOf(drag), text: drag.text })),
      heldUntil: finding.heldUntil,
      fixes: finding.fixes.map((fix) => shownFix(fix, nameOf, places)),
    },
    notes: finding.notes.map((note) => ({ range: places.rangeOf(note), message: note.message })),
    source: places.lineText(range.start.line, range.cell),
  }
}

function shownFix({ title, kind, safety, edits, others = [] }: ReportedFix, nameOf: NameOf, places: Places): FileFix {
  const elsewhere = new Map(others.map(({ path, text }) => [path, new TextPlaces(text)]))
  const placesOf = (path: FilePath | null): Places => (path === null ? null : elsewhere.get(path)) ?? places
  return { title, kind, safety, edits: edits.map((edit) => ({ path: nameOf(edit.path), range: placesOf(edit.path).rangeOf(edit), newText: edit.newText })) }
}
