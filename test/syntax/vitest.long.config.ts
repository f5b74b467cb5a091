import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/syntax/*.long.ts'], testTimeout: 1_800_000 },
})
