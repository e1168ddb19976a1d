import { liveVersions } from './live-versions.ts'
import { applyNotice } from './notices/apply.ts'
import { dueNotices, takeNotice } from './notices/due.ts'
import { acknowledgeNotice, keepEscrowAnswer } from './notices/manage.ts'
import { paymentsOfNotices } from './notices/of-payment.ts'
import { notice, noticesOfLinks, noticesOfOperations, scanNotices } from './notices/read.ts'
import { receiveNotice } from './notices/receive.ts'
import { operationEvents } from './operations/events.ts'
import { resolveOperation } from './operations/operations.ts'
import { readPayments } from './operations/payments.ts'
import { passRefund, readRefund } from './operations/refunds.ts'
import { noteAnswered, reopenOperation } from './settlement/reopening.ts'
import { beginSettleTry, dueSettlings, endSettleTry } from './settlement/settle-tries.ts'
import {
  advanceLink,
  createSmsLink,
  expireLinks,
  findSmsLinks,
  guardSmsApproval,
  linkOfNoticeToken,
  recordFailedArrival,
  recordSmsApproval,
  smsLink,
  smsLinkOfToken,
  smsLinksOfOrder,
} from './sms-links/index.ts'
import { sweepRecords } from './sweep.ts'
import type { Steps, Transaction } from './transaction.ts'
import { countPendingDeliveries } from './webhooks/count.ts'
import { endDelivery, nextDeliveryAt, takeDeliveries, webhookDelivery } from './webhooks/deliver.ts'
import { findWebhookDeliveries } from './webhooks/find.ts'
import { addTestEvent, beginEndpoints, endEndpoint, resendWebhook } from './webhooks/manage.ts'
import { openWork } from './work.ts'

/** Work in one transaction, given plain data and giving plain data. */
type Procedure<Input, Output> = (tx: Transaction, input: Input) => Steps<Output>

const reads = <Input, Output>(procedure: Procedure<Input, Output>) => ({ procedure, writes: false }) as const

const writes = <Input, Output>(procedure: Procedure<Input, Output>) => ({ procedure, writes: true }) as const

/** Everything that a store carries out as a whole, beside claiming and finishing. */
export const PROCEDURES = {
  acknowledgeNotice: writes(acknowledgeNotice),
  addTestEvent: writes(addTestEvent),
  advanceLink: writes(advanceLink),
  applyNotice: writes(applyNotice),
  beginEndpoints: writes(beginEndpoints),
  countPendingDeliveries: reads(countPendingDeliveries),
  createSmsLink: writes(createSmsLink),
  beginSettleTry: writes(beginSettleTry),
  dueNotices: reads(dueNotices),
  dueSettlings: reads(dueSettlings),
  endDelivery: writes(endDelivery),
  endEndpoint: writes(endEndpoint),
  endSettleTry: writes(endSettleTry),
  expireLinks: writes(expireLinks),
  findSmsLinks: reads(findSmsLinks),
  findWebhookDeliveries: reads(findWebhookDeliveries),
  guardSmsApproval: writes(guardSmsApproval),
  keepEscrowAnswer: writes(keepEscrowAnswer),
  linkOfNotices: reads((tx, { token }: { readonly token: string }) => linkOfNoticeToken(tx, token)),
  liveVersions: reads(liveVersions),
  nextDeliveryAt: reads(nextDeliveryAt),
  noteAnswered: writes(noteAnswered),
  notice: reads(notice),
  noticesOfLinks: reads(noticesOfLinks),
  noticesOfOperations: reads(noticesOfOperations),
  openWork: reads(openWork),
  operationEvents: reads(operationEvents),
  paymentsOfNotices: reads(paymentsOfNotices),
  receiveNotice: writes(receiveNotice),
  passRefund: writes(passRefund),
  readPayments: reads(readPayments),
  readRefund: reads(readRefund),
  recordFailedArrival: writes(recordFailedArrival),
  recordSmsApproval: writes(recordSmsApproval),
  reopenOperation: writes(reopenOperation),
  resendWebhook: writes(resendWebhook),
  resolveOperation: writes(resolveOperation),
  scanNotices: reads(scanNotices),
  smsLink: reads(smsLink),
  smsLinkOfToken: reads(smsLinkOfToken),
  smsLinksOfOrder: reads(smsLinksOfOrder),
  sweepRecords: writes(sweepRecords),
  takeDeliveries: writes(takeDeliveries),
  takeNotice: writes(takeNotice),
  webhookDelivery: reads(webhookDelivery),
}

export type ProcedureName = keyof typeof PROCEDURES

export type ProcedureInput<Name extends ProcedureName> = Parameters<(typeof PROCEDURES)[Name]['procedure']>[1]

type ResultOf<Work> = Work extends Steps<infer Output> ? Output : never

export type ProcedureOutput<Name extends ProcedureName> = ResultOf<ReturnType<(typeof PROCEDURES)[Name]['procedure']>>

/** A procedure by its name, with what it is given. */
export type ProcedureCall = {
  readonly [Name in ProcedureName]: { readonly name: Name; readonly input: ProcedureInput<Name> }
}[ProcedureName]

/** The steps of a procedure. The name and the input agree by construction, which the compiler does not follow. */
export const stepsOf = (name: ProcedureName, tx: Transaction, input: ProcedureCall['input']): Steps<unknown> =>
  (PROCEDURES[name].procedure as Procedure<unknown, unknown>)(tx, input)
