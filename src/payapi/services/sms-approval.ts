import { BANKS, CARD_COMPANIES } from '../definition/code-tables.ts'
import { PAYMENT_METHOD } from '../definition/enums.ts'
import { amount, choice, id, unsent } from '../definition/request-fields.ts'
import {
  answeredAmount,
  answeredChoice,
  answeredCode,
  answeredId,
  answeredInstant,
  answeredText,
  answeredTimestamp,
  merchantId,
  sentId,
  sometimes,
} from '../definition/result-fields.ts'
import { defineService } from '../definition/service.ts'

/**
 * What comes after a buyer has authenticated at the link of an SMS: without it nothing is charged. It has no chapter of
 * the contract and no mutation, for the address and the id come with the buyer's browser.
 */
export const approveSmsPayment = defineService({
  name: 'approveSmsPayment',
  about: 'Approves a payment that a buyer has authenticated at the link of an SMS; made by the server itself',
  korean: 'SMS결제 승인',
  page: 'mobile02 2.5',
  path: 'P_REQ_URL',
  protocol: 'mobile',
  success: '00',
  effect: 'charge',
  step: 'APPROVAL',
  signed: [],
  request: {
    orderId: unsent(id('P_OID', '상점주문번호', "The shop's order number", 30)),
    amount: unsent(amount('P_AMT', '승인금액', 'Amount to approve in won', { size: 9 })),
    paymentMethod: unsent(choice('P_TYPE', '결제수단', 'How it is paid', PAYMENT_METHOD, 10)),
    authenticationId: id('P_TID', '인증거래ID', 'Transaction id of the authentication', 40),
  },
  keeps: ['P_TID', 'P_TYPE'],
  identity: { P_MID: 'mid', P_OID: 'P_OID', P_AMT: 'P_AMT', P_TYPE: 'P_TYPE' },
  result: {
    type: 'SmsPaymentApproval',
    about: 'A payment by the link of an SMS that was approved. SMS결제 승인',
    fields: {
      merchantId,
      orderId: sentId('P_OID', '상점주문번호', "The shop's order number"),
      transactionId: answeredId('P_TID', '거래ID', 'Transaction id; a cancel needs it'),
      paymentMethod: answeredChoice('P_TYPE', '결제수단', 'How it was paid', PAYMENT_METHOD),
      amount: answeredAmount('P_AMT', '금액', 'Approved amount in won'),
      approvedAt: answeredTimestamp('P_AUTH_DT', '승인 날짜·시간', 'When it was approved'),
      approvalNumber: sometimes(answeredText('P_AUTH_NO', '승인번호', "The card company's approval number")),
      cardCompany: sometimes(answeredCode('P_FN_CD1', '카드사 코드', 'Card company, of a card', CARD_COMPANIES)),
      accountNumber: sometimes(answeredId('P_VACT_NUM', '입금할 계좌번호', 'Number of the virtual account')),
      accountBank: sometimes(answeredCode('P_VACT_BANK_CODE', '입금은행코드', 'Bank of the virtual account', BANKS)),
      accountHolder: sometimes(answeredText('P_VACT_NAME', '예금주', 'Holder of the virtual account')),
      accountExpiresAt: sometimes(
        answeredInstant('P_VACT_DATE', 'P_VACT_TIME', '입금마감일시', 'Until when the buyer may deposit'),
      ),
    },
  },
})
