/**
 * `npm run bench`: ratios measured in one run, on the standard library of the python3 on the PATH; `--index FOLDER…`: the index of these folders
 * alone, so that the memory of the process is what it takes. The argument is the folder of the built program.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mergeSettings } from '../../server/src/service/config.ts'
import { openDocument } from '../../server/src/service/analyser.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { formatBytes } from '../../server/src/text/bytes.ts'
import { analyseAll, measureCold } from './cold.ts'
import { composedText } from './files.ts'
import { measureIndex } from './index.ts'
import { layerShares } from './layers.ts'
import { libraryFiles, libraryFolder, readTexts } from './library.ts'
import { measureMemory } from './memory.ts'
import { measureParallel, measureStartUp } from './process.ts'
import { measureTogether } from './together.ts'
import { measureServerTyping, measureTyping, type Typing } from './typing.ts'

const SETTINGS = mergeSettings()
const SIZES = [1000, 6000, 50_000]

const { engine } = await openEngine({ prefer: 'wasm' })
const asked = process.argv.indexOf('--index')
if (asked < 0) await measureAll()
tellIndex(asked < 0 ? [libraryFolder(null)] : process.argv.slice(asked + 1))

async function measureAll(): Promise<void> {
  const program = join(process.argv[2] as string, 'refleak.mjs')
  const open = (text: string, version: number, settings: typeof SETTINGS) => openDocument(engine, text, version, settings)
  const library = libraryFolder(null)
  const files = libraryFiles(library)
  const texts = readTexts(files)

  for (const when of ['in a process that has just started', 'once its code is compiled']) {
    const cold = measureCold(engine, texts, SETTINGS)
    console.log(`cold, ${when}: ${cold.files} files, ${cold.lines} lines: analysis ${cold.analysis.toFixed(0)} ms, bare parsing ${cold.parsing.toFixed(0)} ms, ratio ${cold.ratio.toFixed(2)}`)
  }

  const checked = measureTogether(engine, library, files, SETTINGS)
  console.log(`as one workspace: ${checked.together.toFixed(0)} ms, one by one ${checked.alone.toFixed(0)} ms, ratio ${checked.ratio.toFixed(2)}`)

  const shares = await layerShares(() => analyseAll(engine, texts, SETTINGS))
  console.log(`where the time goes: ${Object.entries(shares).map(([layer, share]) => `${layer} ${(100 * share).toFixed(0)} %`).join(', ')}`)

  for (const lines of SIZES) tellTyping('typing in', measureTyping(open, texts, lines, SETTINGS))
  tellTyping('typing through the server, findings asked for, in', await measureServerTyping(program, texts, SIZES.at(-1) as number))

  const folder = mkdtempSync(join(tmpdir(), 'refleak-bench-'))
  try {
    const file = join(folder, 'thousand.py')
    const text = composedText(texts, 1000)
    writeFileSync(file, text)
    const { server, check, node } = await measureStartUp(program, file, text)
    console.log(`start-up to the findings of 1000 lines: server ${server.toFixed(0)} ms, check ${check.toFixed(0)} ms; node alone ${node.toFixed(0)} ms`)
  } finally {
    rmSync(folder, { recursive: true })
  }

  const memory = measureMemory(open, texts, 6000, SETTINGS, [100, 1000, 10_000])
  console.log(`memory with 6000 lines: ${memory.map(({ edits, heap, reserved, resident }) => `after ${edits} edits ${formatBytes(heap)} in use, ${formatBytes(reserved)} reserved for the heap, ${formatBytes(resident)} resident`).join('; ')}`)

  const { jobs, alone, together } = measureParallel(program, library)
  console.log(`check of the library: ${(alone / 1000).toFixed(1)} s with --jobs 1, ${(together / 1000).toFixed(1)} s with --jobs ${jobs}, ratio ${(alone / together).toFixed(2)}`)
}

function tellTyping(where: string, { lines, median, p95, worst, keystrokes, opening, findings }: Typing): void {
  console.log(`${where} ${lines} lines: median ${median.toFixed(1)} ms, 95 % ${p95.toFixed(1)} ms, worst ${worst.toFixed(0)} ms over ${keystrokes} keystrokes, ${findings} findings; opening ${opening.toFixed(0)} ms`)
}

function tellIndex(folders: readonly string[]): void {
  const { files, lines, building, parsing, ratio, held, peak, edit } = measureIndex(engine, folders)
  console.log(`index: ${files} files, ${lines} lines: built in ${building.toFixed(0)} ms, bare parsing ${parsing.toFixed(0)} ms, ratio ${ratio.toFixed(2)}; holds ${held.toFixed(0)} MB, process ${peak.toFixed(0)} MB at most; one edit ${edit.toFixed(0)} ms`)
}
