import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import { type Operation, StoreUnavailableError } from '../../../src/journal/store.ts'
import { atExit } from '../at-exit.ts'

/** The deadline of stores in tests where it does not matter, so that they pass on a busy machine, too. */
export const PATIENT_MS = 60_000

/** What is promised is two seconds; the rest tells a method that keeps to it from one that does not. */
const PROMISED_MS = 2_000
const SLACK_MS = 1_500

/** Expects a call to be rejected as unavailable, with a message that fits. */
export async function expectUnavailable(call: () => Promise<unknown>, message: RegExp = /./): Promise<void> {
  const error = await call().then(
    (value) => new Error(`resolved to ${JSON.stringify(value)}`),
    (fault: unknown) => fault,
  )
  expect(error).toBeInstanceOf(StoreUnavailableError)
  expect((error as Error).message).toMatch(message)
}

/**
 * The same of a call that only its own deadline ends, and in the time that is promised: before a timer of this process,
 * which stands still wherever the machine makes the deadline stand still.
 */
export async function expectUnavailableInTime(call: () => Promise<unknown>, message?: RegExp): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, PROMISED_MS + SLACK_MS, new Error('not in the time that is promised'))
  })
  await Promise.race([expectUnavailable(call, message), tooLate]).finally(() => clearTimeout(timer))
}

/** Waits until a check no longer throws. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 240_000, interval: 20 })

/** Makes sure that a store which was just opened is in use: its first call waits for a thread that loads from sources. */
export async function whenReady<Store extends OperationStore>(store: Store): Promise<Store> {
  await eventually(() => store.ready())
  return store
}

/** What a store has of what was done about a payment, oldest first. */
export async function operationsOf(
  store: OperationStore,
  payment: { readonly merchantId: string; readonly transactionId: string },
): Promise<readonly Operation[]> {
  const [rows] = await store.run('readPayments', { payments: [payment] })
  return rows?.operations ?? []
}

/** A folder that is there until the test file's, or the running test's, end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'journal-test-'))
  removeLater(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function removeLater(remove: () => void): void {
  try {
    onTestFinished(remove)
  } catch {
    atExit(remove)
  }
}

/** Does something with each, thirty at a time. */
export async function inCrowds<T>(all: readonly T[], action: (each: T) => Promise<unknown>): Promise<void> {
  const left = all.values()
  const one = async (): Promise<void> => {
    for (const each of left) await action(each)
  }
  await Promise.all(Array.from({ length: 30 }, one))
}

/** Closes a store after the running test. */
export function closedAfterTest<Store extends OperationStore>(store: Store): Store {
  onTestFinished(() => store.close())
  return store
}
