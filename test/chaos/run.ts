import { pgBouncerProgram } from '../support/journal/postgres/pgbouncer.ts'
import { postgresPrograms } from '../support/journal/postgres/server.ts'
import { type CampaignReport, runCampaign, type StoreWorld } from './campaign.ts'
import { contradictions } from './verdict/verdict.ts'
import { postgresWorld } from './world/postgres.ts'
import { sqliteWorld } from './world/sqlite.ts'

// `npm run chaos`: long campaigns on both stores, with the counts printed. CHAOS_ROUNDS, CHAOS_SEED and CHAOS_STORE
// (sqlite, postgres or pooled) choose others.

const rounds = Number(process.env['CHAOS_ROUNDS'] ?? 150)
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000)
const store = process.env['CHAOS_STORE']
const print = (line: string) => process.stdout.write(`${line}\n`)

const programs = postgresPrograms()
const worlds: Record<string, (folder: string) => StoreWorld | Promise<StoreWorld>> = { sqlite: sqliteWorld }
if (programs === undefined) print('PostgreSQL is not installed: its campaign is left out')
else {
  const pooler = pgBouncerProgram()
  worlds['postgres'] = () => postgresWorld(programs)
  if (pooler === undefined) print('PgBouncer is not installed: its campaign is left out')
  else worlds['pooled'] = () => postgresWorld(programs, pooler)
}

for (const [name, world] of Object.entries(worlds)) {
  if (store !== undefined && store !== name) continue
  print(`\n${name}: ${rounds} rounds, seed ${seed}`)
  const onRound = (round: number, trouble: string) => print(`${round + 1} ${trouble}`)
  const report = await runCampaign({ world, rounds, wishes: 30, concurrency: 6, seed, faultRate: 0.3, onRound })
  if (!isAgreed(report)) process.exitCode = 1
}

function isAgreed(report: CampaignReport): boolean {
  const { wishes, journal, answers, struck, books, sent, lives, webhooks } = report
  const found = contradictions(report)
  print(`struck:   ${JSON.stringify(struck)}`)
  print(`wishes:   ${count(wishes.map(({ kind }) => kind))}`)
  print(`books:    ${books.charges.length} charges, ${books.cancellations.length} cancels`)
  print(`wire:     ${[...sent.values()].reduce((sum, times) => sum + times, 0)} requests for ${sent.size} wishes`)
  print(`journal:  ${count(journal.map(({ state }) => state))}`)
  print(
    `answers:  ${count(answers.map(({ answer: { __typename, outcome } }) => `${__typename} ${outcome ?? ''}`.trim()))}`,
  )
  print(
    `refunds:  ${count(lives.answers.map(({ answer: { __typename, outcome } }) => `${__typename} ${outcome ?? ''}`.trim()))}`,
  )
  print(`payments: ${count(lives.payments.map(({ status }) => String(status)))}`)
  print(`links:    ${count(lives.links.map(({ status, exception }) => `${status} ${exception ?? ''}`.trim()))}`)
  print(`notices:  ${count(lives.notices.map(({ event, state }) => `${event} ${state}`))}`)
  print(`at once:  ${count(lives.settledAtOnce.map((answers) => answers.join(' ')))}`)
  print(`events:   ${count(webhooks.deliveries.map(({ type }) => type))}`)
  print(`webhooks: ${webhooks.received.length} came of ${webhooks.deliveries.length}`)
  for (const sentence of found) print(`WRONG: ${sentence}`)
  print(found.length === 0 ? 'books, wire, journal, answers and webhooks agree' : `${found.length} contradictions`)
  return found.length === 0
}

function count(values: Iterable<string>): string {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return JSON.stringify(counts)
}
