import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those that take longest, in that order: none of them must be what runs last and alone. They start many processes. */
const LONGEST = [
  'test/chaos/chaos.test.ts',
  'test/journeys/shop.test.ts',
  'test/journeys/sms-payment.test.ts',
  'test/server/lifecycle/workers.test.ts',
  'test/server/lifecycle/start-faults.test.ts',
  'test/graphql/federation/gateway.test.ts',
  'test/server/lifecycle/main.test.ts',
  'test/server/lifecycle/stop.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      // Between others, one of these would end the process that they share.
      if (project.name === 'alone') return -1
      const index = LONGEST.findIndex((name) => moduleId.endsWith(name))
      return index < 0 ? LONGEST.length : index
    }
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other))
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
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Half of the time tests wait, for deadlines and for programs that they start: there is work for more than the cores.
    maxWorkers: availableParallelism() + 3,
    expect: { requireAssertions: true, poll: { timeout: 240_000 } },
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
