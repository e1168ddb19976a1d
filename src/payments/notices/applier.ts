import type { OperationStore } from '../../journal/operation-store.ts'
import type { Application } from '../../journal/procedures/notices/apply.ts'
import type { NoticeException, NoticeFacts } from '../../journal/records/notices.ts'
import { limitConcurrency, UnderWay } from '../../lib/concurrency.ts'
import { monotonicMs } from '../../lib/timeout.ts'
import { type CallResult, isFailure } from '../../payapi/index.ts'
import { NOTICE_SERVICES } from './services.ts'

/** Whether notices may settle an operation of unknown outcome. */
export type NoticesSettle = 'never' | 'propose' | 'verified'

interface ApplierOptions {
  readonly store: Pick<OperationStore, 'run'>
  readonly settle: NoticesSettle
  /** Records that a notice showed an operation to have been processed. */
  readonly settleOperation: (operationId: string, transactionId: string | null, noticeId: string) => Promise<unknown>
  /** Asks the PG for the state of an escrow payment. */
  readonly askEscrow: (merchantId: string, transactionId: string) => Promise<CallResult>
  readonly onEvent: (event: ApplierEvent) => void
}

/** What somebody should know of. */
export type ApplierEvent =
  | { readonly kind: 'looked-at'; readonly application: Application }
  | { readonly kind: 'failed'; readonly fault: unknown }

const LOOK_EVERY_MS = 1_000
/** What appeared while a look was under way, the next one sees again. */
const MARGIN_MS = 2_000
const TAKE_FOR_MS = 30_000
const AT_ONCE = 4
/** A PG that does not answer is asked so often, and then its silence is kept. */
const ASKS = 5

/**
 * Lets notices have their effects, behind the answer to the PG: at once, and again and again where what they belong to is
 * not there yet, or whoever took them in is gone.
 */
export class NoticeApplier {
  readonly #options: ApplierOptions
  readonly #inTurn = limitConcurrency(AT_ONCE)
  readonly #underWay = new UnderWay()
  #timer: NodeJS.Timeout | undefined
  #lastLook: number | undefined
  #hasFailed = false
  #isClosed = false

  constructor(options: ApplierOptions) {
    this.#options = options
  }

  start(): void {
    this.#schedule(0)
  }

  /** Looks at a notice; never rejects. */
  apply(id: string): Promise<void> {
    return this.#underWay.add(this.#inTurn(() => this.#attempt(() => this.#apply(id))))
  }

  /** Begins nothing more; resolves once what is under way has ended. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#underWay.settled()
  }

  #schedule(ms: number): void {
    if (this.#isClosed) return
    this.#timer = setTimeout(() => {
      void this.#underWay.add(this.#look()).finally(() => this.#schedule(LOOK_EVERY_MS))
    }, ms).unref()
  }

  #look(): Promise<void> {
    return this.#attempt(async ({ store }) => {
      const now = monotonicMs()
      const isStart = this.#lastLook === undefined
      const due = await store.run('dueNotices', {
        isStart,
        appearedInMs: Math.ceil(now - (this.#lastLook ?? now)) + MARGIN_MS,
      })
      this.#lastLook = now
      await Promise.all(
        due.map((notice) =>
          this.#inTurn(async () => {
            if (this.#isClosed || !(await store.run('takeNotice', { ...notice, forMs: TAKE_FOR_MS }))) return
            await this.#apply(notice.id)
          }),
        ),
      )
    })
  }

  async #apply(id: string): Promise<void> {
    const { store, settle, settleOperation, onEvent } = this.#options
    const look = () => store.run('applyNotice', { id, settle, services: NOTICE_SERVICES })
    let application = await look()
    if (application?.settles) {
      const { operationId, transactionId } = application.settles
      await settleOperation(operationId, transactionId, id)
      application = (await look()) ?? application
    }
    if (application === undefined) return
    onEvent({ kind: 'looked-at', application })
    if (application.asks !== null) await this.#askEscrow(application, application.asks)
  }

  async #askEscrow({ id, merchantId, attempts }: Application, transactionId: string): Promise<void> {
    const { store, askEscrow } = this.#options
    const answer = await askEscrow(merchantId, transactionId)
    if (isFailure(answer) && answer.retryable && attempts < ASKS) return
    const notice = await store.run('notice', { id })
    const difference = notice?.content && !isFailure(answer) ? differenceOf(notice.content.facts, answer) : undefined
    await store.run('keepEscrowAnswer', {
      id,
      answer: JSON.stringify(answer),
      matches: isFailure(answer) ? null : difference === undefined,
      exception: difference ?? null,
    })
  }

  /** A store that is away is told once, until it is back. */
  async #attempt(work: (options: ApplierOptions) => Promise<void>): Promise<void> {
    try {
      await work(this.#options)
      this.#hasFailed = false
    } catch (fault) {
      if (!this.#hasFailed) this.#options.onEvent({ kind: 'failed', fault })
      this.#hasFailed = true
    }
  }
}

/** In what the PG, asked for an escrow payment, contradicts the notice that names it. Of a cancel, the amounts differ anyway. */
function differenceOf({ orderId, amount, escrowEvent }: NoticeFacts, answer: object): NoticeException | undefined {
  const answered = answer as { readonly orderId?: string | null; readonly amount?: string | null }
  const differs = (told: string | null, known: string | null | undefined) =>
    told !== null && known != null && told !== known
  if (differs(orderId, answered.orderId)) return 'ORDER_DIFFERS'
  return escrowEvent !== 'CANCELED' && differs(amount, answered.amount) ? 'AMOUNT_DIFFERS' : undefined
}
