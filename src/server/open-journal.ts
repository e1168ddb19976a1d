import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Logger } from 'pino'
import type { JournalConfig } from '../config.ts'
import { Journal, type JournalEvent } from '../journal/journal.ts'
import { Keyring } from '../journal/keyring.ts'
import { openStore } from '../journal/open-store.ts'
import { newId } from '../payapi/ids.ts'
import { describeFault } from './logger.ts'

/** A journal, and what is to be done after it was closed. */
export interface OpenJournal {
  readonly journal: Journal
  /** Ends the journal, after the calls under way. */
  close(): Promise<void>
}

/**
 * Takes the journal's configuration, the longest that a call takes (milliseconds), a logger, and who else is told of
 * the journal's events; returns the journal.
 * A store that is away does not stop the start: until it comes back, nothing is sent.
 */
export function openJournal(
  config: JournalConfig,
  callTimeoutMs: number,
  log: Logger,
  onEvent?: (event: JournalEvent) => void,
): OpenJournal {
  const temporary = config.storeUrl === undefined ? mkdtempSync(join(tmpdir(), 'payapi-sandbox-')) : undefined
  const storeUrl = config.storeUrl ?? pathToFileURL(join(temporary ?? '', 'journal.db')).href
  const owner = newId()
  const keys = config.keys ?? [keyBeside(storeUrl)]
  const journal = new Journal({
    store: openStore(storeUrl, { owner, keys }),
    keyring: new Keyring(keys),
    owner,
    callTimeoutMs,
    orderGuard: config.orderGuard,
    waitMs: config.waitMs,
    retentionMs: config.retentionMs,
    onEvent: (event) => {
      logEvent(log, event)
      onEvent?.(event)
    },
  })
  return {
    journal,
    async close() {
      await journal.close()
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true })
    },
  }
}

/** The sandbox's key: made at the first start, kept beside the journal that it opens. */
function keyBeside(storeUrl: string): Buffer {
  const file = `${fileURLToPath(new URL(storeUrl).href.split('?')[0] ?? storeUrl)}.key`
  if (!existsSync(file)) makeKey(file)
  return readFileSync(file)
}

/** Whole or not at all: another worker may start at the same moment, and this one may be killed at any. */
function makeKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.${newId()}`
  writeFileSync(unfinished, randomBytes(32), { flag: 'wx', mode: 0o600, flush: true })
  try {
    linkSync(unfinished, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(unfinished)
  }
}

const LEVELS = {
  replayed: 'info',
  conflict: 'info',
  unavailable: 'error',
  'finish-delayed': 'error',
  'finish-fenced': 'error',
  interrupted: 'warn',
  'upkeep-failed': 'warn',
} as const

function logEvent(log: Logger, event: JournalEvent): void {
  const { kind, ...facts } = event
  log[LEVELS[kind]]('fault' in facts ? { ...facts, fault: describeFault(facts.fault) } : facts, `journal ${kind}`)
}
