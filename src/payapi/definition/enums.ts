/** One value of an enumeration: what stands on the wire for it, and its names for people. */
interface EnumerationValue {
  /** What PayAPI takes; the further ones are other spellings of the same in PayAPI's answers. */
  readonly wire: readonly [string, ...string[]]
  readonly about: string
}

/** A closed list of values with a name, e.g. the currencies. */
export interface Enumeration<Name extends string = string> {
  readonly name: string
  readonly about: string
  readonly values: Readonly<Record<Name, EnumerationValue>>
}

/** Declares an enumeration: name, description, values. */
function enumeration<const Values extends Readonly<Record<string, EnumerationValue>>>(
  name: string,
  about: string,
  values: Values,
): Enumeration<Extract<keyof Values, string>> {
  return { name, about, values }
}

/** Undefined where the enumeration has no value for the text of the wire. */
export function valueFromWire<Name extends string>(list: Enumeration<Name>, text: string): Name | undefined {
  const entries = Object.entries(list.values) as [Name, EnumerationValue][]
  return entries.find(([, value]) => value.wire.includes(text))?.[0]
}

export const CURRENCY = enumeration('PayApiCurrency', 'Currency. 통화, `currency`.', {
  KRW: { wire: ['WON'], about: 'Korean won, whole amounts only. 원화, `WON`.' },
  USD: { wire: ['USD'], about: 'US dollar, up to two decimals. 미국 달러, `USD`.' },
})

export const PAYMENT_METHOD = enumeration(
  'PayApiPaymentMethod',
  'Payment method. 결제수단, `payType`, `clPaymethod`.',
  {
    CARD: { wire: ['card', '0', 'CARD', 'ISP'], about: 'Credit card. 신용카드, `card`.' },
    MOBILE: { wire: ['hpp', 'MOBILE'], about: 'Mobile phone billing. 휴대폰, `hpp`.' },
    VIRTUAL_ACCOUNT: { wire: ['vbank', '17', 'VBANK'], about: 'Virtual account. 가상계좌, `vbank`.' },
    BANK_TRANSFER: { wire: ['bank', '16', 'BANK'], about: 'Bank transfer. 계좌이체, `bank`.' },
  },
)

export const CARD_KIND = enumeration('PayApiCardKind', 'Whom a card belongs to. 카드종류, `CardKind`.', {
  PERSONAL: { wire: ['0'], about: 'Personal card. 개인, `0`.' },
  CORPORATE: { wire: ['1'], about: 'Corporate card. 법인, `1`.' },
  OTHER: { wire: ['9'], about: 'Other. 기타, `9`.' },
})

export const CARD_TYPE = enumeration('PayApiCardType', 'Type of card. 카드종류, `CardType`.', {
  CREDIT: { wire: ['0'], about: 'Credit card. 신용카드, `0`.' },
  CHECK: { wire: ['1'], about: 'Check (debit) card. 체크카드, `1`.' },
  GIFT: { wire: ['2'], about: 'Gift card. 기프트카드, `2`.' },
})

export const ESCROW_STATE = enumeration('PayApiEscrowState', 'State of an escrow payment. 거래상태, `clStatus`.', {
  APPROVED: { wire: ['0'], about: 'Approved. 승인, `0`.' },
  CANCELED_SAME_DAY: { wire: ['1'], about: 'Canceled on the day of approval. 당일취소, `1`.' },
  CANCELED_NEXT_DAY: { wire: ['2'], about: 'Canceled on a later day. 익일취소, `2`.' },
  PURCHASE_CONFIRMED: { wire: ['3'], about: 'The buyer confirmed the purchase. 구매확정, `3`.' },
  PURCHASE_DENIED: { wire: ['10'], about: 'The buyer denied the purchase. 구매거절, `10`.' },
})

export const ESCROW_EVENT = enumeration(
  'PayApiEscrowEvent',
  'What happened to an escrow payment, as a notice of the PG tells it. Not `PayApiEscrowState`: there, 2 and 10 mean something else. 에스크로 상태 변경 통보, `cl_status`.',
  {
    DELIVERY_REGISTERED: { wire: ['2', '02'], about: 'The delivery was registered. 배송등록, `2`.' },
    CONFIRMED: { wire: ['3', '03', 'buyComplete'], about: 'The buyer confirmed the purchase. 구매확정, `3`.' },
    CONFIRMED_AUTOMATICALLY: {
      wire: ['31'],
      about: 'The purchase was confirmed by lapse of time. 자동 구매확정, `31`.',
    },
    CONFIRMED_BY_FORCE: { wire: ['32'], about: 'The PG confirmed the purchase. 강제 구매확정, `32`.' },
    DENIED: { wire: ['4', '04', 'denyComplete'], about: 'The buyer denied the purchase. 구매거절, `4`.' },
    CANCELED: { wire: ['8', '08'], about: 'The payment was canceled. 취소, `8`.' },
    DENIAL_CONFIRMED: { wire: ['10'], about: 'The seller accepted the denial. 구매거절 확인, `10`.' },
  },
)

export const DELIVERY_CHANGE = enumeration(
  'PayApiEscrowDeliveryChange',
  'Whether a delivery is new. 에스크로등록형태, `report`.',
  {
    REGISTER: { wire: ['I'], about: 'Registers a delivery. 등록, `I`.' },
    UPDATE: { wire: ['U'], about: 'Changes a registered delivery. 변경, `U`.' },
  },
)

export const SHIPPING_PAYER = enumeration('PayApiShippingPayer', 'Who pays the shipping. 배송비지급, `charge`.', {
  SELLER: { wire: ['S'], about: 'The seller. 판매자부담, `S`.' },
  BUYER: { wire: ['B'], about: 'The buyer. 구매자부담, `B`.' },
})

export const MOBILE_GOODS_TYPE = enumeration(
  'PayApiMobileGoodsType',
  'Kind of goods paid by mobile phone. 휴대폰 결제 상품유형, `P_HPP_METHOD`.',
  {
    DIGITAL: { wire: ['1'], about: 'Digital content. 컨텐츠, `1`.' },
    PHYSICAL: { wire: ['2'], about: 'Physical goods. 실물, `2`.' },
  },
)

export const CHARSET = enumeration(
  'PayApiCharset',
  'Charset of the results that PayAPI posts to the shop. 인증/승인 결과 캐릭터셋, `P_CHARSET`.',
  {
    EUC_KR: { wire: ['euc-kr'], about: 'EUC-KR, the default of PayAPI: nothing is sent for it. `euc-kr`.' },
    UTF_8: { wire: ['utf8'], about: 'UTF-8. `utf8`.' },
  },
)
