import { createContext, useContext } from 'react'

// What a payment came to is told by `payapi-graphql/outcome`; here is what the shop says besides.

export type Language = 'ko' | 'en'

const TEXTS = {
  shop: { ko: '느린 커피', en: 'Slow Coffee' },
  other: { ko: 'English', en: '한국어' },
  cart: { ko: '장바구니', en: 'Your cart' },
  quantity: { ko: '수량', en: 'Quantity' },
  total: { ko: '합계', en: 'Total' },
  checkout: { ko: '주문하기', en: 'Check out' },
  order: { ko: '주문', en: 'Order' },
  orders: { ko: '주문 관리', en: 'Orders' },
  none: { ko: '아직 주문이 없습니다.', en: 'There are no orders yet.' },
  byCard: { ko: '카드로 결제', en: 'Pay by card' },
  byLink: { ko: '문자로 받은 링크로 결제', en: 'Pay by a link in a text message' },
  method: { ko: '결제 방법', en: 'How to pay' },
  sendLink: { ko: '결제 링크 받기', en: 'Send me the link' },
  newLink: { ko: '새 링크 받기', en: 'Send me a new link' },
  openLink: { ko: '결제 페이지 열기', en: 'Open the payment page' },
  linkIsHere: {
    ko: '이 예제는 문자를 보내지 않고 링크를 여기에 보여 줍니다.',
    en: 'This example sends no text message: here is the link that would be in it.',
  },
  notFound: {
    ko: '결제 요청을 받지 못했습니다. 다시 결제하셔도 이중으로 결제되지 않습니다.',
    en: 'We have not received your payment. If you pay again now, you will not be charged twice.',
  },
  noOrder: { ko: '주문을 찾을 수 없습니다.', en: 'There is no such order.' },
  back: { ko: '장바구니로 돌아가기', en: 'Back to the cart' },
  approval: { ko: '승인번호', en: 'Approval number' },
  remaining: { ko: '남은 금액', en: 'Left of it' },
  refund: { ko: '전액 환불', en: 'Refund all' },
  unpaid: { ko: '결제 전', en: 'Not paid' },
  processed: { ko: '처리됨', en: 'It was processed' },
  notProcessed: { ko: '처리되지 않음', en: 'It was not processed' },
  transactionId: { ko: '거래번호', en: 'Transaction id' },
  lookUp: {
    ko: '상점 관리자 페이지(PG 제공)에서 이 주문을 찾아 확인한 결과를 기록하십시오.',
    en: "Look this order up in the PG's merchant console, and record what you found.",
  },
  scenario: { ko: '샌드박스 시나리오 (시험용)', en: 'Sandbox scenario (for trying it out)' },
  normal: { ko: '정상', en: 'Normal' },
  decline: { ko: '승인 거절', en: 'Declined' },
  refused: { ko: '연결 실패, 보내지 않음', en: 'No connection, nothing sent' },
  reset: { ko: '승인됨, 응답 유실', en: 'Approved, answer lost' },
  'reset-unprocessed': { ko: '승인되지 않음, 응답 유실', en: 'Not approved, answer lost' },
  slow: { ko: '승인됨, 느린 응답', en: 'Approved, slow answer' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>

export const LanguageContext = createContext<Language>('en')

export const useLanguage = (): Language => useContext(LanguageContext)

export type TextName = keyof typeof TEXTS

export function useTexts(): (name: TextName) => string {
  const language = useLanguage()
  return (name) => TEXTS[name][language]
}

export function firstLanguage(): Language {
  const chosen = localStorage.getItem('language')
  if (chosen === 'ko' || chosen === 'en') return chosen
  return navigator.language.startsWith('ko') ? 'ko' : 'en'
}

const WON = new Intl.NumberFormat('ko-KR', { style: 'currency', currency: 'KRW' })

export const won = (amount: number | string): string => WON.format(Number(amount))
