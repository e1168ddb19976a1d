import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { OperationStore } from '../../../../src/journal/operation-store.ts'
import { SqliteStore } from '../../../../src/journal/sqlite/store.ts'
import { KEYS } from '../operations.ts'
import { closedAfterTest, PATIENT_MS, temporaryFolder } from '../store.ts'

/** The ways in which an SQLite file is used. */
export const MODES = ['shared', 'exclusive'] as const

export type Mode = (typeof MODES)[number]

/** The URL of a file. */
export const fileUrl = (path: string, mode: Mode = 'shared'): string =>
  pathToFileURL(path).href + (mode === 'shared' ? '' : `?mode=${mode}`)

/** A path in a folder that goes with the running test. */
export const newPath = (): string => join(temporaryFolder(), 'journal.db')

/** Opens a store until the running test's end; one with patience, unless it is the deadline that matters. */
export const open = (
  path: string,
  mode: Mode = 'shared',
  owner = 'owner-1',
  deadlineMs: number = PATIENT_MS,
  keys: readonly Uint8Array[] = KEYS,
  init = false,
): OperationStore => closedAfterTest(new SqliteStore({ path, mode, owner, keys, deadlineMs, init }))

/** How many transactions were ever committed to a file, as its mark says. */
export const transactionsIn = (path: string): number => Number(readFileSync(`${path}-mark`, 'latin1').slice(0, 16))
