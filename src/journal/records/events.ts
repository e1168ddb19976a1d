import type { Localized } from '../../lib/localized.ts'

/** What the endpoints of webhooks can be told of. */
export const EVENT_TYPES = {
  'operation.unknown': {
    about: {
      en: 'Nobody knows whether PayAPI processed a request: its answer was lost, or its server ended. Never told as a payment or a cancel.',
      ko: '요청이 처리되었는지 알 수 없습니다. 응답이 유실되었거나 서버가 중단된 경우이며, 승인이나 취소로 통지되지 않습니다.',
    },
  },
  'operation.settled': {
    about: {
      en: 'It became known what had become of a request of unknown outcome: it was processed, or it was not.',
      ko: '결과를 알 수 없던 요청의 처리 여부가 확인되었습니다.',
    },
  },
  'payment.approved': {
    about: {
      en: 'A payment was approved, or the deposit to a virtual account arrived.',
      ko: '결제가 승인되었거나 가상계좌에 입금되었습니다.',
    },
  },
  'payment.canceled': {
    about: { en: 'A payment was canceled, in full or in part.', ko: '결제가 전체 또는 부분 취소되었습니다.' },
  },
  'sms_payment.paid': {
    about: { en: 'A payment by a link in a text message was paid.', ko: 'SMS 결제가 완료되었습니다.' },
  },
  'sms_payment.awaiting_deposit': {
    about: {
      en: 'A virtual account was issued for a payment by a link in a text message: the deposit is awaited.',
      ko: 'SMS 결제의 가상계좌가 발급되어 입금을 기다립니다.',
    },
  },
  'sms_payment.expired': {
    about: {
      en: 'The time of a link in a text message ran out, and nobody had used it.',
      ko: 'SMS 결제 링크가 사용되지 않은 채 만료되었습니다.',
    },
  },
  'deposit.withdrawn': {
    about: {
      en: 'The bank took a deposit to a virtual account back.',
      ko: '가상계좌 입금이 은행에서 취소되었습니다.',
    },
  },
  'escrow.changed': {
    about: {
      en: 'The escrow of a payment went a step on: a delivery, a confirmation or a denial.',
      ko: '에스크로 거래의 상태가 변경되었습니다(배송 등록, 구매 확정, 구매 거절).',
    },
  },
  'notice.unmatched': {
    about: {
      en: 'A notice of the PG fits nothing that is known here. It is kept, and looked at again.',
      ko: 'PG 통지가 어떤 거래와도 일치하지 않습니다. 통지는 보관되며 다시 확인합니다.',
    },
  },
} as const satisfies Readonly<Record<string, { readonly about: Localized }>>

/** What an endpoint can ask for. */
export type EventType = keyof typeof EVENT_TYPES

/** What an endpoint is sent to try it out: it tells of nothing, and need not be asked for. */
export const TEST_EVENT = 'webhook.test'

/** An endpoint as far as the journal knows it: neither where it is nor its secrets. */
export interface WebhookEndpoint {
  readonly id: string
  readonly events: readonly EventType[]
  /** Left out for all merchants. */
  readonly merchantIds?: readonly string[] | undefined
}

/** Something that happened: ids alone, for whoever wants to know more asks for it. */
export interface WebhookEvent {
  /** Random: the `webhook-id` of each try to deliver it. */
  readonly id: string
  readonly type: EventType | typeof TEST_EVENT
  /** What it belongs to: the order, or else the payment, or else the operation. */
  readonly subject: string
  /** Grows from event to event of a subject. */
  readonly sequence: number
  /** Null for a test. */
  readonly merchantId: string | null
  readonly orderId: string | null
  readonly transactionId: string | null
  /** The operation that changed; of an SMS payment, the one that made its link. */
  readonly operationId: string | null
  /** The notice that told of it. */
  readonly noticeId: string | null
  /** In milliseconds since 1970. */
  readonly createdAt: number
}

/** `PENDING` is still to be sent, or to be sent again. */
export type DeliveryState = 'PENDING' | 'DELIVERED' | 'GIVEN_UP'

/** How long a webhook is tried, and kept while it is not delivered, however short everything else is kept. */
export const WEBHOOK_LIFETIME_MS = 3 * 24 * 60 * 60_000

/** An event on its way to an endpoint. Times are milliseconds since 1970. */
export interface WebhookDelivery {
  /** The event's id, a dot, and the endpoint's. */
  readonly id: string
  readonly endpointId: string
  readonly event: WebhookEvent
  readonly state: DeliveryState
  /** How often it was tried, or begun to be, since it was created or sent again. */
  readonly attempts: number
  /** Since when it is to be delivered: it was created then, or somebody asked for it once more. */
  readonly pendingSince: number
  /** When it is tried next; null where it is not any more. */
  readonly nextAt: number | null
  readonly createdAt: number
  /** When a try last ended, and what came of it; null before. */
  readonly lastAt: number | null
  readonly lastAnswer: string | null
}
