import { statSync } from 'node:fs'
import type { Config } from '../config/index.ts'
import { Journal } from '../journal/journal.ts'
import { Keyring } from '../journal/keys/keyring.ts'
import { openStore, parseStoreUrl } from '../journal/open-store.ts'
import type { OperationStore } from '../journal/operation-store.ts'
import { NO_JOURNAL } from '../journal/store.ts'
import { newId } from '../lib/ids.ts'
import { keyBeside } from '../server/journal/journal-files.ts'

/** Why the journal cannot be opened beside a server, in words for whoever runs the command. */
export class JournalAccessError extends Error {
  override readonly name = 'JournalAccessError'
}

/** No buyer waits for a command. */
const PATIENCE_MS = 10_000

/** An open journal, and its store. */
interface ExistingJournal {
  readonly journal: Journal
  readonly store: OperationStore
}

/**
 * Opens the journal that is configured, as one process more: it is neither made nor upgraded, and nothing in it is
 * looked after. Throws `JournalAccessError` where it must not be opened here; whether it can be used, its first use says.
 */
export function openExistingJournal({ journal: config, webhooks, timeoutMs }: Config): ExistingJournal {
  if (config === undefined) throw new JournalAccessError('PAYAPI_JOURNAL is off: no journal is kept')
  if (config.storeUrl === undefined) {
    throw new JournalAccessError(
      'The embedded sandbox keeps its journal for itself, in a temporary folder: set PAYAPI_DATA_DIR, or ask the server with --url',
    )
  }
  const location = parseStoreUrl(config.storeUrl)
  if (location.kind === 'sqlite') checkFile(location.path)
  const keys = config.keys ?? (location.kind === 'sqlite' ? [keyBeside(location.path)] : [])
  const owner = newId()
  const options = { owner, keys, existing: true, webhooks: webhooks.endpoints, deadlineMs: PATIENCE_MS }
  const store = openStore(config.storeUrl, options)
  const journal = new Journal({
    store,
    keyring: new Keyring(keys),
    owner,
    callTimeoutMs: timeoutMs,
    orderGuard: config.orderGuard,
    waitMs: config.waitMs,
    retentionMs: config.retentionMs,
    upkeep: false,
  })
  return { journal, store }
}

/** What another user leaves beside the file, the server could not use. */
function checkFile(path: string): void {
  const place = 'PAYAPI_DATA_DIR or PAYAPI_STORE_URL'
  const found = stat(path)
  if (found === undefined) throw new JournalAccessError(`${place}: ${NO_JOURNAL}`)
  const user = process.getuid?.()
  if (user !== undefined && found.uid !== user) {
    throw new JournalAccessError(
      `${place}: the journal belongs to another user (uid ${found.uid}). Run this as that user, as the server does`,
    )
  }
}

function stat(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new JournalAccessError(`PAYAPI_DATA_DIR or PAYAPI_STORE_URL: the journal cannot be read there (${code})`)
  }
}
