import { describe, expect, it } from 'vitest'
import { postgresPrograms } from '../support/journal/postgres/server.ts'
import { runCampaign, type StoreWorld } from './campaign.ts'
import { contradictions } from './verdict/verdict.ts'
import { postgresWorld } from './world/postgres.ts'
import { sqliteWorld } from './world/sqlite.ts'

// Short campaigns, which go by the same choices each time; `npm run chaos` runs long ones, with others. CHAOS_ROUNDS and
// CHAOS_SEED choose others here.

const rounds = Number(process.env['CHAOS_ROUNDS'] ?? 0)
const seed = Number(process.env['CHAOS_SEED'] ?? 20_261_126)
const programs = postgresPrograms()
const PATIENCE = { timeout: 900_000 }

async function agreedAfter(world: (folder: string) => StoreWorld | Promise<StoreWorld>): Promise<void> {
  const report = await runCampaign({ world, rounds, wishes: 10, concurrency: 15, seed, faultRate: 0.2 })
  expect(contradictions(report), `seed ${seed}`).toEqual([])
  expect(report.wishes.length).toBeGreaterThan(0)
  expect(report.books.charges.length + report.books.cancellations.length).toBeGreaterThan(0)
  for (const [trouble, times] of Object.entries(report.struck)) expect(times, trouble).toBeGreaterThan(0)
}

// Side by side, and all of a round's callers at once: most of the time is waiting for deadlines.
describe.concurrent('under kills, clocks, disks and databases that misbehave, and rotated keys', PATIENCE, () => {
  it('nothing is carried out twice, lost or told wrongly, on SQLite', () => agreedAfter(sqliteWorld))

  it.skipIf(programs === undefined)(
    'nothing is carried out twice, lost or told wrongly, on PostgreSQL (needs its server programs)',
    () => agreedAfter(() => postgresWorld(programs as string)),
  )
})
