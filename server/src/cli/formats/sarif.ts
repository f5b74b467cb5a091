/** `--format sarif`: the Static Analysis Results Interchange Format 2.1.0 (OASIS), which code hosts and editors read. */
import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ArtifactLocation, Fix, Location, Log, LogicalLocation, Notification, Region, ReportingDescriptor, Result } from 'sarif'
import type { Severity } from '../../rules/finding.ts'
import { RULE_NAMES } from '../../rules/names.ts'
import type { FileFix, FileProblem, FileResult, ShownFinding } from '../findings.ts'
import { lineName, type FileRange } from '../places.ts'

export interface SarifInput {
  /** Of this program. */
  readonly version: string
  /** The folder that relative paths start from. */
  readonly cwd: string
  /** One sentence on a rule. */
  readonly summaryOf: (rule: string) => string
}

const LEVELS: Readonly<Record<Severity, Result.level>> = { warning: 'warning', information: 'note', hint: 'note' }
const BASE = 'WORKING_FOLDER'

export function formatSarif(results: readonly FileResult[], input: SarifInput): string {
  const notifications = results.flatMap((result) => [
    ...result.errors.map((problem) => notification(problem, 'error')),
    ...result.remarks.map((problem) => notification(problem, 'warning')),
  ])
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'refleak', version: input.version, rules: RULE_NAMES.map((rule) => descriptor(rule, input)) } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { [BASE]: { uri: `${pathToFileURL(input.cwd).href.replace(/\/$/, '')}/` } },
      invocations: [{ executionSuccessful: results.every((result) => result.errors.length === 0), toolExecutionNotifications: notifications }],
      results: results.flatMap((result) => result.findings.map(resultOf)),
    }],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function descriptor(rule: string, input: SarifInput): ReportingDescriptor {
  return { id: rule, shortDescription: { text: input.summaryOf(rule) } }
}

function resultOf(shown: ShownFinding): Result {
  const { finding } = shown
  return {
    ruleId: finding.rule,
    ruleIndex: RULE_NAMES.indexOf(finding.rule),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [{
      physicalLocation: physical(finding.path, finding.range),
      logicalLocations: [{ fullyQualifiedName: finding.scope }, ...cellOf(finding.range)],
    }],
    relatedLocations: relatedLocations(shown),
    // Edits of a cell cannot be told as regions of its file.
    fixes: finding.range.cell === undefined ? finding.fixes.map(fixOf) : [],
    properties: { confidence: finding.confidence, size: finding.size, heldUntil: finding.heldUntil },
  }
}

function relatedLocations({ finding, notes }: ShownFinding): Location[] {
  const places = [
    { range: finding.binding, message: `${finding.name || 'the name'} is bound here` },
    ...(finding.lastUse === null ? [] : [{ range: finding.lastUse, message: 'last use' }]),
    ...finding.drag.map((drag) => ({ range: drag.range, message: drag.text })),
    ...notes,
  ]
  return places.map(({ range, message }, id) => ({
    id,
    message: { text: message },
    physicalLocation: physical(finding.path, range),
    ...(range.cell === undefined ? {} : { logicalLocations: cellOf(range) }),
  }))
}

function fixOf(fix: FileFix): Fix {
  const paths = [...new Set(fix.edits.map((edit) => edit.path))]
  return {
    description: { text: `${fix.title} (${fix.safety})` },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifact(path),
      replacements: fix.edits.filter((edit) => edit.path === path)
        .map((edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.newText } })),
    })),
  }
}

function notification(problem: FileProblem, level: Notification.level): Notification {
  const where = { artifactLocation: artifact(problem.path), ...(problem.line === null ? {} : { region: { startLine: problem.line } }) }
  return { level, message: { text: problem.message }, locations: [{ physicalLocation: where }] }
}

function artifact(path: string): ArtifactLocation {
  return isAbsolute(path) ? { uri: pathToFileURL(path).href } : { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: BASE }
}

/** Lines of a notebook's cells are none of its file's: there the place is the cell. */
function physical(path: string, range: FileRange): Location['physicalLocation'] {
  return { artifactLocation: artifact(path), ...(range.cell === undefined ? { region: region(range) } : {}) }
}

function cellOf(range: FileRange): LogicalLocation[] {
  return range.cell === undefined ? [] : [{ name: lineName(range), kind: 'element' }]
}

function region({ start, end }: FileRange): Region {
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 }
}
