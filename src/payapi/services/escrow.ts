import { COURIERS } from '../definition/code-tables.ts'
import { DELIVERY_CHANGE, ESCROW_STATE, PAYMENT_METHOD, SHIPPING_PAYER } from '../definition/enums.ts'
import { amount, choice, date, group, id, integer, ipv4, optional, text } from '../definition/request-fields.ts'
import {
  answeredAmount,
  answeredChoice,
  answeredDate,
  answeredId,
  answeredInstant,
  answeredOrSentId,
  answeredText,
  merchantId,
  sentId,
  sometimes,
} from '../definition/result-fields.ts'
import { defineService } from '../definition/service.ts'

// Chapter 6 of the contract: payments that are held back until the buyer has the goods.

const clientIp = ipv4('clientIp', 'IP', 'IPv4 address of whoever asks for this', 15)

const transactionId = id('tid', '거래ID', 'Transaction id of the payment', 40)

const originalTransactionId = id('originalTid', '거래ID', 'Transaction id of the payment', 40)

const buyName = text('buyName', '처리자 이름', 'Name of the person who handles it')

/** What every escrow change answers: the payment it was asked for. */
const paymentSent = (wire: string) => sentId(wire, '거래ID', 'Transaction id of the payment')

export const registerEscrowDelivery = defineService({
  name: 'registerEscrowDelivery',
  about: 'Registers the delivery of an escrow payment, or changes one that is registered',
  korean: '에스크로 배송등록',
  page: 'payapi06 6.1',
  path: '/escrow/delivery',
  success: '310000',
  effect: 'update',
  step: 'ESCROW',
  signed: ['mid', 'mkey', 'timestamp'],
  request: {
    clientIp,
    transactionId,
    orderId: id('oid', '주문번호', "The shop's order number", 40),
    sequence: text('soid', '주문번호 순번', 'Number of the delivery where an order has several, e.g. 01', 2),
    change: choice('report', '에스크로등록형태', 'Whether the delivery is new or changed', DELIVERY_CHANGE, 1),
    trackingNumber: text('invoice', '운송장번호', 'Waybill number'),
    registeredBy: text('registName', '배송등록자', 'Person who registers the delivery'),
    courier: group('Courier', 'Who delivers. 택배사.', {
      code: text('exCode', '택배사코드', "Courier code of the contract's table, e.g. cjgls; 9999 for any other"),
      name: optional(
        text('exName', '택배사명', "Courier's name; filled from the table where it is left out"),
        ({ exCode = '' }) => (Object.hasOwn(COURIERS, exCode) ? COURIERS[exCode] : undefined),
      ),
    }),
    shippingPaidBy: choice('charge', '배송비지급', 'Who pays the shipping', SHIPPING_PAYER, 1),
    confirmedOn: date('invoiceDay', '배송등록 확인일자', 'Day on which the delivery was checked'),
    sender: group('Sender', 'Who sends the goods. 송신자.', {
      name: text('sendName', '송신자 이름', "Sender's name"),
      postalCode: text('sendPost', '송신자 우편번호', "Sender's postal code, without separators"),
      address1: text('sendAddr1', '송신자 주소1', "Sender's address, first part"),
      address2: text('sendAddr2', '송신자 주소2', "Sender's address, second part"),
      phone: text('sendTel', '송신자 전화번호', "Sender's phone number"),
    }),
    recipient: group('Recipient', 'Who gets the goods. 수신자.', {
      name: text('recvName', '수신자 이름', "Recipient's name"),
      postalCode: text('recvPost', '수신자 우편번호', "Recipient's postal code, without separators", 40),
      address: text('recvAddr', '수신자 주소', "Recipient's address"),
      phone: text('recvTel', '수신자 전화번호', "Recipient's phone number"),
    }),
    goods: optional(
      group('Goods', 'What is delivered. 상품.', {
        code: optional(text('goodsCode', '상품코드', 'Product code')),
        name: optional(text('goods', '상품명', 'Product name')),
        quantity: optional(
          integer('goodsCnt', '상품수량', 'How many', { range: '1 or more', allows: (value) => value >= 1 }),
        ),
      }),
    ),
    amount: amount('price', '가격', 'Price in won'),
  },
  result: {
    type: 'EscrowDelivery',
    about: 'A registered delivery. 에스크로 배송등록',
    fields: {
      merchantId,
      transactionId: paymentSent('tid'),
      orderId: sentId('oid', '주문번호', "The shop's order number"),
      registeredAt: answeredInstant('ResultDate', 'ResultTime', '등록 날짜·시간', 'When it was registered'),
    },
  },
})

