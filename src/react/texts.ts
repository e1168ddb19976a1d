import type { Localized, OutcomeField } from '../outcome/index.ts'
import type { CardFieldName, CardProblem } from './card-values.ts'

export type Language = keyof Localized

export const CARD_TEXTS = {
  legend: { ko: '카드 정보', en: 'Card details' },
  submit: { ko: '결제하기', en: 'Pay' },
  sending: { ko: '결제하고 있습니다…', en: 'Paying…' },
} as const satisfies Readonly<Record<string, Localized>>

export const LABELS: Readonly<Record<CardFieldName, Localized>> = {
  number: { ko: '카드 번호', en: 'Card number' },
  expiry: { ko: '유효기간 (월/년)', en: 'Expiry (month/year)' },
  holderId: { ko: '생년월일 또는 사업자등록번호', en: 'Date of birth or business number' },
  passwordPrefix: { ko: '카드 비밀번호 앞 두 자리', en: 'First two digits of the card password' },
}

export const HINTS: Readonly<Partial<Record<CardFieldName, Localized>>> = {
  expiry: { ko: '예: 12 / 29', en: 'For example 12 / 29' },
  holderId: { ko: '6자리(YYMMDD) 또는 10자리', en: '6 digits (YYMMDD) or 10 digits' },
}

export const PROBLEMS: Readonly<Record<CardProblem, Localized>> = {
  REQUIRED: { ko: '입력해 주십시오.', en: 'Please fill this in.' },
  INVALID_CARD_NUMBER: { ko: '카드 번호를 다시 확인해 주십시오.', en: 'Please check the card number.' },
  INVALID_FORMAT: { ko: '형식이 올바르지 않습니다.', en: 'This is not written the right way.' },
  EXPIRED: { ko: '유효기간이 지난 카드입니다.', en: 'This card has expired.' },
}

/** Which field of the form a field of an outcome is. */
export function fieldOf({ path }: OutcomeField): CardFieldName | undefined {
  const [group, name] = path
  if (group !== 'card') return undefined
  if (name === 'expiryYear' || name === 'expiryMonth') return 'expiry'
  return name === 'number' || name === 'holderId' || name === 'passwordPrefix' ? name : undefined
}
