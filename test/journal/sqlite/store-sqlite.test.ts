import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openStore } from '../../../src/journal/open-store.ts'
import { clockSuite } from '../../support/journal/clock-suite.ts'
import { KEYS } from '../../support/journal/operations.ts'
import { PATIENT_MS, temporaryFolder } from '../../support/journal/store.ts'
import { type Journal, storeSuite } from '../../support/journal/store-suite.ts'

const sqliteJournal = (query: string, shared: boolean) => async (): Promise<Journal> => {
  const folder = temporaryFolder()
  const url = pathToFileURL(join(folder, 'journal.db')).href + query
  return {
    open: (owner, keys = KEYS) => openStore(url, { owner, keys, deadlineMs: PATIENT_MS }),
    shared,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

storeSuite('an SQLite file', sqliteJournal('', true))
clockSuite('an SQLite file', sqliteJournal('', true))
storeSuite('an SQLite file for one process', sqliteJournal('?mode=exclusive', false))
