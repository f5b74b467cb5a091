// Bundles the measurements and runs them in a process of their own.
import { spawnSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { buildAll } from '../build.mjs'
import { modelsAsText } from '../models.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Inside the checkout, so that the packages left out of the bundle are found. */
const folder = join(root, '.cache/bench')
await mkdir(folder, { recursive: true })
// Neither minified nor renamed: profiles name the module a function comes from.
await build({
  absWorkingDir: root, entryPoints: ['scripts/bench/main.ts'], outfile: join(folder, 'bench.mjs'), bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning',
  external: ['tree-sitter', 'tree-sitter-python', 'web-tree-sitter'], plugins: [modelsAsText],
  banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" },
})
if (!process.env.NODIST) await buildAll(join(folder, 'dist'))
const { status } = spawnSync(process.execPath, ['--expose-gc', join(folder, 'bench.mjs'), join(folder, 'dist'), ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 2
