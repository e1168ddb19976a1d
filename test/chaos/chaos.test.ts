import { expect, it } from 'vitest'
import { runCampaign } from './campaign.ts'
import { KILL_POINTS } from './kill-proxy.ts'
import { contradictions } from './verdict.ts'

const rounds = Number(process.env['CHAOS_ROUNDS'] ?? 20)

it(`charges nothing twice and loses nothing when it is killed ${rounds} times`, {
  timeout: 60_000 + rounds * 10_000,
}, async () => {
  const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000)
  const report = await runCampaign({ rounds, charges: 20, concurrency: 5, seed, faultRate: 0.2 })
  expect(contradictions(report), `seed ${seed}`).toEqual([])
  expect(report.wishes).toHaveLength(rounds * 20)
  for (const point of KILL_POINTS) expect(report.kills[point], `killed at '${point}'`).toBeGreaterThan(0)
})
