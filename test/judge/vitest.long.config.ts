import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/judge/*.long.ts'], testTimeout: 24 * 60 * 60 * 1000, hookTimeout: 60_000 },
})
