/**
 * Reads the cases out of a rule's page. Every ```python block is one. A finding is expected where a line ends in
 * `# <- rule: name (confidence)`; without a confidence any will do, several are separated by `;`. These comments are taken
 * out before the text is analysed. A ```python notebook block is one, too: each `# %%` line opens a cell. A case that `refuses=kind` has findings,
 * none of which offers a fix of that kind; one that `runs` is a program that CPython runs before and after each fix. A ```python fixed block gives
 * the text of the case before it after its safe fixes.
 */
import { parseSize } from '../../server/src/text/bytes.ts'
import { isTargetVersion } from '../../server/src/service/requires-python.ts'
import { DEFAULT_SETTINGS } from '../../server/src/service/config.ts'
import type { Settings } from '../../server/src/service/settings.ts'
import type { Confidence, FixKind, RuleName } from '../../server/src/rules/finding.ts'
import { CONFIDENCES, isRuleName } from '../../server/src/rules/names.ts'

export interface Expectation {
  /** Zero-based, in the text of the case. */
  readonly line: number
  readonly rule: RuleName
  /** Empty: a finding about no name. */
  readonly name: string
  /** Null: any. */
  readonly confidence: Confidence | null
}

export interface PageCase {
  /** The heading above it. */
  readonly heading: string
  /** One-based line of the page where the block opens. */
  readonly pageLine: number
  /** Without the comments that hold expectations. */
  readonly text: string
  readonly expectations: readonly Expectation[]
  readonly settings: Settings
  readonly isNotebook: boolean
  readonly fixed: FixedText | null
  /** No finding of the case offers a fix of this kind. */
  readonly refuses: FixKind | null
  /** It is a program: CPython runs it before and after every fix, and it prints the same. */
  readonly runs: boolean
}

export interface FixedText {
  readonly text: string
  /** `safe`: every safe fix is applied, as `--fix` does; `unsafe`: as `--unsafe-fixes` does; a kind: the fix of that kind of every finding. */
  readonly by: 'safe' | 'unsafe' | FixKind
}

interface Fence {
  readonly heading: string
  readonly pageLine: number
  readonly options: readonly string[]
  readonly lines: readonly string[]
}

/** Throws where the page cannot be read as cases: an open fence, an unknown option, an expectation that says nothing. */
export function readPage(markdown: string): readonly PageCase[] {
  const cases: PageCase[] = []
  for (const fence of pythonFences(markdown)) {
    if (fence.options[0] === 'fixed') attach(cases, fence)
    else cases.push(caseOf(fence))
  }
  return cases
}

function attach(cases: PageCase[], fence: Fence): void {
  const last = cases.pop()
  const [, by = 'safe', ...rest] = fence.options
  if (last === undefined || last.fixed !== null || rest.length > 0) throw new Error(`line ${fence.pageLine}: "fixed" follows a case, once, with at most one option`)
  cases.push({ ...last, fixed: { text: textOf(fence.lines, last), by: by as FixedText['by'] } })
}

function pythonFences(markdown: string): readonly Fence[] {
  const fences: Fence[] = []
  let heading = ''
  let open: { readonly pageLine: number; readonly info: readonly string[]; readonly lines: string[] } | null = null
  for (const [index, line] of markdown.split('\n').entries()) {
    if (open !== null) {
      if (line !== '```') { open.lines.push(line); continue }
      const [language, ...options] = open.info
      if (language === 'python') fences.push({ heading, pageLine: open.pageLine, options, lines: open.lines })
      open = null
    } else if (line.startsWith('```')) {
      open = { pageLine: index + 1, info: line.slice(3).trim().split(/\s+/), lines: [] }
    } else if (line.startsWith('#')) {
      heading = line.replace(/^#+\s*/, '')
    }
  }
  if (open !== null) throw new Error(`line ${open.pageLine}: the block is not closed`)
  return fences
}

function caseOf(fence: Fence): PageCase {
  const expectations: Expectation[] = []
  const lines = fence.lines.map((line, index) => {
    const match = /^(.*?)[ \t]*# <-(.*)$/.exec(line)
    if (match === null) return line
    if (match[1] === '') throw new Error(`line ${fence.pageLine + index + 1}: an expectation stands at the end of a line of code`)
    expectations.push(...match[2]!.split(';').map(item => expectation(item.trim(), index, fence.pageLine + index + 1)))
    return match[1]!
  })
  const { settings, eol, isNotebook, refuses, runs } = optionsOf(fence)
  const text = lines.map(line => line + eol).join('')
  return { heading: fence.heading, pageLine: fence.pageLine, text, expectations, settings, isNotebook, refuses, runs, fixed: null }
}

function expectation(item: string, line: number, pageLine: number): Expectation {
  const match = /^([a-z-]+)(?:: ([^\s()]+))?(?: \(([a-z]+)\))?$/.exec(item)
  const [, rule = '', name = '', confidence = null] = match ?? []
  if (!isRuleName(rule) || !(confidence === null || isConfidence(confidence))) throw new Error(`line ${pageLine}: not an expectation: ${item}`)
  return { line, rule, name, confidence }
}

function isConfidence(text: string): text is Confidence {
  return (CONFIDENCES as readonly string[]).includes(text)
}

/** The fixed text has the line endings of its case. */
function textOf(lines: readonly string[], { text }: PageCase): string {
  const eol = /\r\n/.test(text) ? '\r\n' : '\n'
  return lines.map(line => line + eol).join('')
}

function optionsOf(fence: Fence): Pick<PageCase, 'settings' | 'isNotebook' | 'refuses' | 'runs'> & { readonly eol: string } {
  let settings: Settings = DEFAULT_SETTINGS
  let eol = '\n'
  let isNotebook = false
  let refuses: FixKind | null = null
  let runs = false
  for (const option of fence.options) {
    const [key = '', value = ''] = option.split('=')
    if (key === 'target' && isTargetVersion(value)) settings = { ...settings, targetVersion: value }
    else if (key === 'confidence' && isConfidence(value)) settings = { ...settings, confidence: value }
    else if (key === 'min-size') settings = { ...settings, minimumSize: bytes(value, fence) }
    else if (option === 'assume-large') settings = { ...settings, assumeLarge: true }
    else if (option === 'eol=crlf') eol = '\r\n'
    else if (option === 'notebook') isNotebook = true
    else if (key === 'refuses') refuses = value as FixKind
    else if (option === 'runs') runs = true
    else throw new Error(`line ${fence.pageLine}: unknown option ${option}`)
  }
  return { settings, eol, isNotebook, refuses, runs }
}

function bytes(text: string, fence: Fence): number {
  const size = parseSize(text)
  if (size === null) throw new Error(`line ${fence.pageLine}: not a size: ${text}`)
  return size
}
