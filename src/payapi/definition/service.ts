import type { FormRule } from '../wire/validate-input.ts'
import type { PAYMENT_METHOD } from './enums.ts'
import type { InputFields, InputOf, WireNames } from './request-types.ts'
import type { ResultFields, ResultOf } from './result-fields.ts'

/**
 * What a call changes. `charge`: takes money for an order. `update`: changes money or state otherwise.
 * `lookup`: changes nothing, so it may be asked again, batched and cached.
 */
export type Effect = 'charge' | 'update' | 'lookup'

/** What a call is in the life of one payment: it takes it, takes it back whole or in part, or moves its escrow on. */
export type PaymentStep = 'APPROVAL' | 'CANCEL' | 'PARTIAL_CANCEL' | 'ESCROW'

/**
 * How it is found out, without risk, what became of a request of unknown outcome. `LOOKUP`: a service that changes nothing
 * is asked, and shows a state in which the request was processed, or was not. `REPEATING`: the same request once more moves
 * nothing, and is answered with a success, or with one of these result codes, where either of them was processed.
 */
export type Settling =
  | {
      readonly by: 'LOOKUP'
      readonly lookup: string
      readonly processed: readonly string[]
      readonly notProcessed: readonly string[]
    }
  | { readonly by: 'REPEATING'; readonly processed: readonly string[] }

/**
 * How a request and its answer are written. `payapi`: a signed form, answered in JSON. `mobile`: a form without a
 * signature, answered in names and values, as the payment pages for mobile phones do.
 */
export type ProtocolName = 'payapi' | 'mobile'

/** One PayAPI service, as data. Everything that calls, publishes or imitates it is derived from this. */
export interface Service<
  Name extends string = string,
  Request extends InputFields = InputFields,
  Result extends ResultFields = ResultFields,
  Changes extends Effect = Effect,
> {
  /** The name of the client's method, and of the mutation. */
  readonly name: Name
  /** What it does, in English. */
  readonly about: string
  /** The published Korean name. */
  readonly korean: string
  /** Page and section of the contract. */
  readonly page: string
  /** Where PayAPI takes it; of a call whose address comes with it, the name under which that comes. */
  readonly path: string
  readonly protocol: ProtocolName
  /** The result code that means processed. */
  readonly success: string
  readonly effect: Changes
  /** Of a lookup: what it tells hardly ever changes, so that a success may be cached. */
  readonly cacheable?: boolean
  /** Left out where a success names no payment. */
  readonly step?: PaymentStep
  /** Of an approval: the method where each of its payments has the same. */
  readonly paidBy?: keyof typeof PAYMENT_METHOD.values
  /** What is signed, in this order. */
  readonly signed: readonly string[]
  readonly request: Request
  /** Names in the form whose values the journal keeps, sealed: never of a card, nor what is encrypted. */
  readonly keeps?: readonly string[]
  /** Left out where only a person can find out. */
  readonly settling?: Settling
  /** The fields of the request, and what is given beside them. */
  readonly input: InputFields
  /** Wire names of what of them is not sent. */
  readonly unsent: readonly string[]
  /** Rules over several fields of the request. */
  readonly rules: readonly FormRule[]
  /** Where an answer tells whose it is: wire name in the answer → wire name in the form. */
  readonly identity: Readonly<Record<string, string>>
  /** Type name of a success, and its fields. */
  readonly result: { readonly type: string; readonly about: string; readonly fields: Result }
}

/** What the form always has, beside the request's own fields. `mkey` is signed but never sent. */
type CommonWire = 'mid' | 'timestamp' | 'mkey'

/** What a call of the service is in the life of a payment; undefined where it names none. */
export const stepOf = ({ step, effect }: Pick<Service, 'step' | 'effect'>): PaymentStep | undefined =>
  step ?? (effect === 'charge' ? 'APPROVAL' : undefined)

/** What `defineService` takes: as `Service`, but signed names, rules and identity can only name what the form has. */
interface ServiceSpec<
  Name extends string,
  Request extends InputFields,
  Result extends ResultFields,
  Changes extends Effect,
> {
  readonly name: Name
  readonly about: string
  readonly korean: string
  readonly page: string
  readonly path: `/${string}` | 'P_REQ_URL'
  readonly protocol?: ProtocolName
  readonly success: string
  readonly effect: Changes
  readonly cacheable?: boolean
  readonly step?: PaymentStep
  readonly paidBy?: keyof typeof PAYMENT_METHOD.values
  readonly signed: readonly (WireNames<Request> | CommonWire)[]
  readonly request: Request
  readonly keeps?: readonly WireNames<Request>[]
  readonly settling?: Settling
  /** What is given beside the request and not sent. */
  readonly beside?: InputFields
  readonly rules?: readonly FormRule<WireNames<Request>>[]
  readonly identity?: Readonly<Record<string, WireNames<Request> | 'mid'>>
  readonly result: { readonly type: string; readonly about: string; readonly fields: Result }
}

/** Declares a service. The compiler refuses a signed field, a rule or an identity that the form does not have. */
export function defineService<
  const Name extends string,
  const Request extends InputFields,
  const Result extends ResultFields,
  const Changes extends Effect,
>(spec: ServiceSpec<Name, Request, Result, Changes>): Service<Name, Request, Result, Changes> {
  const { transactionId } = spec.request
  // Not every answer is documented to name the merchant or the payment, but one that does must name ours.
  const tid = transactionId !== undefined && 'wire' in transactionId ? { Tid: transactionId.wire } : {}
  const { beside, ...facts } = spec
  const input = { ...spec.request, ...beside }
  const unsent = Object.values(input).flatMap((entry) => ('wire' in entry && !entry.sent ? [entry.wire] : []))
  return { rules: [], protocol: 'payapi', ...facts, input, unsent, identity: { Mid: 'mid', ...tid, ...spec.identity } }
}

/** What a caller of a service gives. */
export type ServiceInput<S extends Service> = InputOf<S['request']>

/** What a success of a service holds; `type` names it. */
export type ServiceResult<S extends Service> = { readonly type: string } & ResultOf<S['result']['fields']>
