import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { checkFolder } from './files.ts'

const library = () => spawnSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_paths()["stdlib"])'], { encoding: 'utf8' }).stdout.trim()
const folder = process.env['REFLEAK_FOLDER'] ?? library()

it(`fixes of the files below ${folder}`, async () => {
  const { engine } = await openEngine({ prefer: 'wasm' })
  const { files, fixes, problems } = checkFolder(engine, folder, '3.12', line => console.log(line))
  console.log(`${files} files, ${fixes} fixes, ${problems.length} problems`)
  expect(problems).toEqual([])
  engine.dispose()
})
