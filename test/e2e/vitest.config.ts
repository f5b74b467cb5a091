import { defineConfig } from 'vitest/config'

const patient = { testTimeout: 90_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000, interval: 50 } } }

/** A key pressed while an editor in a browser is busy with something else can be lost, as a person's can: who loses one presses again. */
const again = { retry: 2 }

/** The tests against real editors. They need the built program and, but for Neovim, the packaged extension. */
export default defineConfig({
  test: {
    // One editor at a time.
    fileParallelism: false,
    projects: [
      { test: { ...patient, name: 'package', include: ['test/e2e/package.e2e.ts'] } },
      { test: { ...patient, ...again, name: 'vscode', include: ['test/e2e/vscode.e2e.ts', 'test/e2e/across.e2e.ts', 'test/e2e/notebook.e2e.ts'], globalSetup: ['test/e2e/setup.mjs'] } },
      { test: { ...patient, name: 'neovim', include: ['test/e2e/neovim.e2e.ts'] } },
    ],
  },
})
