// The licences of the packages whose code is in the bundles: they ask for their text to go along.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//

/**
 * @param {string} root the folder that paths are relative to
 * @param {readonly string[]} inputs paths of all files that went into the bundles, with slashes
 * @returns {string} one section per package, in order of name
 */
export function noticesFor(root, inputs) {
  const folders = new Set(inputs.flatMap(path => PACKAGE.exec(path)?.[1] ?? []))
  const sections = [...folders].map(folder => sectionFor(join(root, folder)))
  return [...new Set(sections)].sort().join(`\n${'-'.repeat(80)}\n\n`)
}

function sectionFor(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? 'The package has no file with the text of its licence.' : readFileSync(join(folder, file), 'utf8').trim()
  return `${name} ${version} (${license})\n\n${text}\n`
}
