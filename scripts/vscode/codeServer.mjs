// Runs code-server, a real VS Code in the browser, with an extension installed.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureCodeServer } from './install.mjs'

const START_TIMEOUT = 60_000

/** Seconds that the processes of a closed window are kept for it. */
const GRACE = 10

/**
 * Starts code-server on a free port of this machine, with nothing of the user's: settings and extensions are thrown away at the end.
 *
 * @param {{ vsix: string, settings?: Record<string, unknown>, port?: number }} options
 * @returns {Promise<{ url: string, home: string, log: () => string, stop: () => Promise<void> }>} `home` holds user data and logs
 */
export async function startCodeServer({ vsix, settings = {}, port = 0 }) {
  const { node, entry } = ensureCodeServer()
  const home = mkdtempSync(join(tmpdir(), 'refleak-vscode-'))
  const folders = ['--user-data-dir', join(home, 'user'), '--extensions-dir', join(home, 'extensions'), '--config', join(home, 'config.yaml')]
  mkdirSync(join(home, 'user', 'User'), { recursive: true })
  writeFileSync(join(home, 'user', 'User', 'settings.json'), JSON.stringify({ ...QUIET, ...settings }))
  writeFileSync(join(home, 'config.yaml'), '')
  const install = spawnSync(node, [entry, ...folders, '--install-extension', vsix], { encoding: 'utf8', env: environment() })
  if (install.status !== 0) throw new Error(`code-server did not install ${vsix}:\n${install.stdout}${install.stderr}`)

  const server = spawn(node, [
    entry, ...folders, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-workspace-trust', '--disable-telemetry',
    '--disable-update-check', '--disable-getting-started-override', '--reconnection-grace-time', String(GRACE),
  ], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`code-server did not start:\n${output}`)), START_TIMEOUT)
    const read = data => {
      output += data
      const listening = /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output)
      if (listening === null) return
      clearTimeout(timer)
      resolve(listening[1])
    }
    server.stdout.on('data', read)
    server.stderr.on('data', read)
    server.once('exit', code => reject(new Error(`code-server ended with status ${code}:\n${output}`)))
  })
  const ended = new Promise(resolve => server.once('exit', resolve))
  return {
    url,
    home,
    log: () => output,
    stop: async () => {
      server.kill()
      await ended
      rmSync(home, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** What would cover the editor, or look for the network. */
const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'files.autoSave': 'off',
}

/** code-server run from a terminal of VS Code would talk to that VS Code. */
function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VSCODE_')))
}
