import { CHARSET, MOBILE_GOODS_TYPE } from '../definition/enums.ts'
import {
  amount,
  choice,
  fillable,
  id,
  implied,
  integers,
  optional,
  text,
  unsent,
  url,
} from '../definition/request-fields.ts'
import { answeredUrl, instantAfterCall, merchantId, sentId } from '../definition/result-fields.ts'
import { defineService } from '../definition/service.ts'
import { paymentMethod, SMS_LINK_LIFETIME_MS, twoDigits } from './common.ts'

// Chapter 7 of the contract: a short link to a payment page, to be sent by SMS.

const byServer =
  'Leave it out where the server has a public address (`PAYAPI_PUBLIC_URL`): it then carries the payment on itself'

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
    notificationUrl: fillable(
      optional(
        url(
          'P_NOTI_URL',
          '노티결과수신',
          `Receives the notices of a virtual account: that it was issued, which is no money yet (\`P_STATUS=00\`), and that the buyer has deposited (\`P_STATUS=02\`). Whoever gives it answers each with \`OK\`, also one that comes twice. ${byServer}`,
          100,
        ),
      ),
    ),
    returnUrl: fillable(url('P_RETURN_URL', '승인결과수신', `Receives the result of the approval. ${byServer}`, 100)),
    nextUrl: fillable(
      url(
        'P_NEXT_URL',
        '인증결과수신',
        `Receives the buyer's browser once the buyer has authenticated. Nothing is charged by that: of a card, a mobile phone or a bank transfer, whoever gives it must approve each payment themselves, from their server, at the address that comes with the browser, and check before that it is the PG's, and that amount and order are theirs. ${byServer}`,
        100,
      ),
    ),
    reserved: fillable(
      text(
        'P_RESERVED',
        '복합파라미터',
        'Composite parameter, as agreed with the PG. Where the server carries the payment on itself, it adds what the payment method needs',
        300,
      ),
    ),
    charset: implied(
      optional(
        choice(
          'P_CHARSET',
          '인증/승인 결과 캐릭터셋',
          'Charset of what is posted to the shop; EUC-KR where it is left out',
          CHARSET,
          6,
        ),
      ),
      CHARSET.values.EUC_KR.wire[0],
    ),
  },
  beside: {
    redirectUrl: optional(
      unsent(
        url(
          '',
          '결제 후 이동할 주소',
          "Where the buyer's browser is sent at the end, with `orderId` and `status` in the query. For display only: anybody can open it, so ask `smsPayment` whether it was paid. Only where the server carries the payment on itself",
          1000,
        ),
      ),
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
        SMS_LINK_LIFETIME_MS,
        '만료 시각',
        'When the link stops working: 72 hours after it was asked for',
      ),
    },
  },
})
