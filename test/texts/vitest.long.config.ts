import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/texts/*.long.ts'], testTimeout: 24 * 60 * 60 * 1000 },
})
