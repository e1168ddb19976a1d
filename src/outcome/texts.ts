import type { Localized } from './types.ts'

// A buyer reads these. They speak of this request alone: an earlier one of the same buyer may have been processed.

/** What an outcome says. */
export interface Message {
  readonly title: Localized
  readonly text: Localized
}

const message = (title: Localized, text: Localized): Message => ({ title, text })

const REFUND_TAKES_DAYS: Localized = {
  ko: '카드사나 은행에 따라 환불이 반영되기까지 며칠 걸릴 수 있습니다.',
  en: 'It may take your bank or card company a few days to show the refund.',
}

const PAID = message(
  { ko: '결제가 완료되었습니다', en: 'Payment complete' },
  { ko: '결제해 주셔서 감사합니다.', en: 'Thank you. Your payment went through.' },
)

/** What each type that a mutation or a lookup succeeds with says. */
export const DONE: Readonly<Record<string, Message>> = {
  CardPayment: PAID,
  MobilePayment: PAID,
  PaymentCancellation: message({ ko: '결제가 취소되었습니다', en: 'Payment canceled' }, REFUND_TAKES_DAYS),
  PartialPaymentCancellation: message(
    { ko: '결제 금액의 일부가 취소되었습니다', en: 'Part of the payment canceled' },
    REFUND_TAKES_DAYS,
  ),
  CardBillingKey: message(
    { ko: '카드가 등록되었습니다', en: 'Card registered' },
    { ko: '이제 이 카드로 결제할 수 있습니다.', en: 'You can now pay with this card.' },
  ),
  DeletedBillingKey: message(
    { ko: '카드 등록이 해지되었습니다', en: 'Card removed' },
    { ko: '이 카드로는 더 이상 결제되지 않습니다.', en: 'This card will no longer be charged.' },
  ),
  CardPrefix: message(
    { ko: '카드를 확인했습니다', en: 'Card recognized' },
    { ko: '카드 정보를 찾았습니다.', en: 'We found out which card this is.' },
  ),
  EscrowDelivery: message(
    { ko: '배송이 등록되었습니다', en: 'Delivery registered' },
    { ko: '상품을 받은 뒤 구매를 확정하실 수 있습니다.', en: 'The purchase can be confirmed once the goods arrive.' },
  ),
  EscrowPurchaseConfirmation: message(
    { ko: '구매가 확정되었습니다', en: 'Purchase confirmed' },
    { ko: '판매자에게 대금이 지급됩니다.', en: 'The seller will now be paid.' },
  ),
  EscrowPurchaseDenial: message(
    { ko: '구매 거절이 접수되었습니다', en: 'Purchase declined' },
    { ko: '판매자가 확인하면 환불이 진행됩니다.', en: 'You will be refunded once the seller has confirmed it.' },
  ),
  EscrowDenialConfirmation: message(
    { ko: '구매 거절을 확인했습니다', en: 'Declined purchase accepted' },
    { ko: '구매자에게 환불이 진행됩니다.', en: 'The buyer will be refunded.' },
  ),
  EscrowStatus: message(
    { ko: '거래 상태를 조회했습니다', en: 'Status found' },
    { ko: '현재 거래 상태를 확인했습니다.', en: 'We found out how far this purchase is.' },
  ),
  SmsPaymentUrl: message(
    { ko: '결제 링크가 준비되었습니다', en: 'Payment link ready' },
    { ko: '받으신 링크에서 결제해 주십시오.', en: 'Open the link to pay.' },
  ),
  PayApiNotice: message(
    { ko: '확인이 기록되었습니다', en: 'Noted' },
    { ko: '확인한 내용을 기록했습니다.', en: 'What you have checked was recorded.' },
  ),
  PayApiWebhookDelivery: message(
    { ko: '알림을 보냅니다', en: 'Notification on its way' },
    { ko: '알림이 곧 전송됩니다.', en: 'The notification will be sent shortly.' },
  ),
}

const SUCCEEDED = message(
  { ko: '처리되었습니다', en: 'Completed' },
  { ko: '요청하신 내용이 처리되었습니다.', en: 'Your request was completed.' },
)

const FAILED = message(
  { ko: '처리되지 않았습니다', en: 'Not completed' },
  {
    ko: '이 요청은 처리되지 않았습니다. 다시 시도하시거나 판매자에게 문의해 주십시오.',
    en: 'This request was not completed. Please try again or contact the shop.',
  },
)

const UNDER_WAY = message(
  { ko: '처리하고 있습니다', en: 'In progress' },
  {
    ko: '먼저 보내신 요청을 처리하고 있습니다. 다시 결제하지 마시고 잠시 기다려 주십시오.',
    en: 'Your request is being handled. Please wait a moment, and do not pay again.',
  },
)

const CHECKING = message(
  { ko: '결과를 확인하고 있습니다', en: 'We are checking' },
  {
    ko: '이미 처리되었을 수 있으므로 다시 결제하지 마십시오. 결과가 확인되는 대로 알려 드립니다.',
    en: 'Your request may already have gone through, so please do not pay again. We will tell you as soon as we know.',
  },
)

