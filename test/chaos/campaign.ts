import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { type Answer, charge, type JournalEntry, readJournal, type Wish } from './client.ts'
import { type FacadeProcess, startFacadeProcess } from './facade-process.ts'
import { KILL_POINTS, type KillPoint, startKillProxy } from './kill-proxy.ts'

/** How hard the facade is treated. */
export interface CampaignOptions {
  /** How often the facade is killed. */
  readonly rounds: number
  /** How many new charges are wished for in a round. */
  readonly charges: number
  /** How many of them are under way at once. */
  readonly concurrency: number
  /** Decides every choice of the campaign that is not the machine's. */
  readonly seed: number
  /** Of PayAPI's answers, the share that goes wrong, 0 to 1. */
  readonly faultRate: number
  /** Further environment of the facade, e.g. another store. */
  readonly env?: Readonly<Record<string, string>>
  /** Is told of every round. */
  readonly onRound?: (round: number) => void
}

/** An answer, and what was asked. */
export interface Answered {
  readonly wish: Wish
  readonly answer: Answer
}

/** What came of it: the callers' last answers, PayAPI's books and the journal, to be held against each other. */
export interface CampaignReport {
  readonly wishes: readonly Wish[]
  /** Every answer that a caller received and did not ask again after. */
  readonly answers: readonly Answered[]
  /** All charges in PayAPI's books. */
  readonly charges: Sandbox['books']['charges']
  readonly journal: readonly JournalEntry[]
  /** How often the facade was killed at each point. */
  readonly kills: Readonly<Record<KillPoint, number>>
}

/**
 * Runs two facades on one journal. Kills one of them with SIGKILL at points all over its calls, starts it again, and lets
 * every caller without an answer ask again, until all are answered; some callers ask both facades at once, as behind a
 * load balancer that repeats requests. Takes the options; returns what the three sides say in the end.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const random = mulberry32(options.seed)
  const directory = mkdtempSync(join(tmpdir(), 'payapi-chaos-'))
  const sandbox = await startSandbox({
    merchants: DEMO_MERCHANTS,
    faults: { rate: options.faultRate, seed: options.seed },
    slowMs: 50,
  })
  const proxy = await startKillProxy(Number(new URL(sandbox.url).port))
  const env = {
    PAYAPI_BASE_URL: proxy.url,
    PAYAPI_MERCHANTS: JSON.stringify(DEMO_MERCHANTS),
    PAYAPI_DATA_DIR: directory,
    PAYAPI_TIMEOUT_MS: '1000',
    PAYAPI_IDEMPOTENCY_WAIT_MS: '100',
    LOG_LEVEL: 'error',
    ...options.env,
  }
  const wishes: Wish[] = []
  const answers: Answered[] = []
  const kills = Object.fromEntries(KILL_POINTS.map((point) => [point, 0])) as Record<KillPoint, number>
  let unanswered: Wish[] = []
  let facade: FacadeProcess | undefined
  const steady = await startFacadeProcess(env)
  const ask = (facade: FacadeProcess, wishes: readonly Wish[]) =>
    askAll(wishes, options.concurrency, answers, (wish) => askOneOrBoth(facade, steady, wish, random))
  try {
    for (let round = 0; round <= options.rounds; round++) {
      facade = await startFacadeProcess(env)
      const last = round === options.rounds
      const fresh = last ? [] : Array.from({ length: options.charges }, () => newWish(random))
      wishes.push(...fresh)
      const asked = [...unanswered, ...fresh]
      if (!last)
        armKill(
          facade,
          proxy.arm,
          KILL_POINTS[round % KILL_POINTS.length] ?? 'processed',
          1 + Math.floor(random() * options.charges * 0.8),
          kills,
        )
      unanswered = await ask(facade, asked)
      if (!last && facade.process.exitCode === null && facade.process.signalCode === null)
        facade.process.kill('SIGKILL')
      if (!last) await facade.exited
      options.onRound?.(round)
    }
    if (facade === undefined) throw new Error('No round was run')
    while (unanswered.length > 0) unanswered = await ask(facade, unanswered)
    const journal = await readJournal(facade.url)
    return { wishes, answers, charges: [...sandbox.books.charges], journal, kills }
  } finally {
    facade?.process.kill('SIGKILL')
    steady.process.kill('SIGKILL')
    await proxy.close()
    await sandbox.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Three in four callers send a key; the others rely on the order number. */
function newWish(random: () => number): Wish {
  const name = Math.floor(random() * 2 ** 32).toString(36) + Math.floor(random() * 2 ** 32).toString(36)
  return {
    orderId: `O-${name}`,
    idempotencyKey: random() < 0.75 ? `K-${name}` : null,
    amount: String(100 + Math.floor(random() * 9_900)),
  }
}

function armKill(
  facade: FacadeProcess,
  arm: (point: KillPoint, nth: number, strike: () => void) => void,
  point: KillPoint,
  nth: number,
  kills: Record<KillPoint, number>,
): void {
  const strike = () => {
    kills[point]++
    facade.process.kill('SIGKILL')
  }
  // Before the first call gets anywhere the proxy sees nothing: the blow falls while the callers are writing.
  if (point === 'request written') setImmediate(strike)
  else arm(point, nth, strike)
}

/** Most callers ask one facade; one in five asks both at once. Returns the answers, undefined where none came. */
function askOneOrBoth(
  killed: FacadeProcess,
  steady: FacadeProcess,
  wish: Wish,
  random: () => number,
): Promise<readonly (Answer | undefined)[]> {
  const choice = random()
  const asked = choice < 0.2 ? [killed, steady] : choice < 0.4 ? [steady] : [killed]
  return Promise.all(asked.map(({ url }) => charge(url, wish)))
}

/** Asks for all wishes, so many at a time; keeps the answers and returns the wishes that are to be asked for again. */
async function askAll(
  wishes: readonly Wish[],
  concurrency: number,
  answers: Answered[],
  ask: (wish: Wish) => Promise<readonly (Answer | undefined)[]>,
): Promise<Wish[]> {
  const again: Wish[] = []
  const queue = wishes.values()
  const askInTurn = async () => {
    for (const wish of queue) {
      const received = await ask(wish)
      const final = received.filter((answer) => answer !== undefined && answer.retryable !== true)
      answers.push(...final.map((answer) => ({ wish, answer: answer as Answer })))
      if (final.length < received.length) again.push(wish)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, askInTurn))
  return again
}

/** A small generator of numbers from 0 to below 1, the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
