// Checks what fixes leave of the texts of Python files: npm run test:texts -- [FOLDER, default: the standard library]
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const [folder] = process.argv.slice(2)
const env = { ...process.env, ...(folder && { REFLEAK_FOLDER: resolve(folder) }) }
process.exitCode = spawnSync('npx', ['vitest', 'run', '-c', 'test/texts/vitest.long.config.ts'], { stdio: 'inherit', env }).status ?? 1
