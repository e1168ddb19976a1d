import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { WebhookEndpoint } from '../../../src/journal/records/events.ts'
import { openSqlite } from '../../../src/journal/sqlite/driver.ts'
import { KEYS } from './operations.ts'
import { overPostgres } from './postgres/over-postgres.ts'
import { closedAfterTest, PATIENT_MS, temporaryFolder, whenReady } from './store.ts'

/** A journal of a test's own. */
export interface TestJournal {
  readonly url: string
  /** Opens it once more: each is an instance of its own. Closed after the test. */
  open(owner?: string, webhooks?: readonly WebhookEndpoint[]): Promise<OperationStore>
  /** Runs SQL on it beside all stores; resolves to the rows. */
  sql(text: string): Promise<readonly Record<string, unknown>[]>
}

/** Runs a suite over both stores; over SQLite alone where PostgreSQL is not installed. */
export function overBothStores(name: string, suite: (newJournal: () => Promise<TestJournal>) => void): void {
  describe(`${name} (SQLite)`, () => suite(newSqliteJournal))
  overPostgres(`${name} (PostgreSQL)`, (server) => {
    suite(async () => {
      const database = await server.newDatabase()
      const url = server.url(database)
      return {
        url,
        open: openAt(url),
        sql: (text) => server.sql(text, database),
      }
    })
  })
}

async function newSqliteJournal(): Promise<TestJournal> {
  const path = join(temporaryFolder(), 'journal.db')
  const url = pathToFileURL(path).href
  return { url, open: openAt(url), sql: async (text) => sqlite(path, text) }
}

function sqlite(path: string, text: string): readonly Record<string, unknown>[] {
  const connection = openSqlite(path)
  try {
    connection.exec('pragma busy_timeout = 5000')
    return (
      text
        .split(';')
        .map((each) => connection.all(each))
        .at(-1) ?? []
    )
  } finally {
    connection.close()
  }
}

let owners = 0

const openAt =
  (url: string) =>
  (owner = `owner-${++owners}`, webhooks: readonly WebhookEndpoint[] = []): Promise<OperationStore> =>
    whenReady(closedAfterTest(openStore(url, { owner, keys: KEYS, webhooks, deadlineMs: PATIENT_MS })))

/** A table of a journal, as statements for its store name it. */
export const tableIn = ({ url }: TestJournal, name: string): string =>
  url.startsWith('file:') ? name : `payapi.${name}`
