import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // Vitest would otherwise load graphql's ES modules for our files and its CommonJS build for the libraries',
    // and graphql refuses objects that come from another copy of itself.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/global-setup.ts',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The same modules for all files of a process: loading them anew for each took as long as the tests in it.
    isolate: false,
    // Many tests wait for something: one file for each core, and none kept back.
    maxWorkers: availableParallelism(),
  },
})
