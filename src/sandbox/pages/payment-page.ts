import { BANKS, CARD_COMPANIES } from '../../payapi/definition/code-tables.ts'
import { APPROVAL_SCENARIOS } from '../response/approval-scenarios.ts'
import type { SmsPayment } from '../state/sms-payments.ts'
import type { NoticeEntry } from '../state/types.ts'
import { accountSections } from './account-sections.ts'
import type { Buyer } from './buyer.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import { noticesSection } from './notices-section.ts'
import { choice, deliveryChoice, showAmount, showTime } from './parts.ts'
import { type Language, METHODS, STATUSES, TEXTS } from './texts.ts'

/** From this much on, a card may be paid in instalments. */
const INSTALLMENTS_FROM = 50_000n
const USUAL_MONTHS = ['00', '02', '03', '06', '12']
const BANK_CODES = ['04', '11', '20', '81', '88', '89', '90', '03']
const CARD_CODES = ['06', '14', '12', '04', '03', '11', '17', '16']

/** The page of a payment: what is bought, and what the buyer can do now. */
export function paymentPage(
  buyer: Buyer,
  notices: readonly NoticeEntry[],
  language: Language,
  problem: string | undefined,
): string {
  const { payment } = buyer
  const main = html`<main data-status="${payment.status}">
${problem && html`<p role="alert">${problem}</p>`}
${orderSection(payment, language)}
${buyer.isExpired && payment.account === null && html`<p role="alert">${TEXTS.expired[language]}</p>`}
${buyer.mayPay && payForm(payment, language)}
${payment.account && accountSections(buyer, payment.account, language)}
${noticesSection(notices, payment.path, language)}
</main>`
  return layout(language, payment.path, main)
}

function orderSection(payment: SmsPayment, language: Language): Html {
  const { request, price, payType, mid, oid, tid, status, expiresAt } = payment
  return html`<section>
<h1>${request.goodsName}</h1>
<p class="amount">${showAmount(price, language)}</p>
<dl>
<dt>${TEXTS.method[language]}</dt><dd>${METHODS[payType][language]}</dd>
<dt>${TEXTS.merchant[language]}</dt><dd>${mid}</dd>
<dt>${TEXTS.orderId[language]}</dt><dd>${oid}</dd>
<dt>${TEXTS.expiresAt[language]}</dt><dd>${showTime(expiresAt)}</dd>
${tid !== null && html`<dt class="wide">${TEXTS.transaction[language]}</dt><dd class="wide"><code>${tid}</code></dd>`}
</dl>
<p class="status">${STATUSES[status][language]}</p>
</section>`
}

function payForm(payment: SmsPayment, language: Language): Html {
  const isAccount = payment.payType === 'vbank'
  const action = isAccount ? 'issue' : 'pay'
  const verb = isAccount ? TEXTS.issue[language] : `${TEXTS.pay[language]} · ${showAmount(payment.price, language)}`
  return html`<section>
<form method="post" action="${payment.path}?lang=${language}">
${institutionChoice(payment, language)}
<label>${TEXTS[isAccount ? 'payer' : 'name'][language]}<input name="name" value="김하나" maxlength="10" autocomplete="off" required></label>
<details>
<summary>${TEXTS.forDevelopers[language]}</summary>
${payment.isTwoStep && !isAccount && approvalChoice(language)}
${(isAccount || !payment.isTwoStep) && payment.request.notificationUrl !== undefined && deliveryChoice(language)}
${choice(TEXTS.back[language], 'method', [
  ['POST', 'POST'],
  ['GET', 'GET'],
])}
</details>
<div class="buttons">
<button class="primary" name="action" value="${action}">${verb}</button>
<button name="action" value="fail" formnovalidate>${TEXTS.fail[language]}</button>
<button name="action" value="give-up" formnovalidate>${TEXTS.giveUp[language]}</button>
</div>
</form>
</section>`
}

function approvalChoice(language: Language): Html {
  return choice(TEXTS.approval[language], 'approval', [
    ['', TEXTS.approvalUsual[language]],
    ...APPROVAL_SCENARIOS.map(({ name, description }) => [name, `${name}: ${description[language]}`] as const),
  ])
}

function institutionChoice({ payType, request }: SmsPayment, language: Language): Html | undefined {
  const named = (codes: readonly string[], names: Readonly<Record<string, string>>) =>
    codes.map((code) => [code, names[code] ?? code] as const)
  if (payType === 'hpp') return undefined
  if (payType !== 'card') return choice(TEXTS.bank[language], 'institution', named(BANK_CODES, BANKS))
  const company = choice(TEXTS.cardCompany[language], 'institution', named(CARD_CODES, CARD_COMPANIES))
  if (request.price < INSTALLMENTS_FROM) return company
  const months = monthsOf(request.installments).map(
    (value) =>
      [value, value === '00' ? TEXTS.lumpSum[language] : `${Number(value)} ${TEXTS.months[language]}`] as const,
  )
  return html`${company}${choice(TEXTS.installment[language], 'months', months)}`
}

/** `01` is a lump sum, `99` takes it away. */
function monthsOf(named: readonly string[]): readonly string[] {
  if (named.length === 0) return USUAL_MONTHS
  const months = named.filter((value) => value !== '99' && value !== '01')
  return named.includes('99') && months.length > 0 ? months : ['00', ...months]
}
