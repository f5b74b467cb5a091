// What the build does with the data files of library models: checks them, and bundles each as text that is read when it is needed.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

/** esbuild plugin: a data file's default export is its text, without the spaces, instead of its value. */
export const modelsAsText = {
  name: 'models as text',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]server[\\/]src[\\/]models[\\/]data[\\/][^\\/]+\.json$/ }, async ({ path }) => {
      const text = JSON.stringify(JSON.parse(await readFile(path, 'utf8')))
      return { contents: `export default ${JSON.stringify(text)}`, loader: 'js' }
    })
  },
}

/** Throws with a line per problem. The check is TypeScript, so it is bundled first. */
export async function checkModels(root) {
  const { outputFiles } = await build({
    absWorkingDir: root, entryPoints: ['scripts/model-files.ts'], bundle: true, platform: 'node', format: 'esm', target: 'node20', write: false, logLevel: 'warning',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('file:///');" },
  })
  const { readDataFiles, validateDataFiles } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
  const problems = validateDataFiles(readDataFiles(join(root, 'server/src/models')))
  if (problems.length > 0) throw new Error(`library models:\n${problems.join('\n')}`)
}
