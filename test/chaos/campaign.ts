import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts'
import { type Answer, ask, type JournalEntry, readJournal, readUntil } from './client.ts'
import { Lives, type LivesReport } from './lives.ts'
import { readWebhooks, Shop, type WebhooksReport } from './webhooks.ts'
import { newWish, type Wish } from './wishes.ts'
import { type FacadeProcess, startFacadeProcess } from './world/facade-process.ts'
import { type Front, startFront } from './world/front.ts'
import { KILL_POINTS, type KillProxy, startKillProxy } from './world/kill-proxy.ts'
import { clockTroubles, type Trouble, workerKilled } from './world/trouble.ts'

/** The store under the facades. */
export interface StoreWorld {
  /** What every facade on it is started with. */
  readonly env: Readonly<Record<string, string>>
  /** What may befall it. */
  readonly troubles: readonly Trouble[]
  remove(): Promise<void>
}

/** How hard the facades are treated. */
export interface CampaignOptions {
  /** Makes the store; it may use the folder. */
  readonly world: (folder: string) => StoreWorld | Promise<StoreWorld>
  /** In each round one trouble befalls the store or one of the facades; 0 for as many as there are troubles. */
  readonly rounds: number
  /** How many new changes are wished for in a round. */
  readonly wishes: number
  /** How many of them are under way at once. */
  readonly concurrency: number
  /** Decides every choice of the campaign that is not the machine's. */
  readonly seed: number
  /** Of PayAPI's answers, the share that goes wrong, 0 to 1. */
  readonly faultRate: number
  /** Is told of every round. */
  readonly onRound?: (round: number, trouble: string) => void
}

/** An answer, what was asked, and when (epoch milliseconds). */
export interface Answered {
  readonly wish: Wish
  readonly answer: Answer
  readonly askedAt: number
  /** The trouble of the round in which it was asked; none at the end. */
  readonly during: Trouble | undefined
}

/** What came of it: every answer, what the wire carried, PayAPI's books and the journal, to be held against each other. */
export interface CampaignReport {
  readonly wishes: readonly Wish[]
  readonly answers: readonly Answered[]
  /** How often a request for a wish, by its name, was passed on to PayAPI. */
  readonly sent: ReadonlyMap<string, number>
  readonly books: Pick<Sandbox['books'], 'charges' | 'cancellations' | 'notices'>
  /** What became of payments after their calls. */
  readonly lives: LivesReport
  /** What the shop was told of it all. */
  readonly webhooks: WebhooksReport
  readonly journal: readonly JournalEntry[]
  /** The operations whose ending the journal did not take at once. */
  readonly delayedEndings: ReadonlySet<string>
  /** How often each trouble struck. */
  readonly struck: Readonly<Record<string, number>>
}

/**
 * A lease of PostgreSQL's is half a minute longer than the call, and is looked for now and then; what is still in progress
 * long after that will be for ever.
 */
const LONG_AFTER_LEASES_MS = 300_000

/** A caller asks again after these: nothing is final in them. */
const isFinal = ({ retryable }: Answer): boolean => retryable !== true