export const confirmEscrowPurchase = defineService({
  name: 'confirmEscrowPurchase',
  about: 'Records that the buyer confirms the purchase, so that the seller is paid',
  korean: '에스크로 구매확정',
  page: 'payapi06 6.2',
  path: '/escrow/buyconfirm',
  success: '310000',
  effect: 'update',
  step: 'ESCROW',
  settling: {
    by: 'LOOKUP',
    lookup: 'checkEscrowStatus',
    processed: ['PURCHASE_CONFIRMED'],
    notProcessed: ['APPROVED'],
  },
  signed: ['mid', 'mkey', 'timestamp'],
  request: { clientIp, transactionId: originalTransactionId, processedBy: buyName },
  result: {
    type: 'EscrowPurchaseConfirmation',
    about: 'A purchase that the buyer confirmed. 에스크로 구매확정',
    fields: {
      merchantId,
      transactionId: paymentSent('originalTid'),
      confirmedAt: answeredInstant('ResultDate', 'ResultTime', '구매확정 날짜·시간', 'When it was confirmed'),
    },
  },
})

export const denyEscrowPurchase = defineService({
  name: 'denyEscrowPurchase',
  about: 'Records that the buyer denies the purchase and wants the money back',
  korean: '에스크로 구매거절',
  page: 'payapi06 6.3',
  path: '/escrow/buydeny',
  success: '310000',
  effect: 'update',
  step: 'ESCROW',
  settling: { by: 'LOOKUP', lookup: 'checkEscrowStatus', processed: ['PURCHASE_DENIED'], notProcessed: ['APPROVED'] },
  signed: ['mid', 'mkey', 'timestamp'],
  request: {
    clientIp,
    transactionId: originalTransactionId,
    processedBy: buyName,
    reason: optional(text('denyMsg', '구매거절 사유', 'Why the buyer denies it')),
    refundAccount: group('RefundAccount', 'Where the money goes back to. 환불 계좌.', {
      bankCode: optional(
        text('refundBankCode', '환불 은행 코드', "Bank code of the contract's table, two characters", 2),
      ),
      accountNumber: optional(text('refundAccount', '환불 계좌번호', 'Account number', 13)),
      holderName: text('refundName', '환불 계좌주명', "Account holder's name"),
    }),
  },
  result: {
    type: 'EscrowPurchaseDenial',
    about: 'A purchase that the buyer denied. 에스크로 구매거절',
    fields: {
      merchantId,
      transactionId: paymentSent('originalTid'),
      deniedAt: answeredInstant('ResultDate', 'ResultTime', '구매거절 날짜·시간', 'When it was denied'),
    },
  },
})

export const confirmEscrowDenial = defineService({
  name: 'confirmEscrowDenial',
  about: "Records that the seller accepts the buyer's denial",
  korean: '에스크로 구매거절 확인',
  page: 'payapi06 6.4',
  path: '/escrow/denyconfirm',
  success: '310000',
  effect: 'update',
  step: 'ESCROW',
  signed: ['mid', 'mkey', 'timestamp'],
  request: {
    clientIp,
    transactionId: originalTransactionId,
    processedBy: text('dcnfName', '처리자 이름', 'Name of the person who handles it'),
  },
  result: {
    type: 'EscrowDenialConfirmation',
    about: 'A denial that the seller accepted. 에스크로 구매거절 확인',
    fields: {
      merchantId,
      transactionId: paymentSent('originalTid'),
      confirmedAt: answeredInstant('ResultDate', 'ResultTime', '확인 날짜·시간', 'When it was accepted'),
    },
  },
})

export const checkEscrowStatus = defineService({
  name: 'checkEscrowStatus',
  about: 'Looks up the state of an escrow payment',
  korean: '에스크로 상태조회',
  page: 'payapi06 6.5',
  path: '/escrow/checkstatus',
  success: '00',
  effect: 'lookup',
  signed: ['mid', 'mkey', 'timestamp'],
  request: {
    clientIp: optional({ ...clientIp, about: `${clientIp.about}; 127.0.0.1 where it is left out` }, () => '127.0.0.1'),
    transactionId,
  },
  identity: { idMerchant: 'mid', noTid: 'tid' },
  result: {
    type: 'EscrowStatus',
    about: 'The state of an escrow payment. 에스크로 상태',
    fields: {
      merchantId,
      orderId: answeredId('noOid', '주문번호', "The shop's order number"),
      transactionId: answeredOrSentId('noTid', 'tid', '거래ID', 'Transaction id of the payment'),
      state: answeredChoice('clStatus', '거래상태', 'State; null for a code that is not known yet', ESCROW_STATE),
      stateCode: answeredText('clStatus', '거래상태', "PayAPI's own code of the state, also where `state` is null"),
      approvedOn: answeredDate('dtAppl', '승인일자', 'Day of approval'),
      paymentMethod: answeredChoice('clPaymethod', '지불수단코드', 'How it was paid', PAYMENT_METHOD),
      amount: answeredAmount('price', '가격', 'Amount in won'),
      denialReason: sometimes(answeredText('msgDeny', '구매거절사유', 'Why the buyer denied it')),
    },
  },
})
