import type { Localized } from '../../lib/localized.ts'
import type { NoticeDelivery } from '../notices/queue.ts'
import type { NoticeEntry, PayType, SmsPaymentStatus } from '../state/types.ts'

export type Language = keyof Localized

/** What the pages say. */
export const TEXTS = {
  title: { en: 'Payment', ko: '결제' },
  sandbox: { en: 'Sandbox: no real money', ko: '샌드박스: 실제 결제가 아닙니다' },
  otherLanguage: { en: '한국어', ko: 'English' },
  merchant: { en: 'Merchant', ko: '가맹점' },
  orderId: { en: 'Order number', ko: '주문번호' },
  method: { en: 'Method', ko: '결제수단' },
  expiresAt: { en: 'Link valid until', ko: '링크 유효기간' },
  status: { en: 'Status', ko: '상태' },
  transaction: { en: 'Transaction id', ko: '거래번호' },
  cardCompany: { en: 'Card company', ko: '카드사' },
  bank: { en: 'Bank', ko: '은행' },
  installment: { en: 'Instalments', ko: '할부' },
  lumpSum: { en: 'Lump sum', ko: '일시불' },
  months: { en: 'months', ko: '개월' },
  name: { en: 'Your name', ko: '구매자명' },
  payer: { en: 'Payer', ko: '입금자명' },
  pay: { en: 'Pay', ko: '결제하기' },
  issue: { en: 'Get an account number', ko: '계좌번호 발급' },
  fail: { en: 'Fail', ko: '인증 실패' },
  giveUp: { en: 'Give up', ko: '결제 취소' },
  forDevelopers: { en: 'What the shop meets (for developers)', ko: '상점이 겪을 일(개발자용)' },
  approval: { en: 'Answer to the approval', ko: '승인 요청의 응답' },
  approvalUsual: { en: 'Approved', ko: '정상 승인' },
  back: { en: 'Back to the shop by', ko: '상점으로 돌아가는 방식' },
  notice: { en: 'The notice comes', ko: '노티 전송' },
  account: { en: 'Virtual account', ko: '가상계좌' },
  accountNumber: { en: 'Number', ko: '계좌번호' },
  holder: { en: 'Account holder', ko: '예금주' },
  amount: { en: 'Amount', ko: '금액' },
  depositBy: { en: 'Deposit by', ko: '입금기한' },
  atTheBank: { en: 'At the buyer’s bank', ko: '구매자의 은행' },
  deposit: { en: 'Deposit', ko: '입금' },
  depositOther: { en: 'Deposit it', ko: '이 금액 입금' },
  otherAmount: { en: 'Other amount', ko: '다른 금액' },
  withdraw: { en: 'Withdraw the last deposit', ko: '마지막 입금 철회' },
  toShop: { en: 'Back to the shop', ko: '상점으로 돌아가기' },
  continuing: { en: 'Going back to the shop …', ko: '상점으로 이동하고 있습니다.' },
  notices: { en: 'Notices to the shop', ko: '상점으로 보낸 노티' },
  noNotices: { en: 'None so far.', ko: '아직 없습니다.' },
  noticeKind: { en: 'Notice', ko: '종류' },
  tries: { en: 'Tries', ko: '전송 횟수' },
  lastAnswer: { en: 'Last answer', ko: '마지막 응답' },
  sendAgain: { en: 'Send waiting notices now', ko: '대기 중인 노티 지금 전송' },
  none: { en: 'no answer', ko: '응답 없음' },
  unknownTitle: { en: 'No such link', ko: '없는 링크' },
  unknown: {
    en: 'This sandbox knows no such link. It forgets its links when it stops.',
    ko: '이 샌드박스에 없는 링크입니다. 샌드박스를 멈추면 링크도 사라집니다.',
  },
  notNow: { en: 'That is not possible now.', ko: '지금은 할 수 없습니다.' },
  expired: { en: 'This link has expired.', ko: '유효기간이 지난 링크입니다.' },
  wrongAmount: { en: 'The amount must be a whole number of won.', ko: '금액은 원 단위의 정수여야 합니다.' },
} as const satisfies Readonly<Record<string, Localized>>

export const METHODS: Readonly<Record<PayType, Localized>> = {
  card: { en: 'Card', ko: '신용카드' },
  hpp: { en: 'Mobile phone', ko: '휴대폰' },
  bank: { en: 'Bank transfer', ko: '계좌이체' },
  vbank: { en: 'Virtual account', ko: '가상계좌' },
}

export const STATUSES: Readonly<Record<SmsPaymentStatus, Localized>> = {
  open: { en: 'Not paid yet', ko: '결제 전' },
  authenticated: {
    en: 'Authenticated. Nothing is charged until the shop approves.',
    ko: '인증 완료. 상점이 승인하기 전에는 결제되지 않습니다.',
  },
  failed: {
    en: 'The last try failed. You can try again.',
    ko: '지난 결제 시도가 실패했습니다. 다시 시도할 수 있습니다.',
  },
  paid: { en: 'Paid', ko: '결제 완료' },
  'awaiting-deposit': { en: 'Waiting for the deposit', ko: '입금 대기' },
  deposited: { en: 'Deposited', ko: '입금 완료' },
  withdrawn: { en: 'The deposit was withdrawn', ko: '입금 철회' },
}

export const DELIVERIES: Readonly<Record<NoticeDelivery, Localized>> = {
  once: { en: 'Once', ko: '한 번' },
  twice: { en: 'Twice', ko: '두 번' },
  late: { en: '10 minutes late', ko: '10분 늦게' },
  never: { en: 'Never', ko: '보내지 않음' },
}

export const NOTICE_KINDS: Readonly<Record<NoticeEntry['kind'], Localized>> = {
  result: { en: 'Result', ko: '결제결과' },
  deposit: { en: 'Deposit', ko: '입금통보' },
  escrow: { en: 'Escrow', ko: '에스크로' },
  transaction: { en: 'Transaction', ko: '거래알림' },
}

export const NOTICE_STATES: Readonly<Record<NoticeEntry['state'], Localized>> = {
  waiting: { en: 'Waiting', ko: '대기' },
  accepted: { en: 'Accepted', ko: '수신 확인' },
  'given-up': { en: 'Given up', ko: '포기' },
  never: { en: 'Lost on purpose', ko: '보내지 않음' },
  forbidden: { en: 'Address not allowed', ko: '허용되지 않은 주소' },
}

/** The language that a browser prefers; Korean where it prefers neither. */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? '').split(',').map((wish) => {
    const [name = '', ...parameters] = wish.trim().toLowerCase().split(';')
    const quality = parameters.map((each) => /^\s*q=([\d.]+)$/.exec(each)?.[1]).find((each) => each !== undefined)
    return { name: name.split('-')[0], quality: Number(quality ?? 1) }
  })
  const best = (language: Language) =>
    Math.max(0, ...wishes.filter(({ name }) => name === language).map((w) => w.quality))
  return best('en') > best('ko') ? 'en' : 'ko'
}
