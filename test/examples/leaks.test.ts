/** Leaks as public projects had and mended them, recreated in examples/: each is found, and nothing else is said of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDocument } from '../../server/src/service/analyser.ts'
import { DEFAULT_SETTINGS } from '../../server/src/service/config.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'

const EXAMPLES = new URL('../../examples/', import.meta.url)

/** What the rules on long-lived things say of each file: rule and name. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'leaks/cached_methods.py': ['unbounded-cache words', 'unbounded-cache mentions'],
  'leaks/events_by_user.py': ['grow-only-collection _events'],
  'leaks/failures.py': ['grow-only-collection _failures'],
  'leaks/finished_jobs.py': ['grow-only-collection JOBS'],
  'leaks/labelled_metrics.py': ['grow-only-collection requests_total.children'],
  'leaks/listeners.py': ['grow-only-collection theme_changed.receivers'],
  'leaks/live_objects.py': ['grow-only-collection Connection.everyone'],
  'leaks/memo_by_id.py': ['grow-only-collection _layouts'],
  'leaks/mutable_default.py': ['grow-only-collection seen'],
  'leaks/page_cache.py': ['grow-only-collection _pages'],
  'leaks/request_log.py': ['grow-only-collection Request.steps'],
  'leaks/tables_at_import.py': ['long-lived-global _COUNTRIES'],
  'services/fastapi_inference.py': ['grow-only-collection results'],
  'services/flask_shop.py': ['grow-only-collection CARTS', 'grow-only-collection AUDIT'],
}

const LONG_LIVED: ReadonlySet<string> = new Set(['grow-only-collection', 'long-lived-global', 'unbounded-cache', 'attribute-could-be-local'])

let engine: Engine
beforeAll(async () => { engine = (await openEngine({ prefer: 'wasm' })).engine }, 120_000)
afterAll(() => engine.dispose())

it('has every file of the folders', () => {
  const files = ['leaks', 'services'].flatMap(folder => readdirSync(new URL(`${folder}/`, EXAMPLES)).filter(f => f.endsWith('.py')).map(f => `${folder}/${f}`))
  expect(files.sort()).toEqual(Object.keys(EXPECTED).sort())
})

it.each(Object.entries(EXPECTED))('%s', (file, expected) => {
  const document = openDocument(engine, readFileSync(new URL(file, EXAMPLES), 'utf8'), 0, DEFAULT_SETTINGS)
  const { findings } = document.report()
  document.dispose()
  const told = findings.filter(f => LONG_LIVED.has(f.rule))
  expect(told.map(f => `${f.rule} ${f.name}`)).toEqual(expected)
})
