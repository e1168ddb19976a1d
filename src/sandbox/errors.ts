// What the sandbox refuses, with the codes it has chosen: the contract publishes none but `00`, `310000` and `01`.

/** Faults of the URL, the protocol or the parameters: the HTTP status and the ResultCode of each. */
export const FORM_FAULTS = {
  path: { status: 404, code: '9001' },
  method: { status: 405, code: '9002' },
  contentType: { status: 415, code: '9003' },
  tooLarge: { status: 413, code: '9004' },
  unreadable: { status: 400, code: '9005' },
  alreadyRead: { status: 500, code: '9007' },
  scenario: { status: 400, code: '9006' },
  duplicateField: { status: 400, code: '9101' },
  unknownField: { status: 400, code: '9102' },
  missingField: { status: 400, code: '9103' },
  tooLong: { status: 400, code: '9104' },
  badValue: { status: 400, code: '9105' },
  undecipherable: { status: 400, code: '9106' },
  badTimestamp: { status: 400, code: '9107' },
  staleTimestamp: { status: 400, code: '9108' },
  badSignature: { status: 400, code: '9109' },
  unknownMerchant: { status: 400, code: '9110' },
} as const

type FormFaultKind = keyof typeof FORM_FAULTS

/**
 * A request that is wrong in itself. It answers HTTP 4XX; the message is Korean and never carries a value of the form.
 */
export class FormFault extends Error {
  readonly kind: FormFaultKind

  /** The message is the Korean ResultMsg. */
  constructor(kind: FormFaultKind, message: string) {
    super(message)
    this.name = 'FormFault'
    this.kind = kind
  }
}

/** Business refusals: the ResultCode and ResultMsg of each. */
export const REFUSALS = {
  alreadyCanceled: ['01', '이미 취소된 거래입니다.'],
  declined: ['1001', '카드사에서 승인을 거절하였습니다.'],
  unknownTransaction: ['2001', '존재하지 않는 거래입니다.'],
  otherMerchant: ['2002', '다른 가맹점의 거래입니다.'],
  payTypeDiffers: ['2003', '결제수단이 원거래와 다릅니다.'],
  currencyDiffers: ['2004', '통화가 원거래와 다릅니다.'],
  amountDiffers: ['2005', '취소 금액이 취소 가능 금액과 맞지 않습니다.'],
  purchaseConfirmed: ['2006', '구매확정된 에스크로 거래는 취소할 수 없습니다.'],
  unknownBillingKey: ['3001', '존재하지 않는 빌키입니다.'],
  deletedBillingKey: ['3002', '삭제된 빌키입니다.'],
  billingKeyKind: ['3003', '결제수단이 다른 빌키입니다.'],
  unknownPrefix: ['4001', '등록되지 않은 카드 PREFIX입니다.'],
  notEscrow: ['5001', '에스크로 거래가 아닙니다.'],
  escrowState: ['5002', '현재 거래상태에서 처리할 수 없습니다.'],
  deliveryExists: ['5003', '이미 배송등록된 주문번호 순번입니다.'],
  noDelivery: ['5004', '배송등록되지 않은 주문번호 순번입니다.'],
  orderDiffers: ['5005', '주문번호가 원거래와 다릅니다.'],
  unknownCourier: ['5006', '등록되지 않은 택배사코드입니다.'],
  unknownBank: ['5007', '등록되지 않은 은행 코드입니다.'],
} as const

export type RefusalKind = keyof typeof REFUSALS

/** A well-formed request that is not carried out. It answers HTTP 200 with a code other than success. */
export class Refusal extends Error {
  readonly code: string

  /** Code and Korean message come from the table. */
  constructor(kind: RefusalKind) {
    const [code, message] = REFUSALS[kind]
    super(message)
    this.name = 'Refusal'
    this.code = code
  }
}