const EARLIER = message(
  { ko: '먼저 보내신 요청이 있습니다', en: 'There is an earlier request' },
  {
    ko: '이 주문은 이미 결제되었거나 결제 결과를 확인하고 있습니다. 다시 결제하지 마시고 주문 내역을 확인해 주십시오.',
    en: 'This order was already paid, or its payment is being checked. Please do not pay again, and look at your orders first.',
  },
)

/** What all else says. */
export const MESSAGES = {
  succeeded: SUCCEEDED,
  failed: FAILED,
  underWay: UNDER_WAY,
  checking: CHECKING,
  earlier: EARLIER,
  paid: PAID,
  refused: message(
    { ko: '승인되지 않았습니다', en: 'Declined' },
    {
      ko: '이번 요청은 거절되어 처리되지 않았습니다. 입력하신 내용을 확인하시거나 다른 결제수단을 이용해 주십시오.',
      en: 'This request was declined and not completed. Please check what you entered, or use another way to pay.',
    },
  ),
  unavailable: message(
    { ko: '지금은 이용할 수 없습니다', en: 'Not available' },
    {
      ko: '이번 요청은 처리되지 않았습니다. 판매자에게 문의해 주십시오.',
      en: 'This request was not completed. Please contact the shop.',
    },
  ),
  signIn: message(
    { ko: '다시 로그인해 주십시오', en: 'Please sign in again' },
    {
      ko: '로그인이 만료되어 이번 요청을 보내지 못했습니다.',
      en: 'You are no longer signed in, so this request was not sent.',
    },
  ),
  invalid: message(
    { ko: '입력하신 내용을 확인해 주십시오', en: 'Please check what you entered' },
    {
      ko: '고쳐야 할 항목이 있어 이번 요청을 보내지 않았습니다.',
      en: 'Something needs to be corrected, so this request was not sent.',
    },
  ),
  retry: message(
    { ko: '잠시 후 다시 시도해 주십시오', en: 'Please try again shortly' },
    {
      ko: '지금은 이용자가 많거나 연결이 원활하지 않아 이번 요청을 보내지 못했습니다. 다시 시도하셔도 이중으로 결제되지 않습니다.',
      en: 'We are busy or the connection is poor, so this request was not sent. You can try again without being charged twice.',
    },
  ),
  refundUnderWay: message(
    { ko: '다른 환불을 처리하고 있습니다', en: 'Another refund is in progress' },
    {
      ko: '같은 결제의 다른 환불이 끝난 뒤 다시 시도해 주십시오.',
      en: 'Please try again once the other refund of this payment is finished.',
    },
  ),
  refundUnsettled: message(
    { ko: '먼저 요청한 환불을 확인하고 있습니다', en: 'An earlier refund is being checked' },
    {
      ko: '같은 결제의 앞선 환불 결과가 확인되어야 다시 환불할 수 있습니다.',
      en: 'This payment can be refunded again once we know what became of the earlier refund.',
    },
  ),
  nothingLeft: message(
    { ko: '이미 전액 환불되었습니다', en: 'Already refunded' },
    { ko: '이 결제에는 환불할 금액이 남아 있지 않습니다.', en: 'Nothing is left of this payment to refund.' },
  ),
  moreThanRemains: message(
    { ko: '환불할 수 있는 금액을 넘었습니다', en: 'More than can be refunded' },
    {
      ko: '남은 금액 이하로 다시 요청해 주십시오.',
      en: 'Please ask for no more than what is left of the payment.',
    },
  ),
  paymentNotKnown: message(
    { ko: '결제 내역을 찾을 수 없습니다', en: 'Payment not found' },
    {
      ko: '이번 환불은 처리되지 않았습니다. 판매자에게 문의해 주십시오.',
      en: 'This refund was not completed. Please contact the shop.',
    },
  ),
  awaitingPayment: message(
    { ko: '아직 결제 전입니다', en: 'Waiting for your payment' },
    { ko: '받으신 링크에서 결제해 주십시오.', en: 'Open the link that you received to pay.' },
  ),
  awaitingDeposit: message(
    { ko: '입금을 기다리고 있습니다', en: 'Waiting for your deposit' },
    {
      ko: '안내받으신 계좌로 기한 안에 입금해 주십시오.',
      en: 'Please transfer the amount to the account that you were given.',
    },
  ),
  linkFailed: message(
    { ko: '결제되지 않았습니다', en: 'Not paid' },
    {
      ko: '이번 결제 시도는 승인되지 않았습니다. 받으신 링크로 다시 시도하거나 판매자에게 문의해 주십시오.',
      en: 'This attempt was not approved. Please try the link again or contact the shop.',
    },
  ),
  linkExpired: message(
    { ko: '결제 기한이 지났습니다', en: 'The link has expired' },
    { ko: '판매자에게 새 링크를 요청해 주십시오.', en: 'Please ask the shop for a new link.' },
  ),
  canceled: message({ ko: '결제가 취소되었습니다', en: 'Payment canceled' }, REFUND_TAKES_DAYS),
  partlyCanceled: message(
    { ko: '결제 금액의 일부가 취소되었습니다', en: 'Part of the payment canceled' },
    REFUND_TAKES_DAYS,
  ),
  depositWithdrawn: message(
    { ko: '입금이 취소되었습니다', en: 'The deposit was taken back' },
    { ko: '판매자에게 문의해 주십시오.', en: 'Please contact the shop.' },
  ),
} as const satisfies Readonly<Record<string, Message>>
