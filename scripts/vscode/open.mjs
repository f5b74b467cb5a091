// Opens the examples in a real VS Code with the packaged extension, for anyone who wants to look. Ctrl+C ends it.
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { vsixPath } from '../package.mjs'
import { startCodeServer } from './codeServer.mjs'
import { root } from './install.mjs'

const server = await startCodeServer({ vsix: vsixPath, port: Number(process.env.PORT ?? 0) })
// A copy: what is tried out there does not change the checkout.
const folder = join(server.home, 'examples')
cpSync(join(root, 'examples'), folder, { recursive: true })
const payload = JSON.stringify([['openFile', `vscode-remote://${new URL(server.url).host}${join(folder, 'report.py')}`]])
console.log(`\nVS Code is at\n\n    ${server.url}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(payload)}\n\nCtrl+C ends it.`)
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void server.stop().then(() => process.exit(0)))
}
