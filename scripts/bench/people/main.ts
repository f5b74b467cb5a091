/**
 * `npm run bench:people -- FOLDER…`: does the analyser propose what people did? Each folder holds `stripped/`, files from which
 * releases that people wrote were taken out, with `mapping.jsonl` saying where they stood; or `files/`, ordinary files in which
 * the findings are counted; or both.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mergeSettings } from '../../../server/src/service/config.ts'
import type { ReportedFinding } from '../../../server/src/service/report.ts'
import type { Settings } from '../../../server/src/service/settings.ts'
import { openEngine } from '../../../server/src/syntax/engines/open.ts'
import { isFound, isNear, releasesOf, type PlaceOfPerson } from './places.ts'
import { findingsIn, sourcesIn, type Sourced } from './sources.ts'
import { counted, perThousand, type Row } from './tally.ts'

const { values: shown, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { missed: { type: 'boolean', default: false }, findings: { type: 'boolean', default: false } },
})
if (folders.length === 0) throw new Error('name the folders to look at: each with stripped/ and mapping.jsonl, or files/')

const MODES: readonly (readonly [string, Settings])[] = [
  ['default settings', mergeSettings()],
  ['--assume-large --confidence possible', mergeSettings({ assumeLarge: true, confidence: 'possible' })],
]
const { engine } = await openEngine({ prefer: 'wasm' })

for (const folder of folders) {
  for (const [mode, settings] of MODES) {
    console.log(`${folder}, ${mode}`)
    if (existsSync(join(folder, 'mapping.jsonl'))) recall(folder, settings)
    if (existsSync(join(folder, 'files'))) density(join(folder, 'files'), settings)
  }
}

function recall(folder: string, settings: Settings): void {
  const lines = readFileSync(join(folder, 'mapping.jsonl'), 'utf8').split('\n').filter(line => line !== '')
  const places = lines.map(line => JSON.parse(line) as PlaceOfPerson)
  const rows: Row[] = []
  const missed: string[] = []
  let others = 0
  let length = 0
  for (const source of sourcesIn(join(folder, 'stripped'))) {
    const wanted = places.filter(p => p.file === source.file)
    if (wanted.length === 0) continue
    const findings = findingsIn(source, engine, settings)
    const releases = releasesOf(findings, source.text)
    for (const place of wanted.filter(p => p.primary)) {
      const found = isFound(place, releases)
      rows.push({ found, groups: [`class ${place.cls}`, `domain ${place.domain}`, place.loop_depth > 0 ? 'in a loop' : 'not in a loop', place.gc_follows ? 'gc.collect() follows' : 'no gc.collect() follows'] })
      if (!found) missed.push(`${place.file}:${place.ideal_after}:${place.name}`)
    }
    const near = new Set(releases.filter(r => wanted.some(p => isNear(p, r))).map(r => r.finding))
    others += findings.length - near.size
    length += source.lines
  }
  for (const line of counted(rows)) console.log(`  ${line}`)
  console.log(`  other findings in these files: ${perThousand(others, length)}`)
  if (shown.missed) for (const place of missed) console.log(`  missed ${place}`)
}

function density(folder: string, settings: Settings): void {
  const sources = sourcesIn(folder)
  const found = sources.map(source => ({ source, findings: findingsIn(source, engine, settings) }))
  const all = found.flatMap(f => f.findings)
  console.log(`  ordinary files: ${perThousand(all.length, sources.reduce((n, s) => n + s.lines, 0))}`)
  for (const rule of new Set(all.map(f => f.rule))) console.log(`    ${rule} ${all.filter(f => f.rule === rule).length}`)
  if (shown.findings) for (const { source, findings } of found) for (const finding of findings) console.log(`  ${told(finding, source)}`)
}

function told(finding: ReportedFinding, source: Sourced): string {
  const line = source.text.slice(0, finding.range.start).split('\n').length
  return `${source.file}:${line}: ${finding.confidence} ${finding.rule}: ${finding.message}`
}
