import { defineConfig } from 'vitest/config'

/** One script at a time: they are large. */
export default defineConfig({
  test: { include: ['test/memory/*.memory.ts'], testTimeout: 120_000, fileParallelism: false },
})
