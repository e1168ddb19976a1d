import { describe, expect, test } from 'vitest'
import { isFailure, SERVICES, type Service, type ServiceName } from '../../../src/payapi/index.ts'
import { CONTRACT } from '../../../src/sandbox/contract.ts'
import { clientFor } from '../../support/payapi/client.ts'
import { MINIMAL_INPUTS } from '../../support/payapi/examples.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'

// From the text of an answer to the fields of a success. Whatever is odd in them, a success stays a success.

/** Calls a service that answers this body; returns the ending and the wire names that could not be read. */
async function reading(name: ServiceName, body: string | object) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const server = await startRawServer(answering(() => httpAnswer(200, text)))
  const client = clientFor(server.url)
  const ending = await client.call(SERVICES[name], MINIMAL_INPUTS[name])
  return { ending, missingFields: client.records[0]?.missingFields ?? [] }
}

/** A charge that answers a success with these fields beside. */
const charge = (fields: object) => reading('chargeKeyedInCard', { ResultCode: '00', ResultMsg: 'ok', ...fields })

const WHOLE: { readonly [Name in ServiceName]: { readonly answer: object; readonly result: object } } = {
  cancelPayment: {
    answer: {
      Mid: 'welcometst',
      Tid: 'TID-1',
      Moid: 'ORDER-9',
      Price: '1004',
      CancelDate: '20190906',
      CancelTime: '110102',
    },
    result: {
      type: 'PaymentCancellation',
      merchantId: 'welcometst',
      transactionId: 'TID-1',
      orderId: 'ORDER-9',
      amount: '1004',
      canceledAt: '2019-09-06T02:01:02.000Z',
    },
  },
  cancelPaymentPartially: {
    answer: {
      Mid: 'welcometst',
      Tid: 'TID-1',
      C_Tid: 'TID-2',
      Price: '1',
      RmainPrice: '0',
      CancelDate: '20200101',
      CancelTime: '000000',
    },
    result: {
      type: 'PartialPaymentCancellation',
      merchantId: 'welcometst',
      transactionId: 'TID-1',
      cancellationTransactionId: 'TID-2',
      amount: '1',
      remainingAmount: '0',
      canceledAt: '2019-12-31T15:00:00.000Z',
    },
  },
  issueCardBillingKey: {
    answer: {
      CardResultCode: '14',
      CardKind: '1',
      Billkey: 'KEY-1',
      Price: '0',
      PayDate: '20190906',
      PayTime: '110102',
      tid: 'TID-1',
    },
    result: {
      type: 'CardBillingKey',
      merchantId: 'welcometst',
      billingKey: 'KEY-1',
      cardCompany: { code: '14', name: '신한' },
      cardKind: 'CORPORATE',
      amount: '0',
      issuedAt: '2019-09-06T02:01:02.000Z',
      transactionId: 'TID-1',
    },
  },
  issueCardBillingKeyWithoutAuth: {
    answer: {
      CardResultCode: '17',
      Billkey: 'KEY-1',
      Price: '0',
      PayDate: '20190906',
      PayTime: '110102',
      tid: 'TID-1',
    },
    result: {
      type: 'CardBillingKey',
      merchantId: 'welcometst',
      billingKey: 'KEY-1',
      cardCompany: { code: '17', name: '하나카드' },
      amount: '0',
      issuedAt: '2019-09-06T02:01:02.000Z',
      transactionId: 'TID-1',
    },
  },
  chargeCardBillingKey: {
    answer: { PayDate: '20190906', PayTime: '110102', Price: '1004', tid: 'TID-1', ApplNum: '00123456' },
    result: {
      type: 'CardPayment',
      merchantId: 'welcometst',
      orderId: 'O-1',
      transactionId: 'TID-1',
      amount: '1004',
      approvalNumber: '00123456',
      approvedAt: '2019-09-06T02:01:02.000Z',
    },
  },
  deleteCardBillingKey: {
    answer: {},
    result: { type: 'DeletedBillingKey', merchantId: 'welcometst', billingKey: 'KEY' },
  },
  chargeMobileBillingKey: {
    answer: { PayDate: '20190906', PayTime: '110102', Price: '1004', tid: 'TID-1' },
    result: {
      type: 'MobilePayment',
      merchantId: 'welcometst',
      orderId: 'O-1',
      transactionId: 'TID-1',
      amount: '1004',
      approvedAt: '2019-09-06T02:01:02.000Z',
    },
  },
  chargeKeyedInCard: {
    answer: { PayDate: '20190906', PayTime: '110102', Price: '1004', tid: 'TID-1', ApplNum: '00123456' },
    result: {
      type: 'CardPayment',
      merchantId: 'welcometst',
      orderId: 'O-1',
      transactionId: 'TID-1',
      amount: '1004',
      approvalNumber: '00123456',
      approvedAt: '2019-09-06T02:01:02.000Z',
    },
  },
  lookUpCardPrefix: {
    answer: { CardCode: '06', CardType: '1', CardName: '국민 체크' },
    result: {
      type: 'CardPrefix',
      merchantId: 'welcometst',
      prefix: '400000',
      cardCompany: { code: '06', name: '국민' },
      cardType: 'CHECK',
      cardName: '국민 체크',
    },
  },
  registerEscrowDelivery: {
    answer: { ResultDate: '20190906', ResultTime: '110102' },
    result: {
      type: 'EscrowDelivery',
      merchantId: 'welcometst',
      transactionId: 'TID-1',
      orderId: 'O-1',
      registeredAt: '2019-09-06T02:01:02.000Z',
    },
  },
  confirmEscrowPurchase: {
    answer: { ResultDate: '20190906', ResultTime: '110102' },
    result: {
      type: 'EscrowPurchaseConfirmation',
      merchantId: 'welcometst',
      transactionId: 'TID-1',
      confirmedAt: '2019-09-06T02:01:02.000Z',
    },
  },
  denyEscrowPurchase: {
    answer: { ResultDate: '20190906', ResultTime: '110102' },
    result: {
      type: 'EscrowPurchaseDenial',
      merchantId: 'welcometst',
      transactionId: 'TID-1',
      deniedAt: '2019-09-06T02:01:02.000Z',
    },
  },
  confirmEscrowDenial: {
    answer: { ResultDate: '20190906', ResultTime: '110102' },
    result: {
      type: 'EscrowDenialConfirmation',
      merchantId: 'welcometst',
      transactionId: 'TID-1',
      confirmedAt: '2019-09-06T02:01:02.000Z',
    },
  },
  checkEscrowStatus: {
    answer: {
      idMerchant: 'welcometst',
      noOid: 'O-1',
      noTid: 'TID-1',
      clStatus: '10',
      dtAppl: '20190905',
      clPaymethod: '17',
      price: '55000',
      msgDeny: '색상이 다릅니다',
    },
    result: {
      type: 'EscrowStatus',
      merchantId: 'welcometst',
      orderId: 'O-1',
      transactionId: 'TID-1',
      state: 'PURCHASE_DENIED',
      stateCode: '10',
      approvedOn: '2019-09-05',
      paymentMethod: 'VIRTUAL_ACCOUNT',
      amount: '55000',
      denialReason: '색상이 다릅니다',
    },
  },
  createSmsPaymentUrl: {
    answer: { MsgSend: 'https://m.welpg.com/s/97T9' },
    result: {
      type: 'SmsPaymentUrl',
      merchantId: 'welcometst',
      orderId: 'O-1',
      paymentUrl: 'https://m.welpg.com/s/97T9',
      expiresAt: '2019-09-09T02:01:00.000Z',
    },
  },
}

