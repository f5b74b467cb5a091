/** `npm run bench`: ratios measured in one run, on the standard library of the python3 on the PATH. */
import { mergeSettings } from '../../server/src/service/config.ts'
import { openDocument } from '../../server/src/service/analyser.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { measureCold } from './cold.ts'
import { layerShares } from './layers.ts'
import { libraryFiles, libraryFolder, readTexts } from './library.ts'
import { measureTyping } from './typing.ts'

const SETTINGS = mergeSettings()
const SIZES = [1000, 6000, 50_000]

const { engine } = await openEngine({ prefer: 'wasm' })
const texts = readTexts(libraryFiles(libraryFolder(null)))

const cold = measureCold(engine, texts, SETTINGS)
console.log(`cold: ${cold.files} files, ${cold.lines} lines: analysis ${cold.analysis.toFixed(0)} ms, bare parsing ${cold.parsing.toFixed(0)} ms, ratio ${cold.ratio.toFixed(2)}`)

const shares = await layerShares(() => { measureCold(engine, texts, SETTINGS) })
console.log(`where the time goes: ${Object.entries(shares).map(([layer, share]) => `${layer} ${(100 * share).toFixed(0)} %`).join(', ')}`)

for (const lines of SIZES) {
  const typing = measureTyping((text, version, settings) => openDocument(engine, text, version, settings), texts, lines, SETTINGS)
  console.log(`typing in ${lines} lines: median ${typing.median.toFixed(1)} ms, 95 % ${typing.p95.toFixed(1)} ms over ${typing.keystrokes} keystrokes; opening ${typing.opening.toFixed(0)} ms`)
}
