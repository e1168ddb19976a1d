import type { Localized } from '../../lib/localized.ts'

/** What GraphiQL calls the fields that are not a service's, by their names. */
export const TITLES: Readonly<Record<string, Localized>> = {
  paymentOperation: { en: 'Shows what became of an operation', ko: '작업 결과 조회' },
  paymentOperationByKey: { en: 'Finds an operation by its idempotency key', ko: '멱등키로 작업 조회' },
  paymentOperations: { en: 'Lists operations, newest first', ko: '작업 목록' },
  resolvePaymentOperation: {
    en: 'Records what a person found out about an operation of unknown outcome',
    ko: '확인한 결과 기록',
  },
  settlePaymentOperation: {
    en: 'Asks PayAPI what became of an operation of unknown outcome',
    ko: 'PayAPI에 결과 확인 요청',
  },
  reopenPaymentOperation: { en: 'Takes back what was recorded of an operation', ko: '기록한 결과 되돌리기' },
  payment: { en: 'Shows a payment as it stands', ko: '결제 조회' },
  payments: { en: 'Lists payments, newest first', ko: '결제 목록' },
  refundPayment: { en: 'Gives a payment back, wholly or in part', ko: '결제 환불(전체 또는 부분)' },
  smsPayment: { en: 'Shows how far the payment of an SMS link is', ko: 'SMS 결제 조회' },
  smsPayments: { en: 'Lists payments by SMS links, newest first', ko: 'SMS 결제 목록' },
  notice: { en: 'Shows a notice of the PG', ko: '통보 조회' },
  notices: { en: 'Lists notices of the PG, newest first', ko: '통보 목록' },
  acknowledgeNotice: { en: 'Records that a person looked at a notice', ko: '통보 확인 기록' },
  paymentOperationChanged: { en: 'Follows an operation', ko: '작업 변경 구독' },
  paymentChanged: { en: 'Follows a payment', ko: '결제 변경 구독' },
  smsPaymentChanged: { en: 'Follows the payment of an SMS link', ko: 'SMS 결제 변경 구독' },
  workChanged: { en: 'Follows what waits for a person', ko: '확인이 필요한 건수 구독' },
  webhookDeliveries: { en: 'Lists deliveries of webhooks, newest first', ko: '웹훅 전송 목록' },
  resendWebhook: { en: 'Sends a webhook once more', ko: '웹훅 다시 보내기' },
  sendTestWebhook: { en: 'Sends a webhook to try an endpoint', ko: '테스트 웹훅 보내기' },
}
