import { readFileSync } from 'node:fs'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import * as documents from '../../../schema/operations.generated.ts'
import { SERVICES, type Service, type ServiceName } from '../../../src/payapi/index.ts'
import type { Facade, SendOptions } from '../server/facade.ts'

const examples = JSON.parse(
  readFileSync(new URL('../../../schema/operations/examples.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Takes the name of an operation document; returns the variables that stand beside it. */
export function exampleOf<Variables>(_: TypedDocumentNode<unknown, Variables>, file: string): Variables {
  const variables = examples[`${file}.graphql`]
  if (variables === undefined) throw new Error(`examples.json has nothing for ${file}`)
  return structuredClone(variables) as Variables
}

/** One way of calling a service: its mutation, or the query of a lookup. */
export interface Call {
  /** The field of `Mutation` or `Query`. */
  readonly field: string
  readonly kind: 'mutation' | 'query'
  readonly service: Service
  /** The operation document's file, without its ending. */
  readonly file: string
  readonly document: TypedDocumentNode<Readonly<Record<string, CallResult>>, Readonly<Record<string, unknown>>>
}

/** What a field of an answer holds, as far as every union member has it. */
export interface CallResult {
  readonly __typename: string
  readonly [name: string]: unknown
}

const mutation = (file: string, name: ServiceName, document: unknown): Call => ({
  field: name,
  kind: 'mutation',
  service: SERVICES[name],
  file,
  document: document as Call['document'],
})

const query = (file: string, field: string, name: ServiceName, document: unknown): Call => ({
  ...mutation(file, name, document),
  field,
  kind: 'query',
})

/** The fifteen mutations, in the order of the contract. */
export const MUTATIONS: readonly Call[] = [
  mutation('01-cancel-payment', 'cancelPayment', documents.CancelPaymentDocument),
  mutation('02-cancel-payment-partially', 'cancelPaymentPartially', documents.CancelPaymentPartiallyDocument),
  mutation('03-issue-card-billing-key', 'issueCardBillingKey', documents.IssueCardBillingKeyDocument),
  mutation(
    '04-issue-card-billing-key-without-auth',
    'issueCardBillingKeyWithoutAuth',
    documents.IssueCardBillingKeyWithoutAuthDocument,
  ),
  mutation('05-charge-card-billing-key', 'chargeCardBillingKey', documents.ChargeCardBillingKeyDocument),
  mutation('06-delete-card-billing-key', 'deleteCardBillingKey', documents.DeleteCardBillingKeyDocument),
  mutation('07-charge-mobile-billing-key', 'chargeMobileBillingKey', documents.ChargeMobileBillingKeyDocument),
  mutation('08-charge-keyed-in-card', 'chargeKeyedInCard', documents.ChargeKeyedInCardDocument),
  mutation('09-look-up-card-prefix', 'lookUpCardPrefix', documents.LookUpCardPrefixDocument),
  mutation('10-register-escrow-delivery', 'registerEscrowDelivery', documents.RegisterEscrowDeliveryDocument),
  mutation('11-confirm-escrow-purchase', 'confirmEscrowPurchase', documents.ConfirmEscrowPurchaseDocument),
  mutation('12-deny-escrow-purchase', 'denyEscrowPurchase', documents.DenyEscrowPurchaseDocument),
  mutation('13-confirm-escrow-denial', 'confirmEscrowDenial', documents.ConfirmEscrowDenialDocument),
  mutation('14-check-escrow-status', 'checkEscrowStatus', documents.CheckEscrowStatusDocument),
  mutation('15-create-sms-payment-url', 'createSmsPaymentUrl', documents.CreateSmsPaymentUrlDocument),
]

/** The lookups as queries. */
export const QUERIES: readonly Call[] = [
  query('16-card-prefix', 'cardPrefix', 'lookUpCardPrefix', documents.CardPrefixDocument),
  query('17-escrow-status', 'escrowStatus', 'checkEscrowStatus', documents.EscrowStatusDocument),
]

/** Every way of calling a service. */
export const CALLS: readonly Call[] = [...MUTATIONS, ...QUERIES]

/** Sends the operation document of a call with its example's variables; returns how it ended. */
export async function sendExample(facade: Facade, call: Call, options?: SendOptions): Promise<CallResult> {
  return sendWith(facade, call, exampleOf(call.document, call.file), options)
}

/** The same with other variables. */
export async function sendWith(
  facade: Facade,
  { document, field }: Call,
  variables: Readonly<Record<string, unknown>>,
  options?: SendOptions,
): Promise<CallResult> {
  const data = await facade.send(document, variables, options)
  const ending = data[field]
  if (ending === undefined) throw new Error(`The answer has no ${field}`)
  return ending
}

/** An id of the facade's own: 128 bits in base64url. */
export const REQUEST_ID = /^[\w-]{24}$/

/** An instant of now, as the graph gives it. */
export const INSTANT = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
