import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Upkeep, type UpkeepEvent } from '../../../src/journal/claims/upkeep.ts'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import type { NewOperation, Operation } from '../../../src/journal/store.ts'
import { ending, finding, HOUR, NOW, operation } from './operations.ts'
import { whenReady } from './store.ts'
import type { Journal } from './store-suite.ts'

const MINUTE = 60_000
const DAY = 24 * HOUR
const RETENTION = 30 * DAY

/** A machine that uses the journal: its clock may be wrong, and jump, and so may the one that counts. */
interface Machine {
  readonly events: readonly UpkeepEvent[]
  /** Lets time go by, on each clock as told, and sweeps. */
  sweepAfter(passed: { readonly clock: number; readonly monotonic: number }): Promise<void>
  /** Lets time go by on both clocks. */
  wait(ms: number): void
  /** Claims and finishes an operation now. */
  charge(): Promise<NewOperation>
}

/** What every store must bear of wrong clocks. */
export function clockSuite(name: string, create: () => Promise<Journal>): void {
  describe(`${name}, under clocks that are wrong,`, () => {
    let journal: Journal
    let store: OperationStore

    beforeAll(async () => {
      journal = await create()
      store = await whenReady(journal.open('owner-1'))
    })

    afterAll(async () => {
      await store.close()
      await journal.remove()
    })

    /** A machine that starts while its clock shows a time, and has not yet looked at the journal. */
    const boot = (clock: number, retentionMs: number): Machine => {
      const now = { clock, monotonic: 0 }
      const events: UpkeepEvent[] = []
      const upkeep = new Upkeep({
        store,
        retentionMs,
        noticeRetentionMs: retentionMs,
        now: () => now.clock,
        monotonicNow: () => now.monotonic,
        onEvent: (event) => events.push(event),
      })
      return {
        events,
        async sweepAfter({ clock: byClock, monotonic }) {
          now.clock += byClock
          now.monotonic += monotonic
          await upkeep.sweep()
        },
        wait(ms) {
          now.clock += ms
          now.monotonic += ms
        },
        async charge() {
          const made = operation({ createdAt: now.clock })
          await store.claim(made)
          await store.finish(made.id, made.owner, ending({ finishedAt: now.clock }))
          return made
        },
      }
    }

    /** The same, once it has looked. */
    const start = async (clock: number, retentionMs = RETENTION): Promise<Machine> => {
      const machine = boot(clock, retentionMs)
      await machine.sweepAfter(passed(0))
      return machine
    }

    const passed = (ms: number) => ({ clock: ms, monotonic: ms })
    const usual = passed(10 * MINUTE)
    const standing = async (made: NewOperation): Promise<Operation['state'] | undefined> =>
      (await store.get(made.id))?.state

    it('deletes nothing where a machine starts 40 days ahead, not even once it has charged, and says so', async () => {
      const right = await start(NOW)
      const made = await right.charge()
      const ahead = await start(NOW + 40 * DAY)
      expect(ahead.events).toEqual([{ kind: 'clock-doubt', aheadMs: 40 * DAY }])
      await ahead.charge()
      for (let sweeps = 0; sweeps < 20; sweeps++) await Promise.all([ahead.sweepAfter(usual), right.sweepAfter(usual)])
      expect(await standing(made)).toBe('SUCCEEDED')
    })

    it('is told of a machine that starts 40 days ahead also where it charges before it looks', async () => {
      const right = await start(NOW)
      await right.charge()
      const ahead = boot(NOW + 40 * DAY, RETENTION)
      await ahead.charge()
      await ahead.sweepAfter(passed(0))
      expect(ahead.events).toEqual([{ kind: 'clock-doubt', aheadMs: 40 * DAY }])
    })

    it('deletes nothing where the clock jumps 40 days while it runs, and says so, once', async () => {
      const machine = await start(NOW)
      const made = await machine.charge()
      await machine.sweepAfter(usual)
      const before = machine.events.length
      await machine.sweepAfter({ ...usual, clock: 40 * DAY })
      await machine.charge()
      for (let sweeps = 0; sweeps < 20; sweeps++) await machine.sweepAfter(usual)
      expect(await standing(made)).toBe('SUCCEEDED')
      expect(machine.events.slice(before)).toEqual([{ kind: 'clock-doubt', aheadMs: 40 * DAY - 10 * MINUTE }])
    })

    it('deletes nothing where even the clock that counts jumps', async () => {
      const machine = await start(NOW)
      const made = await machine.charge()
      for (let jumps = 0; jumps < 5; jumps++) await machine.sweepAfter(passed(40 * DAY))
      expect(await standing(made)).toBe('SUCCEEDED')
    })

    it('keeps what a machine settles whose clock is 40 days behind, and says so of it', async () => {
      const right = await start(NOW)
      await right.charge()
      const behind = await start(NOW - 40 * DAY)
      expect(behind.events).toContainEqual({ kind: 'clock-doubt', aheadMs: expect.any(Number) })
      const made = await behind.charge()
      for (let sweeps = 0; sweeps < 20; sweeps++) await right.sweepAfter(usual)
      expect(await standing(made)).toBe('SUCCEEDED')
    })

    it('counts what several machines live through at the same time once', async () => {
      const machines = await Promise.all([start(NOW), start(NOW + DAY), start(NOW - DAY)])
      const before = await store.advanceClock(0)
      for (let hours = 0; hours < 6; hours++) {
        for (const machine of machines) await machine.sweepAfter(usual)
      }
      expect(await store.advanceClock(0)).toBe(before + 60 * MINUTE)
    })

    it('counts nothing of the time in which nobody ran', async () => {
      await (await start(NOW)).sweepAfter(usual)
      const before = await store.advanceClock(0)
      for (const days of [1, 10, 100]) await start(NOW + days * DAY)
      expect(await store.advanceClock(0)).toBe(before)
    })

    it('deletes what was kept for as long as it should be, and nothing before, whatever the date', async () => {
      const machine = await start(NOW, DAY)
      // Just before the journal's clock is moved on: it is stamped with a time that is nearly over.
      machine.wait(14 * MINUTE)
      const made = await machine.charge()
      const unknown = operation({ createdAt: NOW })
      await store.claim(unknown)
      await store.finish(unknown.id, unknown.owner, ending({ state: 'UNKNOWN' }))
      let lived = 0
      for (; (await standing(made)) !== undefined && lived < 2 * DAY; lived += 5 * MINUTE) {
        await machine.sweepAfter({ clock: DAY, monotonic: 5 * MINUTE })
      }
      expect(lived).toBeGreaterThanOrEqual(DAY)
      expect(lived).toBeLessThanOrEqual(DAY + HOUR)
      expect(await standing(unknown)).toBe('UNKNOWN')
      // It is settled only now.
      await store.run('resolveOperation', { id: unknown.id, resolution: finding() })
      await machine.sweepAfter(passed(20 * MINUTE))
      expect(await standing(unknown)).toBe('FAILED')
    })
  })
}
