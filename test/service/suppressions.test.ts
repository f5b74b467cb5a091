import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../server/src/fixes/apply.ts'
import type { RuleName } from '../../server/src/rules/finding.ts'
import type { ReportedFinding } from '../../server/src/service/report.ts'
import { suppressEdit } from '../../server/src/service/suppression-edits.ts'
import type { SuppressionInput } from '../../server/src/service/suppressions.ts'
import { applySuppressions } from '../../server/src/service/suppressions.ts'
import type { Directive } from '../../server/src/syntax/source.ts'

/** The comments with `refleak:`; good enough for texts without `#` in strings. */
function directivesOf(text: string): Directive[] {
  return [...text.matchAll(/#[^\r\n]*/g)].filter((match) => match[0].includes('refleak:'))
    .map((match) => ({ start: match.index, end: match.index + match[0].length, text: match[0] }))
}

/** A finding on the first occurrence of `text`. */
function on(source: string, text: string, rule: RuleName = 'held-after-last-use'): ReportedFinding {
  const start = source.indexOf(text)
  if (start === -1) throw new Error(`${JSON.stringify(text)} is not in the text`)
  const range = { start, end: start + text.length }
  return {
    rule, severity: 'warning', confidence: 'likely', message: 'm', name: 'x', names: ['x'], scope: 'f', range, binding: range, lastUse: range,
    size: { low: 1, high: 1, basis: 'b' }, drag: [], heldUntil: 'function exit', notes: [], fixes: [],
  }
}

function run(text: string, findings: readonly ReportedFinding[], more: Partial<SuppressionInput> = {}) {
  return applySuppressions({
    text, directives: directivesOf(text), findings, topEnd: text.search(/^[^#\s]/m), complete: true, isActive: () => true, severity: 'hint', ...more,
  })
}

function left(text: string, findings: readonly ReportedFinding[], more: Partial<SuppressionInput> = {}): string[] {
  return run(text, findings, more).findings.map((finding) => finding.rule === 'unused-suppression' ? `${finding.rule}: ${finding.message}` : finding.rule)
}

/** The text after the fixes of the reported unused suppressions. */
function cleaned(text: string, findings: readonly ReportedFinding[] = [], more: Partial<SuppressionInput> = {}): string {
  return run(text, findings, more).findings.flatMap((finding) => finding.fixes[0] ?? []).reverse().reduce((result, fix) => applyEdits(result, fix.edits), text)
}

describe('a suppression takes away', () => {
  it.each([
    ['the named rule on its line', 'use(rows)  # refleak: ignore[held-after-last-use]\n'],
    ['one of several rules', 'use(rows)  # refleak: ignore[held-after-last-use, held-after-last-use]\n'],
    ['every rule', 'use(rows)  # refleak: ignore\n'],
    ['a rule, with a reason after it', 'use(rows)  # refleak: ignore[held-after-last-use] small in practice\n'],
    ['a rule, after another remark', 'use(rows)  # noqa: E501  # refleak: ignore[held-after-last-use]\n'],
    ['a rule, without blanks', 'use(rows)#refleak:ignore[held-after-last-use]\n'],
    ['findings that begin on another line', 'call(use(\n  rows))  # refleak: ignore[held-after-last-use]\n'],
    ['findings on a line that goes on with a backslash', 'use(rows) + \\\n  1  # refleak: ignore[held-after-last-use]\n'],
    ['findings on a line that goes on in a string', 'use(rows, """\n# not a comment\n""")  # refleak: ignore[held-after-last-use]\n'],
    ['every finding of the file', '# refleak: ignore-file\nx = 1\nuse(rows)\n'],
    ['findings of one rule in the file', '# refleak: ignore-file[held-after-last-use]\nx = 1\nuse(rows)\n'],
    ['findings in a file with lone CR', 'x = 1\ruse(rows)  # refleak: ignore\ry = 2\r'],
  ])('%s', (_, text) => {
    const target = text.includes('use(\n') ? 'use(\n  rows)' : 'use(rows'
    expect(left(text, [on(text, target)])).toEqual([])
  })
})

describe('a suppression leaves', () => {
  it('other rules', () => {
    const text = 'use(rows)  # refleak: ignore[useless-del]\n'
    expect(left(text, [on(text, 'rows')])).toEqual(['held-after-last-use', expect.stringContaining('`useless-del` is not reported on this line')])
  })

  it('other lines', () => {
    const text = 'use(rows)\nx = 1  # refleak: ignore\n'
    expect(left(text, [on(text, 'rows')])).toEqual(['held-after-last-use', expect.stringContaining('nothing is reported on this line')])
  })

  it('everything, where ignore-file stands too late', () => {
    const text = 'x = 1\n# refleak: ignore-file\nuse(rows)\n'
    expect(left(text, [on(text, 'rows')])).toEqual(['held-after-last-use', expect.stringContaining('only before the first statement')])
  })
})

describe('an unused suppression', () => {
  it.each([
    ['x = 1  # refleak: ignore\ny = 2\n', 'x = 1\ny = 2\n'],
    ['x = 1  # refleak: ignore[useless-del]\r\ny = 2\r\n', 'x = 1\r\ny = 2\r\n'],
    ['    # refleak: ignore[useless-del]\ny = 2\n', 'y = 2\n'],
    ['# refleak: ignore-file\ny = 2\n', 'y = 2\n'],
    ['x = 1  # noqa  # refleak: ignore\n', 'x = 1  # noqa\n'],
    ['x = 1  # refleak: ignore  # noqa\n', 'x = 1  # noqa\n'],
    ['x = 1  # refleak: ignore[]', 'x = 1'],
    ['x = 1  # refleak: ignore[nonsense]\n', 'x = 1\n'],
  ])('is removed by its fix: %j', (text, expected) => {
    expect(cleaned(text)).toBe(expected)
  })

  it('keeps the rules that are used', () => {
    const text = 'use(rows)  # refleak: ignore[useless-del, held-after-last-use, nonsense] why\n'
    expect(cleaned(text, [on(text, 'rows')])).toBe('use(rows)  # refleak: ignore[held-after-last-use] why\n')
  })

  it('names what is no rule, also in the remarks', () => {
    const text = 'use(rows)  # refleak: ignore[held-after-last-use, nonsense]\n'
    expect(left(text, [on(text, 'rows')])).toEqual(['unused-suppression: Unused suppression: `nonsense` is not a rule.'])
    expect(run(text, []).remarks).toEqual([{ range: { start: 50, end: 58 }, message: 'unknown rule "nonsense" in a suppression' }])
  })

  it('is not judged where the file could not be analysed, or its rule does not run', () => {
    const text = 'x = 1  # refleak: ignore[useless-del]\ny = 1  # refleak: ignore\n'
    expect(left(text, [], { complete: false })).toEqual([])
    expect(left('x = 1  # refleak: ignore[useless-del]\n', [], { isActive: (rule) => rule !== 'useless-del' })).toEqual([])
    expect(left(text, [], { isActive: (rule) => rule !== 'unused-suppression' })).toEqual([])
  })

  it('can itself be suppressed', () => {
    expect(left('x = 1  # refleak: ignore[useless-del, unused-suppression]\n', [])).toEqual([])
  })

  it.each(['x = 1  # refleak: ignroe\n', 'x = 1  # refleak: ignore[useless-del\n', 'x = 1  # refleak: ignore-all\n'])('that is misspelt is told: %j', (text) => {
    expect(left(text, [])).toEqual([expect.stringContaining('This comment suppresses nothing')])
  })
})

describe('the edit that suppresses a finding', () => {
  const suppressed = (text: string, target = 'rows'): string | null => {
    const edit = suppressEdit(text, directivesOf(text), on(text, target))
    return edit === null ? null : applyEdits(text, [edit])
  }

  it.each([
    ['use(rows)\n', 'use(rows)  # refleak: ignore[held-after-last-use]\n'],
    ['use(rows)', 'use(rows)  # refleak: ignore[held-after-last-use]'],
    ['use(rows)  \r\nx = 1', 'use(rows)  # refleak: ignore[held-after-last-use]\r\nx = 1'],
    ['use(rows)  # noqa\n', 'use(rows)  # noqa  # refleak: ignore[held-after-last-use]\n'],
    ['use(rows)  # refleak: ignore[useless-del]\n', 'use(rows)  # refleak: ignore[useless-del, held-after-last-use]\n'],
    ['use(rows)  # refleak: ignore[]\n', 'use(rows)  # refleak: ignore[held-after-last-use]\n'],
    ['use(rows) + \\\n  1\n', 'use(rows) + \\\n  1  # refleak: ignore[held-after-last-use]\n'],
    ['use(rows, """\ntext\n""")\n', 'use(rows, """\ntext\n""")  # refleak: ignore[held-after-last-use]\n'],
    ["use(rows, r'\\'') ; x = '#'\n", "use(rows, r'\\'') ; x = '#'  # refleak: ignore[held-after-last-use]\n"],
  ])('%j', (text, expected) => {
    expect(suppressed(text)).toBe(expected)
    expect(left(expected, [on(expected, 'rows')].concat(expected.includes('useless') ? [on(expected, 'use', 'useless-del')] : []))).toEqual([])
  })

  it('is not offered where every rule is suppressed already', () => {
    expect(suppressed('use(rows)  # refleak: ignore\n')).toBeNull()
  })

  it.each(['use(rows, """open\n', 'use(rows) \\'])('is not offered where no comment can stand: %j', (text) => {
    expect(suppressed(text)).toBeNull()
  })
})
