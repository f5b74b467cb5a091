// Bundles a program of these scripts, inside the checkout so that the packages left out of the bundle are found.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { modelsAsText } from './models.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
export const folder = join(root, 'node_modules/.cache/refleak')

/** Returns the bundle's path. Neither minified nor renamed: profiles name the module a function comes from. */
export async function bundle(entry, name) {
  await mkdir(folder, { recursive: true })
  const outfile = join(folder, `${name}.mjs`)
  await build({
    absWorkingDir: root, entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning',
    external: ['tree-sitter', 'tree-sitter-python', 'web-tree-sitter'], plugins: [modelsAsText],
    banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" },
  })
  return outfile
}
