import { amount, flag, id, optional } from '../definition/request-fields.ts'
import {
  answeredAmount,
  answeredId,
  answeredInstant,
  answeredOrSentId,
  merchantId,
} from '../definition/result-fields.ts'
import { defineService } from '../definition/service.ts'
import { currency, paymentMethod, taxAmounts, taxesWithinAmount, vatAtMostATenth, wholeWon } from './common.ts'

// Chapter 2 of the contract: taking a payment back, whole or in parts.

const transactionId = id('tid', '거래ID', 'Transaction id of the payment', 40)

export const cancelPayment = defineService({
  name: 'cancelPayment',
  about: 'Cancels a payment as a whole',
  korean: '결제 전체 취소',
  page: 'payapi02 2.1',
  path: '/cancel/cancel',
  success: '00',
  effect: 'update',
  step: 'CANCEL',
  signed: ['mid', 'mkey', 'timestamp'],
  request: {
    paymentMethod: paymentMethod(10),
    transactionId,
    amount: amount('price', '취소 금액', 'Amount to cancel: whole for KRW, up to two decimals for USD', {
      size: 22,
      decimals: true,
    }),
    currency,
    networkCancel: optional(
      flag('cancelType', '망취소옵션', 'Network cancel of a mobile payment (망취소)', { size: 1, yes: 'C', no: '' }),
    ),
  },
  keeps: ['payType', 'tid', 'price', 'currency', 'cancelType'],
  // 01: canceled already.
  settling: { by: 'REPEATING', processed: ['01'] },
  rules: [wholeWon('price')],
  result: {
    type: 'PaymentCancellation',
    about: 'A payment that was canceled as a whole. 결제 전체 취소',
    fields: {
      merchantId,
      transactionId: answeredOrSentId('Tid', 'tid', '거래ID', 'Transaction id of the canceled payment'),
      orderId: answeredId('Moid', '주문번호', "The shop's order number"),
      amount: answeredAmount('Price', '취소 금액', 'Canceled amount'),
      canceledAt: answeredInstant('CancelDate', 'CancelTime', '취소 날짜·시간', 'When it was canceled'),
    },
  },
})

export const cancelPaymentPartially = defineService({
  name: 'cancelPaymentPartially',
  about: 'Cancels a part of a payment',
  korean: '결제 부분 취소',
  page: 'payapi02 2.2',
  path: '/cancel/repay',
  success: '00',
  effect: 'update',
  step: 'PARTIAL_CANCEL',
  signed: ['mid', 'mkey', 'timestamp'],
  request: {
    paymentMethod: paymentMethod(10),
    transactionId,
    amount: amount('cancelPrice', '부분 취소 금액', 'Amount to cancel now: whole for KRW, up to two decimals for USD', {
      size: 22,
      decimals: true,
    }),
    remainingAmount: amount(
      'confirmPrice',
      '취소 후 남은 금액',
      'Amount that remains after this cancel; 0 is allowed',
      {
        size: 22,
        decimals: true,
        zero: true,
      },
    ),
    currency,
    ...taxAmounts,
  },
  keeps: ['payType', 'currency', 'confirmPrice'],
  rules: [
    wholeWon('cancelPrice'),
    wholeWon('confirmPrice'),
    vatAtMostATenth('cancelPrice'),
    taxesWithinAmount('cancelPrice'),
  ],
  result: {
    type: 'PartialPaymentCancellation',
    about: 'A payment of which a part was canceled. 결제 부분 취소',
    fields: {
      merchantId,
      transactionId: answeredOrSentId('Tid', 'tid', '거래ID', 'Transaction id of the payment'),
      cancellationTransactionId: answeredId('C_Tid', '취소거래ID', 'Transaction id of this cancel'),
      amount: answeredAmount('Price', '부분 취소 금액', 'Amount canceled now'),
      remainingAmount: answeredAmount('RmainPrice', '취소 후 남은 금액', 'Amount that remains'),
      canceledAt: answeredInstant('CancelDate', 'CancelTime', '취소 날짜·시간', 'When it was canceled'),
    },
  },
})
