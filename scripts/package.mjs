// Makes the one .vsix that runs on every platform, and prints what is in it. The bundles in dist/ must have been built.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createVSIX } from '@vscode/vsce'
import { root } from './vscode/install.mjs'

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

export const vsixPath = join(root, `${name}-${version}.vsix`)

/** Packages what .vscodeignore lets through; the bundles hold all dependencies, so node_modules stays out. */
export async function packageExtension() {
  await createVSIX({ cwd: root, packagePath: vsixPath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false })
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await packageExtension()