/** What the facade knows itself, beside the merchant. All else is null where nothing is answered. */
const KNOWN: { readonly [Name in ServiceName]: readonly string[] } = {
  cancelPayment: ['transactionId'],
  cancelPaymentPartially: ['transactionId'],
  issueCardBillingKey: [],
  issueCardBillingKeyWithoutAuth: [],
  chargeCardBillingKey: ['orderId'],
  deleteCardBillingKey: ['billingKey'],
  chargeMobileBillingKey: ['orderId'],
  chargeKeyedInCard: ['orderId'],
  lookUpCardPrefix: ['prefix'],
  registerEscrowDelivery: ['transactionId', 'orderId'],
  confirmEscrowPurchase: ['transactionId'],
  denyEscrowPurchase: ['transactionId'],
  confirmEscrowDenial: ['transactionId'],
  checkEscrowStatus: ['transactionId'],
  createSmsPaymentUrl: ['orderId', 'expiresAt'],
}

for (const service of Object.values<Service>(SERVICES)) {
  const name = service.name as ServiceName
  const { answer, result } = WHOLE[name]
  const code = { ResultCode: service.success, ResultMsg: '정상' }

  describe(name, () => {
    test('reads every field of an answer', async () => {
      const answered = CONTRACT.find(({ path }) => path === service.path)?.response.map((field) => field.name)
      expect(Object.keys({ ...code, ...answer }).toSorted()).toEqual(answered?.toSorted())
      const { ending, missingFields } = await reading(name, { ...code, ...answer })
      expect(ending).toEqual(result)
      expect(isFailure(ending)).toBe(false)
      expect(missingFields).toEqual([])
    })

    for (const [what, nothing] of [
      ['missing', undefined],
      ['empty', ''],
      ['null', null],
      ['spaces', '  '],
    ] as const) {
      test(`stays a success where all its fields are ${what}`, async () => {
        const bare = Object.fromEntries(Object.keys(answer).map((field) => [field, nothing]))
        const { ending } = await reading(name, { ...code, ...bare })
        const known = ['type', 'merchantId', ...KNOWN[name]]
        expect(ending).toEqual(
          Object.fromEntries(
            Object.entries(result).map(([field, value]) => [field, known.includes(field) ? value : null]),
          ),
        )
      })
    }
  })
}

test('a field that is missing is told to the log by its wire name, once and without its value', async () => {
  expect((await charge({ tid: 'TID-1', Price: '' })).missingFields).toEqual(['Price', 'ApplNum', 'PayDate', 'PayTime'])
})

test('a denial reason that is not there is nothing to speak of', async () => {
  const { msgDeny: _, ...approved } = { ...WHOLE.checkEscrowStatus.answer, msgDeny: '' }
  const { ending, missingFields } = await reading('checkEscrowStatus', { ResultCode: '00', ...approved })
  expect(ending).toMatchObject({ denialReason: null })
  expect(missingFields).toEqual([])
})
