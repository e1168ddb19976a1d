import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { JournalConfig } from '../../config/journal.ts'
import { Journal, type JournalEvent } from '../../journal/journal.ts'
import { Keyring } from '../../journal/keys/keyring.ts'
import { fileUrlOf, openStore, parseStoreUrl } from '../../journal/open-store.ts'
import type { WebhookEndpoint } from '../../journal/records/events.ts'
import { newId } from '../../lib/ids.ts'
import { StartError, temporaryFolder } from '../lifecycle/start-error.ts'
import { describeFault } from '../telemetry/logger.ts'
import { checkJournalPath, keyBeside } from './journal-files.ts'

/** A journal, and what is to be done after it was closed. */
interface OpenJournal {
  readonly journal: Journal
  /**
   * Rejects with `StartError` where the journal is not what it was, so that it would be dangerous to go on. A store that is
   * away does not stop the start: until it comes back, nothing is sent.
   */
  verify(): Promise<void>
  close(): Promise<void>
}

/**
 * `webhooks` are the endpoints that want to be told what happens; `callTimeoutMs` is the longest that a call takes. Throws
 * `StartError` for a place where no file can ever be.
 */
export function openJournal(
  config: JournalConfig,
  webhooks: readonly WebhookEndpoint[],
  callTimeoutMs: number,
  log: Logger,
  onEvent?: (event: JournalEvent) => void,
): OpenJournal {
  const temporary = config.storeUrl === undefined ? temporaryFolder() : undefined
  const storeUrl = config.storeUrl ?? fileUrlOf(join(temporary ?? '', 'journal.db'))
  const location = parseStoreUrl(storeUrl)
  if (location.kind === 'sqlite') checkJournalPath(location.path)
  const owner = newId()
  const keys = config.keys ?? (location.kind === 'sqlite' ? [keyBeside(location.path)] : [])
  const tell = (event: JournalEvent): void => {
    logEvent(log, event)
    onEvent?.(event)
  }
  const journal = new Journal({
    store: openStore(storeUrl, {
      owner,
      keys,
      init: config.init,
      webhooks,
      deadlineMs: config.storeDeadlineMs,
      maxConnections: config.storeConnections,
      onEvent: tell,
    }),
    keyring: new Keyring(keys),
    owner,
    callTimeoutMs,
    orderGuard: config.orderGuard,
    waitMs: config.waitMs,
    retentionMs: config.retentionMs,
    noticeRetentionMs: config.noticeRetentionMs,
    onEvent: tell,
  })
  return {
    journal,
    async verify() {
      if (config.init) log.warn('PAYAPI_JOURNAL_INIT is on: a journal that is gone is begun anew. Take it away again')
      const fault = await journal.refusal()
      if (fault !== undefined) throw new StartError(`The journal must not be used: ${fault.message}`)
    },
    async close() {
      await journal.close()
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true })
    },
  }
}

const LEVELS = {
  replayed: 'info',
  conflict: 'info',
  unavailable: 'error',
  'send-failed': 'error',
  'finish-delayed': 'error',
  'finish-lost': 'error',
  'finish-fenced': 'error',
  interrupted: 'warn',
  'clock-doubt': 'warn',
  'upkeep-failed': 'warn',
  'store-crowded': 'warn',
  'settle-tried': 'info',
  'settle-contradicted': 'error',
} as const

type LoggedEvent = Extract<JournalEvent, { readonly kind: keyof typeof LEVELS }>

const isLogged = (event: JournalEvent): event is LoggedEvent => Object.hasOwn(LEVELS, event.kind)

function levelOf(event: LoggedEvent): 'info' | 'warn' | 'error' {
  // Whoever operates the server has taken a key away too early.
  if (event.kind === 'conflict' && event.reason === 'CANNOT_BE_COMPARED') return 'error'
  return LEVELS[event.kind]
}

function logEvent(log: Logger, event: JournalEvent): void {
  // Who resolves or reopens an operation has a line in the log already, which says more.
  if (!isLogged(event)) return
  const { kind, ...metadata } = event
  log[levelOf(event)](
    'fault' in metadata ? { ...metadata, fault: describeFault(metadata.fault) } : metadata,
    `journal ${kind}`,
  )
}
