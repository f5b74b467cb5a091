// Bundles the program into dist/ (or the folder given): what runs from there needs no node_modules.
import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { checkModels, modelsAsText } from './models.mjs'
import { noticesFor } from './notices.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)

/**
 * What is bundled together. Entries of one bundle share chunks. `modules`: ES modules (.mjs); `commonjs`: what VS Code's extension host loads (.cjs).
 * Packages in `external` are found at run time: the editor's own API, and the native parser where it is installed.
 */
const BUNDLES = [
  { format: 'modules', entries: { refleak: 'server/src/cli/main.ts', worker: 'server/src/cli/worker.ts' }, external: ['tree-sitter', 'tree-sitter-python'] },
  { format: 'commonjs', entries: { extension: 'client/src/extension.ts', server: 'server/src/lsp/main.ts' }, external: ['vscode'] },
]

/** Files beside the bundles: [from, to]. */
const FILES = [
  [require.resolve('web-tree-sitter/web-tree-sitter.wasm'), 'web-tree-sitter.wasm'],
  [require.resolve('tree-sitter-python/tree-sitter-python.wasm'), 'tree-sitter-python.wasm'],
]

const NOTICES = 'third-party-notices.txt'

/** The thread pool starts its threads with a file that it expects at this place beside the bundle. */
const POOL_ENTRY = { 'entry/worker': join(root, 'node_modules/tinypool/dist/entry/worker.js') }

/** Packages written for CommonJS use `require` and `__filename`, which ES modules lack. */
const REQUIRE = [
  "import { createRequire as createRequireOfBundle } from 'node:module'",
  "import { fileURLToPath as pathOfUrl } from 'node:url'",
  'const require = createRequireOfBundle(import.meta.url), pathOfBundle = pathOfUrl(import.meta.url);',
].join('; ')

const COMMON = {
  absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', minify: true, keepNames: true, legalComments: 'linked', logLevel: 'warning', metafile: true,
  plugins: [modelsAsText],
}
const MODULES = { ...COMMON, format: 'esm', splitting: true, banner: { js: REQUIRE }, define: { __filename: 'pathOfBundle' }, outExtension: { '.js': '.mjs' } }
/** CommonJS has no `import.meta`, by which code finds the files beside it. */
const COMMONJS = {
  ...COMMON, format: 'cjs', outExtension: { '.js': '.cjs' }, define: { 'import.meta.url': 'urlOfBundle' },
  banner: { js: "const urlOfBundle = require('node:url').pathToFileURL(__filename).href;" },
}

/** Overwrites what is there, so that a running program keeps its files as long as possible; removes what is left of earlier builds. */
export async function buildAll(folder = join(root, 'dist')) {
  await checkModels(root)
  const pages = (await readdir(join(root, 'server/src/rules'), { recursive: true })).filter((name) => name.endsWith('.md'))
  await Promise.all(pages.map((name) => mkdir(dirname(join(folder, 'rules', name)), { recursive: true })))
  const copies = [...FILES, ...pages.map((name) => [join(root, 'server/src/rules', name), join('rules', name)])]
  const results = await Promise.all([
    ...BUNDLES.map(({ format, entries, external }) => build({ ...(format === 'modules' ? MODULES : COMMONJS), entryPoints: entries, external, outdir: folder })),
    build({ ...MODULES, outExtension: {}, splitting: false, entryPoints: POOL_ENTRY, outdir: folder }),
  ])
  await Promise.all(copies.map(([from, to]) => copyFile(from, join(folder, to))))
  await chmod(join(folder, 'refleak.mjs'), 0o755)
  const inputs = [...results.flatMap((result) => Object.keys(result.metafile.inputs)), ...FILES.map(([from]) => relative(root, from).split(sep).join('/'))]
  await writeFile(join(folder, NOTICES), noticesFor(root, inputs))
  const written = new Set([...results.flatMap((result) => Object.keys(result.metafile.outputs)).map((path) => resolve(root, path)), ...[...copies.map(([, to]) => to), NOTICES].map((to) => join(folder, to))])
  await removeOthers(folder, written)
}

async function removeOthers(folder, keep) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name)
    if (entry.isFile() && !keep.has(path)) await rm(path)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildAll(process.argv[2] === undefined ? undefined : resolve(process.argv[2]))
