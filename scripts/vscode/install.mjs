// Fetches a real VS Code for the tests and for `npm run vscode`: code-server and the Node it needs, both from npm, into .cache/.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CODE_SERVER = '4.139.1'
const NODE = '24.21.0'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const cache = join(root, '.cache', 'vscode')

/**
 * Makes sure that code-server is installed, and says where. The first call takes some minutes and 800 MB of disk.
 *
 * @param {(line: string) => void} say where progress goes
 * @returns {{ node: string, entry: string, cache: string }} absolute paths: the Node to run it with, and its entry script
 */
export function ensureCodeServer(say = line => console.error(line)) {
  const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const nodeFolder = join(cache, `node-${NODE}`)
  const nodeHome = join(nodeFolder, 'node_modules', nodePackage)
  install(nodeFolder, `${nodePackage}@${NODE}`, {}, say)
  const serverFolder = join(cache, `code-server-${CODE_SERVER}`)
  if (!isReady(serverFolder)) ensureKerberosHeaders(say)
  install(serverFolder, `code-server@${CODE_SERVER}`, {
    PATH: join(nodeHome, 'bin') + delimiter + process.env.PATH,
    // The native modules are compiled against the headers of the Node that will load them.
    npm_config_nodedir: nodeHome,
  }, say)
  return {
    node: join(nodeHome, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    entry: join(serverFolder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
    cache,
  }
}

// A folder is ready when the marker is there: an install that was cut off is thrown away and done again.
const isReady = folder => existsSync(join(folder, '.ready'))

function install(folder, specifier, env, say) {
  if (isReady(folder)) return
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  say(`Fetching ${specifier} from npm into ${folder} (once) ...`)
  const started = Date.now()
  const run = spawnSync('npm', ['install', '--ignore-scripts=false', '--no-audit', '--no-fund', '--no-package-lock', specifier], {
    cwd: folder,
    // Under `npm run` the outer npm's user agent would be inherited, and packages read the version of Node from it.
    env: { ...process.env, npm_config_user_agent: undefined, ...env },
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (run.status !== 0) {
    throw new Error(`npm could not install ${specifier}:\n${run.error?.message ?? ''}${run.stdout}${run.stderr}`)
  }
  writeFileSync(join(folder, '.ready'), '')
  say(`Fetched ${specifier} in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/** code-server compiles a Kerberos module, which needs the library's headers. */
function ensureKerberosHeaders(say) {
  if (process.platform !== 'linux' || existsSync('/usr/include/gssapi/gssapi.h')) return
  if (process.getuid?.() !== 0) throw new Error('code-server needs the Kerberos headers: sudo apt-get install libkrb5-dev')
  say('Installing libkrb5-dev, which code-server is compiled with ...')
  aptInstall('libkrb5-dev')
}

/** Installs Debian packages. Root only. Throws with apt's words where that fails. */
export function aptInstall(...packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update', '-qq'], ['install', '-y', '-qq', '--no-install-recommends', ...packages]]) {
    const run = spawnSync('apt-get', args, { env, encoding: 'utf8' })
    if (run.status !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${run.error?.message ?? ''}${run.stdout}${run.stderr}`)
  }
}
