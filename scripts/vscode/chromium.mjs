// Finds the browser that shows VS Code in the tests.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { aptInstall } from './install.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Flags for a browser that may run as root, without a GPU, and that looks nothing up in the network. */
export const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

/** The absolute path of a Chromium on PATH; installs Debian's where that is possible. */
export function findChromium() {
  const found = search() ?? installed()
  if (found === undefined) throw new Error(`none of ${NAMES.join(', ')} is on PATH: install Chromium, e.g. sudo apt-get install chromium`)
  return found
}

function installed() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  console.error('Installing chromium ...')
  aptInstall('chromium')
  return search()
}

function search() {
  const candidates = (process.env.PATH ?? '').split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)))
  return candidates.find(path => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
