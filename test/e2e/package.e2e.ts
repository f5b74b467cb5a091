import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listZip } from './zip.ts'

const root = new URL('../../', import.meta.url)
const { name, version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { name: string; version: string }
const entries = listZip(new URL(`${name}-${version}.vsix`, root).pathname)
const pages = readdirSync(new URL('server/src/rules', root), { encoding: 'utf8', recursive: true }).filter((file) => file.endsWith('.md')).map((file) => file.replaceAll('\\', '/'))

test('the packaged extension holds what runs, what is read, and nothing else', () => {
  expect(entries.map((entry) => entry.name).sort()).toEqual([
    '[Content_Types].xml',
    'extension.vsixmanifest',
    ...[
      'LICENSE.txt', 'changelog.md', 'package.json', 'readme.md', 'client/icon.png', 'syntaxes/refleak.injection.tmLanguage.json',
      'dist/extension.cjs', 'dist/server.cjs', 'dist/tree-sitter-python.wasm', 'dist/web-tree-sitter.wasm', 'dist/third-party-notices.txt',
      ...pages.map((page) => `dist/rules/${page}`),
    ].map((path) => `extension/${path}`),
  ].sort())
})

test('no file of it is empty', () => {
  expect(entries.filter((entry) => entry.size === 0)).toEqual([])
})
