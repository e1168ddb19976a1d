import { configFromOptions } from '../config/options/index.ts'
import { inOptions } from '../config/options/names.ts'
import type { PayApiGraphqlOptions } from '../config/options/types.ts'
import { OptionsError } from '../config/settings-error.ts'
import {
  type CallResult,
  createPayApiClient,
  SERVICES,
  type Service,
  type ServiceInput,
  type ServiceName,
  type ServiceResult,
  type Services,
} from '../payapi/index.ts'
import { type RefundResult, refundPayment } from '../payments/refunds/refunds.ts'
import { carryOut, checkRequest, type MutationResult, type RequestOptions } from '../payments/requests.ts'
import { openJournal } from '../server/journal/open-journal.ts'
import { finishUnderWay } from '../server/lifecycle/shutdown.ts'
import { StartError } from '../server/lifecycle/start-error.ts'
import { logCall } from '../server/telemetry/logger.ts'
import { logTo } from './log.ts'

/** How a client with a journal is set up: as the facade, as far as that concerns calls. In the sandbox `baseUrl` is needed. */
export interface JournaledClientOptions
  extends Pick<
    PayApiGraphqlOptions,
    | 'environment'
    | 'baseUrl'
    | 'merchants'
    | 'timeoutMs'
    | 'connectTimeoutMs'
    | 'maxInFlight'
    | 'keepAlive'
    | 'paths'
    | 'log'
    | 'onCall'
  > {
  readonly journal?: PayApiGraphqlOptions['journal'] & object
  /** Names this client in the journal: its idempotency keys are nobody else's. `client` by default. */
  readonly caller?: string | undefined
}

/** What a caller says of a request beside its input. */
export interface JournaledCallOptions {
  /** Which of the configured merchants acts; the first where left out. */
  readonly merchantId?: string | null | undefined
  /** The same key with the same input has the effect of one request, however often it is sent. */
  readonly idempotencyKey?: string | null | undefined
}

interface Journaled {
  /** The operation in the journal. */
  readonly operationId: string
}

type JournaledMethod<S extends Service> = S['effect'] extends 'lookup'
  ? (
      input: ServiceInput<S>,
      options?: Pick<JournaledCallOptions, 'merchantId'>,
    ) => Promise<CallResult<ServiceResult<S>>>
  : (
      input: ServiceInput<S>,
      options?: JournaledCallOptions,
    ) => Promise<MutationResult<CallResult<ServiceResult<S> & Journaled>>>

/** What is given back of a payment. Amounts in digits; all that remains where the amount is left out. */
export interface RefundInput {
  readonly transactionId: string
  readonly amount?: string | null | undefined
  readonly vatAmount?: string | null | undefined
  readonly taxFreeAmount?: string | null | undefined
}

type JournaledMethods = { readonly [Name in ServiceName]: JournaledMethod<Services[Name]> }

/**
 * A client that sends nothing twice: a method for each service. A request that was made before under its key is answered
 * with its result, and one that contradicts an earlier one with `PayApiIdempotencyConflict`. A method rejects only where the
 * journal must not be used at all, and sends nothing then; whatever happens on the way is a result.
 */
export interface JournaledClient extends JournaledMethods {
  /** Gives a payment back, wholly or in part, as the cancel that fits; only what the journal knows of. */
  refundPayment(input: RefundInput, options?: JournaledCallOptions): Promise<RefundResult>
  /** Resolves once the journal was looked into, which each call waits for; rejects where it must not be used. */
  ready(): Promise<void>
  /** Sends nothing more, waits for what is under way, and ends everything. May be called twice. */
  close(): Promise<void>
}

/** Throws `OptionsError`, which names everything that is wrong with the options. */
export function createJournaledClient({ caller = 'client', ...options }: JournaledClientOptions): JournaledClient {
  const config = configFromOptions({ ...options, auth: false })
  const { baseUrl, journal: journalConfig, timeoutMs } = config
  if (baseUrl === undefined || config.merchants === undefined)
    throw new OptionsError(['baseUrl is needed in the sandbox'])
  if (journalConfig === undefined) throw new OptionsError(['journal cannot be false here'])
  const log = logTo(options.log)
  const { journal, verify, close: closeJournal } = openJournal(journalConfig, [], timeoutMs, log)
  const client = createPayApiClient({
    ...config,
    baseUrl,
    merchants: config.merchants,
    sandbox: config.environment === 'sandbox',
    onCall(record) {
      logCall(log, record)
      options.onCall?.(record)
    },
  })
  const place = { client, journal, caller }
  let verified: Promise<void> | undefined
  const ready = () => {
    verified ??= verify().catch((fault: unknown) => {
      throw fault instanceof StartError ? new StartError(inOptions(fault.message)) : fault
    })
    return verified
  }
  const call = async (service: Service, input: unknown, given: RequestOptions = {}): Promise<MutationResult> => {
    await ready()
    const request = checkRequest(service, input, place, given)
    if ('type' in request) return request
    return service.effect === 'lookup' ? client.send(request.call) : carryOut(request, place)
  }
  const methods = Object.values<Service>(SERVICES).map((service) => [
    service.name,
    (input: unknown, given?: RequestOptions) => call(service, input, given),
  ])
  let closed: Promise<void> | undefined
  const end = async () => {
    const { drainMs } = config.serving
    await finishUnderWay({ clients: [client], drainMs, log, recorded: () => journal.recorded() }, async () => {})
    await closeJournal()
    await client.close()
  }
  return {
    ...(Object.fromEntries(methods) as unknown as JournaledMethods),
    async refundPayment(input, given) {
      await ready()
      return refundPayment(input, place, given)
    },
    ready,
    close() {
      closed ??= end()
      return closed
    },
  }
}
