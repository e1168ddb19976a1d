import { hash } from 'node:crypto'
import type { SmsLinkStatus } from '../../journal/records/sms-link.ts'

/** What a buyer is told: how their payment stands, or why nothing can be said of it. */
export type PageName = SmsLinkStatus | 'NOT_FOUND' | 'NOT_NOW' | 'NOT_UNDERSTOOD'

interface Text {
  readonly title: string
  readonly text: string
}

const KOREAN: Readonly<Record<PageName, Text>> = {
  LINK_CREATED: { title: '아직 결제되지 않았습니다', text: '받으신 문자의 링크를 열어 결제해 주십시오.' },
  AUTHENTICATED: { title: '결제를 처리하고 있습니다', text: '잠시만 기다려 주십시오. 결제를 다시 하지 마십시오.' },
  AWAITING_DEPOSIT: { title: '입금을 기다리고 있습니다', text: '안내받은 가상계좌로 기한 안에 입금해 주십시오.' },
  PAID: { title: '결제가 완료되었습니다', text: '이 창을 닫으셔도 됩니다.' },
  DEPOSIT_WITHDRAWN: { title: '입금이 취소되었습니다', text: '판매자에게 문의해 주십시오.' },
  FAILED: {
    title: '결제되지 않았습니다',
    text: '청구된 금액은 없습니다. 받으신 문자의 링크로 다시 시도하거나 판매자에게 문의해 주십시오.',
  },
  EXPIRED: { title: '결제 기한이 지났습니다', text: '청구된 금액은 없습니다. 판매자에게 새 링크를 요청해 주십시오.' },
  UNKNOWN: {
    title: '결제 결과를 확인하고 있습니다',
    text: '결제되었을 수 있으므로 다시 결제하지 마십시오. 판매자가 확인합니다.',
  },
  NOT_FOUND: { title: '결제 정보를 찾을 수 없습니다', text: '받으신 문자의 링크를 다시 열어 주십시오.' },
  NOT_NOW: { title: '지금은 처리할 수 없습니다', text: '잠시 후 이 페이지를 새로 고쳐 주십시오.' },
  NOT_UNDERSTOOD: { title: '요청을 읽을 수 없습니다', text: '받으신 문자의 링크를 다시 열어 주십시오.' },
}

const ENGLISH: Readonly<Record<PageName, Text>> = {
  LINK_CREATED: { title: 'Not paid yet', text: 'Please open the link in your text message to pay.' },
  AUTHENTICATED: { title: 'Your payment is being processed', text: 'Please wait a moment. Do not pay again.' },
  AWAITING_DEPOSIT: {
    title: 'Waiting for your deposit',
    text: 'Please deposit to the virtual account you were given, in time.',
  },
  PAID: { title: 'Your payment is complete', text: 'You may close this window.' },
  DEPOSIT_WITHDRAWN: { title: 'Your deposit was withdrawn', text: 'Please ask the seller.' },
  FAILED: {
    title: 'Not paid',
    text: 'You were not charged. Please try again with the link in your text message, or ask the seller.',
  },
  EXPIRED: { title: 'The link has expired', text: 'You were not charged. Please ask the seller for a new link.' },
  UNKNOWN: {
    title: 'Your payment is being checked',
    text: 'It may have been processed, so please do not pay again. The seller is looking into it.',
  },
  NOT_FOUND: { title: 'There is no such payment', text: 'Please open the link in your text message again.' },
  NOT_NOW: { title: 'This cannot be done right now', text: 'Please reload this page in a moment.' },
  NOT_UNDERSTOOD: { title: 'The request could not be read', text: 'Please open the link in your text message again.' },
}

/** A mark above the words, by what they say. */
const MARKS: readonly (readonly [readonly PageName[], string, string])[] = [
  [['PAID'], '✓', 'light-dark(#15803d, #4ade80)'],
  [['AWAITING_DEPOSIT', 'AUTHENTICATED', 'LINK_CREATED'], '…', 'light-dark(#1d4fd7, #8fb0ff)'],
  [['UNKNOWN', 'DEPOSIT_WITHDRAWN', 'NOT_NOW'], '!', 'light-dark(#a15c00, #fbbf24)'],
  [['FAILED', 'EXPIRED', 'NOT_FOUND', 'NOT_UNDERSTOOD'], '×', 'light-dark(#b42318, #f97066)'],
]

const STYLE = `:root { color-scheme: light dark }
* { box-sizing: border-box; margin: 0 }
body {
  min-height: 100vh; display: grid; place-items: center; padding: 1rem;
  background: light-dark(#f2f4f8, #12151b); color: light-dark(#1b2430, #e9edf3);
  font: 1rem/1.6 system-ui, -apple-system, 'Apple SD Gothic Neo', 'Noto Sans KR', 'Malgun Gothic', sans-serif;
  word-break: keep-all; overflow-wrap: anywhere; text-align: center;
}
main {
  width: 100%; max-width: 28rem; padding: 2.5rem 1.75rem; border-radius: 1rem;
  background: light-dark(#fff, #1c2129); border: 1px solid light-dark(#d8dee7, #343c49);
}
main::before {
  display: grid; place-items: center; width: 3.5rem; height: 3.5rem; margin: 0 auto 1.25rem; border-radius: 50%;
  border: 3px solid; font-size: 1.75rem; font-weight: 700; line-height: 1;
}
h1 { font-size: 1.5rem; line-height: 1.35; margin-bottom: .5rem }
h2 { font-size: 1.125rem; margin-bottom: .25rem }
section + section { margin-top: 1.75rem; padding-top: 1.75rem; border-top: 1px solid light-dark(#d8dee7, #343c49) }
${MARKS.map(
  ([names, mark, color]) =>
    `${names.map((name) => `[data-status=${name}]::before`).join(', ')} { content: '${mark}' / ''; color: ${color} }`,
).join('\n')}`

/** Nothing runs in such a page, nothing is loaded, and nobody frames it. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', STYLE, 'base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A page in both languages. It holds nothing of what came with the request. */
export function pageOf(name: PageName): string {
  const [korean, english] = [KOREAN[name], ENGLISH[name]]
  return `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${korean.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main data-status="${name}">
<section><h1>${korean.title}</h1><p>${korean.text}</p></section>
<section lang="en"><h2>${english.title}</h2><p>${english.text}</p></section>
</main>
</body>
</html>
`
}
