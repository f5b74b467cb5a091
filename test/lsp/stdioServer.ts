/** A server process with the stand-in analysis, for the tests of how the process starts and ends. */
import { alone } from './alone.ts'
import { startServer } from '../../server/src/lsp/start.ts'
import { fakeAnalysis } from './fakeAnalysis.ts'

startServer({ transport: process.argv.includes('--stdio') ? 'stdio' : 'ipc', version: '1.2.3', pages: '/pages', loadAnalysis: async () => alone(fakeAnalysis) })
