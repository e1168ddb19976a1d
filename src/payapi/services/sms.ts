import { CHARSET, MOBILE_GOODS_TYPE } from '../definition/enums.ts'
import { amount, choice, id, integers, optional, text, url } from '../definition/request-fields.ts'
import { answeredUrl, instantAfterCall, merchantId, sentId } from '../definition/result-fields.ts'
import { defineService } from '../definition/service.ts'
import { paymentMethod, twoDigits } from './common.ts'

// Chapter 7 of the contract: a short link to a payment page, to be sent by SMS.

const LIFETIME_MS = 72 * 60 * 60 * 1000

export const createSmsPaymentUrl = defineService({
  name: 'createSmsPaymentUrl',
  about: 'Creates a short URL at which a buyer pays, to be sent by SMS',
  korean: 'SMS결제용 단축 URL생성',
  page: 'payapi07 7.1',
  path: '/smspay/makeUrl',
  success: '00',
  effect: 'update',
  signed: ['mid', 'mkey', 'P_OID', 'P_AMT', 'timestamp'],
  request: {
    paymentMethod: paymentMethod(5),
    goodsName: text('P_GOODS', '상품명', 'What is bought', 40),
    orderId: id('P_OID', '상점주문번호', "The shop's order number", 30),
    amount: amount('P_AMT', '승인금액', 'Amount to pay in won', { size: 9 }),
    mobileGoodsType: optional(
      choice('P_HPP_METHOD', '휴대폰 결제 상품유형', 'Kind of goods; only with MOBILE', MOBILE_GOODS_TYPE, 1),
    ),
    installmentOptions: optional(
      integers(
        'P_QUOTABASE',
        '신용카드 할부기간 지정',
        'Instalment months that a card may choose from 50,000 won on: 0 or 1 is a lump sum, 2 to 36, 99 takes the lump sum away',
        {
          size: 100,
          range: '0 to 36, or 99',
          allows: (value) => (value >= 0 && value <= 36) || value === 99,
          write: (value) => twoDigits(value === 0 ? 1 : value),
        },
      ),
    ),
    notificationUrl: optional(
      url('P_NOTI_URL', '노티결과수신', 'Receives the notice of a deposit to a virtual account', 100),
    ),
    returnUrl: url('P_RETURN_URL', '승인결과수신', 'Receives the result of the approval', 100),
    nextUrl: url('P_NEXT_URL', '인증결과수신', 'Receives the result of the authentication', 100),
    reserved: text('P_RESERVED', '복합파라미터', 'Composite parameter, as agreed with the PG', 300),
    charset: optional(
      choice('P_CHARSET', '인증/승인 결과 캐릭터셋', 'Charset of what is posted to the shop', CHARSET, 6),
    ),
  },
  result: {
    type: 'SmsPaymentUrl',
    about: 'A short URL at which a buyer pays. SMS결제 URL',
    fields: {
      merchantId,
      orderId: sentId('P_OID', '상점주문번호', "The shop's order number"),
      paymentUrl: answeredUrl('MsgSend', '결제URL', 'The link to send to the buyer'),
      expiresAt: instantAfterCall(
        LIFETIME_MS,
        '만료 시각',
        'When the link stops working: 72 hours after it was asked for',
      ),
    },
  },
})
