import { afterAll, beforeAll, describe } from 'vitest'
import { PostgresServer, postgresPrograms } from './server.ts'

/**
 * Runs a suite over a PostgreSQL server of its own, which runs from before its first test until after its last. Where
 * PostgreSQL is not installed, its tests are skipped, and its name says what they need.
 */
export function overPostgres(name: string, suite: (server: PostgresServer) => void): void {
  const programs = postgresPrograms()
  const needs =
    programs === undefined ? ': no server programs under /usr/lib/postgresql (apt-get install postgresql)' : ''
  describe.skipIf(programs === undefined)(`${name}${needs}`, () => {
    const server = new PostgresServer(programs ?? '')
    beforeAll(() => server.start())
    afterAll(() => server.remove())
    suite(server)
  })
}
