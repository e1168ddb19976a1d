import type { Localized } from './types.ts'

const ASK_THE_SHOP: Localized = {
  ko: '판매자가 고쳐야 하는 항목입니다. 판매자에게 문의해 주십시오.',
  en: 'The shop has to correct this. Please contact the shop.',
}

/** What each kind of broken rule says beside its field. */
const ISSUES: Readonly<Record<string, Localized>> = {
  REQUIRED: { ko: '입력해 주십시오.', en: 'Please fill this in.' },
  WRONG_TYPE: { ko: '형식이 올바르지 않습니다.', en: 'This is not the right kind of value.' },
  TOO_LONG: { ko: '너무 깁니다. 짧게 입력해 주십시오.', en: 'This is too long.' },
  OUT_OF_RANGE: { ko: '입력할 수 있는 범위를 벗어났습니다.', en: 'This is outside of what is possible.' },
  INVALID_FORMAT: { ko: '형식이 올바르지 않습니다.', en: 'This is not written the right way.' },
  INVALID_CARD_NUMBER: { ko: '카드 번호를 다시 확인해 주십시오.', en: 'Please check the card number.' },
  UNKNOWN_VALUE: { ko: '목록에 있는 값을 선택해 주십시오.', en: 'Please choose one of the values offered.' },
  UNKNOWN_FIELD: ASK_THE_SHOP,
  UNKNOWN_MERCHANT: ASK_THE_SHOP,
  UNSUPPORTED: ASK_THE_SHOP,
}

const OTHER: Localized = { ko: '다시 확인해 주십시오.', en: 'Please check this.' }

export const issueText = (code: string): Localized => (Object.hasOwn(ISSUES, code) ? (ISSUES[code] ?? OTHER) : OTHER)
