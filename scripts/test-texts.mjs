// Checks what fixes leave of the texts of Python files: npm run test:texts -- [FOLDER, default: the standard library]
import { fromUser, runLongTests } from './long-tests.mjs'

process.exitCode = runLongTests('test/texts/vitest.long.config.ts', { REFLEAK_FOLDER: fromUser(process.argv[2]) })
