import { runCampaign } from './campaign.ts'
import { contradictions } from './verdict.ts'

// `npm run chaos`: a long campaign, with the counts printed. CHAOS_ROUNDS and CHAOS_SEED choose another one.

const rounds = Number(process.env['CHAOS_ROUNDS'] ?? 300)
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000)
const print = (line: string) => process.stdout.write(`${line}\n`)

print(`${rounds} rounds, seed ${seed}`)
const report = await runCampaign({
  rounds,
  charges: 30,
  concurrency: 6,
  seed,
  faultRate: 0.5,
  onRound: (round) => round % 25 === 0 && print(`round ${round}`),
})
const found = contradictions(report)
const count = (values: Iterable<string>) => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return JSON.stringify(counts)
}
print(`killed at:       ${JSON.stringify(report.kills)}`)
print(`charges wished:  ${report.wishes.length}`)
print(
  `charges made:    ${report.charges.length}, orders charged twice: ${report.charges.length - new Set(report.charges.map(({ oid }) => oid)).size}`,
)
print(`journal:         ${count(report.journal.map(({ state }) => state))}`)
print(
  `answers:         ${count(report.answers.map(({ answer: { __typename, outcome } }) => `${__typename} ${outcome ?? ''}`.trim()))}`,
)
for (const sentence of found) print(`WRONG: ${sentence}`)
print(found.length === 0 ? 'books, journal and answers agree' : `${found.length} contradictions`)
process.exitCode = found.length === 0 ? 0 : 1