/**
 * Runs two facades on one journal. In each round something befalls one of them or the store: a kill at some point of a
 * call, a clock, a disk, a database, a damaged file. Whoever has no final answer asks again until there is one, some ask
 * both facades at once, as behind a load balancer that repeats requests, and some ask again for what succeeded before.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const folder = mkdtempSync(join(tmpdir(), 'payapi-chaos-'))
  const sandbox = await startSandbox({
    merchants: DEMO_MERCHANTS,
    faults: { rate: options.faultRate, seed: options.seed },
    slowMs: 50,
  })
  const proxy = await startKillProxy(Number(new URL(sandbox.url).port))
  const world = await options.world(folder)
  const front: Front = await startFront(() => campaign.portOfSome())
  const shop = new Shop()
  const told = await shop.open(folder)
  const lives = new Lives(sandbox, mulberry32(options.seed + 1))
  const campaign: Campaign = new Campaign(
    options,
    folder,
    { ...world, env: { ...world.env, ...told } },
    proxy,
    front,
    lives,
    shop,
  )
  try {
    await campaign.run()
    const { wishes, answers, struck } = campaign
    const journal = await campaign.journal()
    const sent = new Map(proxy.sent)
    const report = await campaign.livesReport()
    const webhooks = await campaign.webhooksReport()
    const delayedEndings = campaign.delayedEndings()
    const { charges, cancellations, notices } = sandbox.books
    const books = { charges, cancellations, notices }
    return { wishes, answers, struck, journal, delayedEndings, sent, books, lives: report, webhooks }
  } finally {
    await campaign.end()
    await front.close()
    await proxy.close()
    shop.close()
    await sandbox.close()
    await world.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

class Campaign {
  readonly wishes: Wish[] = []
  readonly answers: Answered[] = []
  readonly struck: Record<string, number> = {}
  readonly #options: CampaignOptions
  readonly #lives: Lives
  readonly #shop: Shop
  readonly #random: () => number
  readonly #env: Readonly<Record<string, string>>
  readonly #troubles: readonly Trouble[]
  /** Newest last. A facade gets them in the order in which the documents tell an operator to rotate them. */
  readonly #keys = [newKey()]
  readonly #started: FacadeProcess[] = []
  #open: Wish[] = []
  #steady: FacadeProcess | undefined
  #victim: FacadeProcess | undefined

  constructor(
    options: CampaignOptions,
    folder: string,
    world: StoreWorld,
    proxy: KillProxy,
    front: Front,
    lives: Lives,
    shop: Shop,
  ) {
    this.#options = options
    this.#shop = shop
    this.#lives = lives
    this.#random = mulberry32(options.seed)
    this.#env = {
      PAYAPI_BASE_URL: proxy.url,
      PAYAPI_MERCHANTS: JSON.stringify(DEMO_MERCHANTS),
      PAYAPI_TIMEOUT_MS: '1000',
      PAYAPI_IDEMPOTENCY_WAIT_MS: '100',
      PAYAPI_PUBLIC_URL: front.url,
      LOG_LEVEL: 'error',
      ...world.env,
    }
    const kills = KILL_POINTS.map(
      (point): Trouble => ({
        name: `killed when ${point}`,
        strike: (victim) => {
          victim?.process.kill('SIGKILL')
          return () => {}
        },
      }),
    )
    this.#troubles = interleave(kills, [...world.troubles, ...clockTroubles(folder), workerKilled, this.#rotation()])
    this.#strikeAt = (trouble, nth, strike) => {
      const point = KILL_POINTS.find((each) => trouble.name === `killed when ${each}`) ?? 'connecting'
      // Before the first call gets anywhere the proxy sees nothing: the blow falls while the callers are writing.
      if (point === 'request written') setImmediate(strike)
      else proxy.arm(point, nth, strike)
    }
  }

  readonly #strikeAt: (trouble: Trouble, nth: number, strike: () => void) => void

  async run(): Promise<void> {
    const { onRound } = this.#options
    const rounds = this.#options.rounds || this.#troubles.length
    for (let round = 0; round < rounds; round++) {
      const trouble = this.#troubles[round % this.#troubles.length] as Trouble
      await (trouble.atRest === true ? this.#atRest(trouble) : this.#underWay(trouble))
      this.struck[trouble.name] = (this.struck[trouble.name] ?? 0) + 1
      onRound?.(round, trouble.name)
    }
    await this.#start()
    while (this.#open.length > 0) this.#open = await this.#ask(this.#open)
    await this.#lives.finish(this.#urls())
  }

  /** What the graph says of payments, once an operator has settled what was unknown. */
  async livesReport(): Promise<LivesReport> {
    await this.#lives.settle(this.#urls())
    return this.#lives.report(this.#running(this.#steady).url)
  }

  /** What was told, once all of it was delivered. */
  webhooksReport(): Promise<WebhooksReport> {
    return readWebhooks(this.#running(this.#steady).url, this.#shop)
  }

  /** The port of a facade that runs, by chance. */
  portOfSome(): number | undefined {
    const urls = this.#urls()
    const url = urls[Math.floor(Math.random() * urls.length)]
    return url === undefined ? undefined : Number(new URL(url).port)
  }

  #urls(): readonly string[] {
    return [this.#victim, this.#steady].flatMap((each) => (each === undefined ? [] : [each.url]))
  }

  /** The payments of charges that succeeded. */
  #chargedPayments(): readonly string[] {
    return this.answers.flatMap(({ answer: { __typename, transactionId } }) =>
      __typename === 'CardPayment' && transactionId ? [transactionId] : [],
    )
  }

  /** The journal once it knows of every call what became of it: what was killed is under way until its lease has ended. */
  journal(): Promise<readonly JournalEntry[]> {
    return readUntil(
      Date.now() + LONG_AFTER_LEASES_MS,
      () => readJournal(this.#running(this.#steady).url),
      (entries) => entries.every(({ state }) => state !== 'IN_PROGRESS'),
    )
  }

  async end(): Promise<void> {
    await Promise.all([kill(this.#victim), kill(this.#steady)])
    this.#victim = undefined
    this.#steady = undefined
  }

  async #underWay(trouble: Trouble): Promise<void> {
    const { wishes: count } = this.#options
    await this.#start(trouble.env)
    const fresh = Array.from({ length: count }, () => newWish(this.#random))
    this.wishes.push(...fresh)
    let undo: Promise<() => void | Promise<void>> | undefined
    const victim = this.#victim
    this.#strikeAt(trouble, 1 + Math.floor(this.#random() * count * 0.5), () => {
      undo = Promise.resolve(trouble.strike(victim))
    })
    const life = this.#lives.step(this.#urls(), this.#chargedPayments())
    this.#open = await this.#ask([...this.#open, ...fresh, ...this.#knownSuccesses()], trouble)
    await life
    await (await undo)?.()
    await kill(this.#victim)
  }

  /** What befalls a store at rest is noticed at the start, or does no harm: nothing that succeeded is sent again. */
  async #atRest(trouble: Trouble): Promise<void> {
    await this.end()
    const undo = await trouble.strike(undefined)
    const cameBefore = this.#shop.received.length
    let refused = false
    try {
      this.#steady = await this.#startOne()
    } catch {
      refused = true
    }
    if (!refused) await this.#ask(this.#knownSuccesses(), trouble)
    await this.end()
    await undo()
    // With the files the journal is put back to where it was: what it told meanwhile it tells once more.
    this.#shop.received.length = cameBefore
  }

  /** Every facade gets the new key as one that it knows before any of them seals with it. */
  #rotation(): Trouble {
    return {
      name: 'the keys are rotated',
      strike: async () => {
        this.#keys.push(newKey())
        const known = [...this.#keys]
        const [newest, ...older] = known.toReversed() as [string, ...string[]]
        this.#keyList = [...older, newest]
        await this.#restartSteady()
        this.#keyList = [newest, ...older]
        return () => this.#restartSteady()
      },
    }
  }

  #keyList: readonly string[] = [...this.#keys]

  async #restartSteady(): Promise<void> {
    await kill(this.#steady)
    this.#steady = await this.#startOne()
  }

  async #start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    await kill(this.#victim)
    this.#victim = undefined
    this.#steady ??= await this.#startOne()
    this.#victim = await this.#startOne(env)
  }

  async #startOne(env: Readonly<Record<string, string>> = {}): Promise<FacadeProcess> {
    const keys = { PAYAPI_JOURNAL_KEYS: this.#keyList.join(',') }
    const facade = await startFacadeProcess({ ...this.#env, ...keys, ...env })
    this.#started.push(facade)
    return facade
  }

  /** The operations whose ending a facade could not write at once, as it logged: where it was killed then, it is lost. */
  delayedEndings(): ReadonlySet<string> {
    const lines = this.#started.flatMap(({ output }) => output().split('\n'))
    const delayed = lines.filter((line) => line.includes('"journal finish-delayed"'))
    return new Set(delayed.map((line) => /"operationId":"([^"]+)"/.exec(line)?.[1] ?? ''))
  }

  /** Some wishes with a key that succeeded: asked again, they are the same success. */
  #knownSuccesses(): readonly Wish[] {
    const succeeded = this.answers.filter(({ answer, wish }) => answer.outcome === undefined && wish.idempotencyKey)
    return Array.from(
      { length: Math.min(5, succeeded.length) },
      () => (succeeded[Math.floor(this.#random() * succeeded.length)] as Answered).wish,
    )
  }

  /** Asks for all wishes, so many at a time; resolves to those that have no final answer yet. */
  async #ask(wishes: readonly Wish[], during?: Trouble): Promise<Wish[]> {
    const again = new Set<Wish>()
    const queue = wishes.values()
    const askInTurn = async () => {
      for (const wish of queue) {
        const askedAt = Date.now()
        const received = await Promise.all(this.#chosenFacades().map(({ url }) => ask(url, wish)))
        const answers = received.filter((answer) => answer !== undefined)
        this.answers.push(...answers.map((answer) => ({ wish, answer, askedAt, during })))
        if (answers.filter(isFinal).length < received.length) again.add(wish)
      }
    }
    await Promise.all(Array.from({ length: this.#options.concurrency }, askInTurn))
    return [...again]
  }

  /** Most callers ask the facade that is in trouble; one in five asks both at once, one in five the other. */
  #chosenFacades(): readonly FacadeProcess[] {
    const steady = this.#running(this.#steady)
    const victim = this.#victim ?? steady
    const choice = this.#random()
    return choice < 0.2 ? [victim, steady] : choice < 0.4 ? [steady] : [victim]
  }

  #running(facade: FacadeProcess | undefined): FacadeProcess {
    if (facade === undefined) throw new Error('No facade runs')
    return facade
  }
}

const newKey = (): string => randomBytes(32).toString('base64')

async function kill(facade: FacadeProcess | undefined): Promise<void> {
  if (facade === undefined) return
  const { process, exited } = facade
  if (process.exitCode === null && process.signalCode === null) process.kill('SIGKILL')
  await exited
}

/** One of each in turn, then the rest of the longer list. */
function interleave<T>(some: readonly T[], others: readonly T[]): readonly T[] {
  const length = Math.max(some.length, others.length)
  return Array.from({ length }, (_, index) => [
    ...some.slice(index, index + 1),
    ...others.slice(index, index + 1),
  ]).flat()
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
