import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest of all, which waits more than it works: it must not be what runs last and alone. */
const FIRST = 'test/chaos/chaos.test.ts'

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isFirst = ({ moduleId }: TestSpecification) => moduleId.endsWith(FIRST)
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))]
  }
}

// These stand the clock still for everything in their process, timers that undici keeps included.
const CLOCK_STANDS_STILL = ['test/payapi/transport/deadlines.test.ts', 'test/payapi/transport/random-faults.test.ts']

// These wrap the resolvers of the schema, which all files of a process share.
const SCHEMA_IS_WRAPPED = ['test/graphql/federation/inline-trace*.test.ts']

const ALONE = [...CLOCK_STANDS_STILL, ...SCHEMA_IS_WRAPPED]

export default defineConfig({
  resolve: {
    // Vitest would otherwise load graphql's ES modules for our files and its CommonJS build for the libraries',
    // and graphql refuses objects that come from another copy of itself.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    globalSetup: 'test/global-setup.ts',
    // These only end what hangs: a machine may be as slow as it likes.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Many tests wait for something, so that no core need be kept back for Vitest itself.
    maxWorkers: availableParallelism(),
    expect: { requireAssertions: true, poll: { timeout: 60_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        // All files of a process share the modules: to load them anew for each took as long as the tests in it.
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: ALONE, isolate: false },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
})
