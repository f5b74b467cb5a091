/**
 * A stand-in for the analysis where the protocol is tested, not the rules: `big NAME` binds a large object, `use NAME` uses it.
 * The last use before a line `work` gets a finding with a fix that inserts `del NAME` after it.
 */
import type { AnalysedDocument, TextChange } from '../../server/src/service/document.ts'
import type { Report, ReportedFinding } from '../../server/src/service/report.ts'
import type { Settings } from '../../server/src/service/settings.ts'

export class FakeAnalysis implements AnalysedDocument {
  isStale = false
  text: string
  version: number
  settings: Settings
  readonly directives = []
  /** How often a report was computed. */
  reports = 0
  disposed = false

  constructor(text: string, version: number, settings: Settings) {
    this.text = text
    this.version = version
    this.settings = settings
  }

  update(changes: readonly TextChange[], version: number): void {
    this.text = changes.reduce((text, { start, end, newText }) => text.slice(0, start) + newText + text.slice(end), this.text)
    this.version = version
    if (this.text.includes('crash update')) throw new Error('the update failed on purpose')
  }

  configure(settings: Settings): void {
    this.settings = settings
  }

  report(): Report {
    this.reports += 1
    if (this.text.includes('crash report')) throw new Error('the report failed on purpose')
    const remarks = this.text.includes('generated file') ? [{ range: null, message: 'generated file' }] : []
    const findings = [...this.text.matchAll(/^big (\w+)/gm)].flatMap((match) => findingFor(this.text, match.index, match[1] ?? ''))
    return { version: this.version, findings: findings.filter((finding) => !this.settings.ignore.includes(finding.rule)), remarks }
  }

  hover(offset: number): { range: { start: number; end: number }; text: string } | null {
    const finding = this.report().findings.find(({ binding }) => binding.start <= offset && offset <= binding.end)
    return finding === undefined ? null : { range: finding.binding, text: `**${finding.name}** is large` }
  }

  dispose(): void {
    this.disposed = true
  }
}

function findingFor(text: string, start: number, name: string): ReportedFinding[] {
  const work = text.indexOf('\nwork', start)
  const use = text.lastIndexOf(`use ${name}`, work)
  if (work < 0 || use < start || text.slice(use, work).includes('del ')) return []
  const lastUse = { start: use + 4, end: use + 4 + name.length }
  const end = text.indexOf('\n', use) + 1
  const edit = (newText: string) => [{ start: end, end, newText, path: null }]
  return [{
    rule: 'held-after-last-use', severity: 'warning', confidence: 'certain', name, names: [name], scope: '<module>', heldUntil: 'process exit',
    message: `${name} (1 GiB) is held while work runs`,
    range: lastUse, lastUse, binding: { start: start + 4, end: start + 4 + name.length },
    size: { low: 2 ** 30, high: 2 ** 30, basis: 'a test' },
    drag: [{ start: work + 1, end: work + 5, kind: 'call', text: 'work runs' }],
    notes: [],
    fixes: [
      { title: `Insert "del ${name}"`, kind: 'delete', safety: 'safe', edits: edit(`del ${name}\n`) },
      { title: `Insert "${name} = None" (a debugger may look at it)`, kind: 'none', safety: 'unsafe', edits: edit(`${name} = None\n`) },
    ],
  }]
}

export const fakeAnalysis = (text: string, version: number, settings: Settings): AnalysedDocument => new FakeAnalysis(text, version, settings)
