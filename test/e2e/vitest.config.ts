import { defineConfig } from 'vitest/config'

/** The tests against real editors. They need the packaged extension: `npm run test:e2e` makes it first. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    testTimeout: 60_000,
    hookTimeout: 600_000,
    // One editor at a time; each test goes on where the one before left the window.
    fileParallelism: false,
    sequence: { concurrent: false },
  },
})
