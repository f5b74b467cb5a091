import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/fuzz/*.long.ts'], testTimeout: 24 * 60 * 60 * 1000, pool: 'forks', poolOptions: { forks: { execArgv: ['--expose-gc'] } } },
})
