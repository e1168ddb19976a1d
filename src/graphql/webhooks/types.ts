import type { WebhookDelivery } from '../../journal/records/events.ts'
import { builder } from '../builder/builder.ts'
import { isNoAnswerReason, WebhookErrorType, WebhookEventTypeType, WebhookStateType } from './enums.ts'

function iso(time: number): string
function iso(time: number | null): string | null
function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}

export const WebhookDeliveryType = builder.objectRef<WebhookDelivery>('PayApiWebhookDelivery').implement({
  description: 'An event, and how far it is told to one endpoint. 웹훅 전송 내역.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Its id: give it to `resendWebhook`.' }),
    webhookId: t.id({
      nullable: false,
      description: 'The id of the event, the same in every attempt and to every endpoint. `webhook-id`.',
      resolve: ({ event }) => event.id,
    }),
    endpointId: t.exposeID('endpointId', {
      nullable: false,
      description: 'The endpoint, as `PAYAPI_WEBHOOKS_FILE` names it. 웹훅 엔드포인트.',
    }),
    type: t.field({
      type: WebhookEventTypeType,
      nullable: false,
      description: 'What it tells of.',
      resolve: ({ event }) => event.type,
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it happened. `timestamp`.',
      resolve: ({ event }) => iso(event.createdAt),
    }),
    merchantId: t.id({ description: 'The merchant. 가맹점ID, `mid`.', resolve: ({ event }) => event.merchantId }),
    orderId: t.id({ description: 'The order. 주문번호.', resolve: ({ event }) => event.orderId }),
    transactionId: t.id({ description: 'The payment. 거래ID.', resolve: ({ event }) => event.transactionId }),
    operationId: t.id({
      description: 'The operation in the journal: look it up with `paymentOperation`. 작업 ID.',
      resolve: ({ event }) => event.operationId,
    }),
    noticeId: t.id({
      description: 'The notice of the PG that told of it: look it up with `notice`. 통보 ID.',
      resolve: ({ event }) => event.noticeId,
    }),
    sequence: t.int({
      nullable: false,
      description: 'Grows from one event of a payment to the next, not always by one. 순번.',
      resolve: ({ event }) => event.sequence,
    }),
    state: t.expose('state', { type: WebhookStateType, nullable: false, description: 'How far it is.' }),
    attempts: t.exposeInt('attempts', { nullable: false, description: 'How often it was sent. 전송 횟수.' }),
    lastAttemptAt: t.field({
      type: 'DateTime',
      description: 'When it was sent last; null before.',
      resolve: ({ lastAt }) => iso(lastAt),
    }),
    lastStatus: t.int({
      description: 'The HTTP status of the last answer; null where there was none.',
      resolve: ({ lastAnswer }) => (lastAnswer !== null && /^\d{3}$/.test(lastAnswer) ? Number(lastAnswer) : null),
    }),
    lastError: t.field({
      type: WebhookErrorType,
      description: 'Why there was no answer to the last attempt; null where there was one.',
      resolve: ({ lastAnswer }) => (lastAnswer !== null && isNoAnswerReason(lastAnswer) ? lastAnswer : null),
    }),
    nextAttemptAt: t.field({
      type: 'DateTime',
      description: 'When it is to be sent next; null where it is not. 다음 전송 예정 시각.',
      resolve: ({ nextAt }) => iso(nextAt),
    }),
  }),
})
