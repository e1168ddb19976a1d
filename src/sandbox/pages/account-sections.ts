import { BANKS } from '../../payapi/definition/code-tables.ts'
import type { VirtualAccount } from '../state/types.ts'
import type { Buyer, HandOver } from './buyer.ts'
import { type Html, html } from './html.ts'
import { deliveryChoice, showAmount, showTime } from './parts.ts'
import { type Language, TEXTS } from './texts.ts'

/** An issued account, the way back to the shop, and what its buyer's bank can do. */
export function accountSections(buyer: Buyer, account: VirtualAccount, language: Language): Html {
  const { price, path, status } = buyer.payment
  return html`<section>
<h2>${TEXTS.account[language]}</h2>
<dl>
<dt>${TEXTS.bank[language]}</dt><dd>${BANKS[account.bankCode]}</dd>
<dt>${TEXTS.accountNumber[language]}</dt><dd><code>${account.number}</code></dd>
<dt>${TEXTS.holder[language]}</dt><dd>${account.holder}</dd>
<dt>${TEXTS.payer[language]}</dt><dd>${account.payer}</dd>
<dt>${TEXTS.depositBy[language]}</dt><dd>${showTime(account.expiresAt)}</dd>
</dl>
${toShopForm(buyer.withAccount(), language)}
</section>
<section>
<h2>${TEXTS.atTheBank[language]}</h2>
<form method="post" action="${path}?lang=${language}">
${deliveryChoice(language)}
<button class="${status === 'awaiting-deposit' && 'primary'}" name="action" value="deposit">${TEXTS.deposit[language]} · ${showAmount(price, language)}</button>
<div class="row">
<label>${TEXTS.otherAmount[language]}<input name="amount" inputmode="numeric" pattern="[1-9][0-9]{0,11}" value="${String(BigInt(price) + 1000n)}" autocomplete="off"></label>
<button name="action" value="deposit-other">${TEXTS.depositOther[language]}</button>
</div>
${status === 'deposited' && html`<button name="action" value="withdraw">${TEXTS.withdraw[language]}</button>`}
</form>
</section>`
}

/** The form that brings the browser to the shop. */
export function toShopForm({ url, method, fields, charset }: HandOver, language: Language): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  const encoding = charset === 'utf8' ? 'utf-8' : 'euc-kr'
  return html`<form id="to-shop" method="${method.toLowerCase()}" action="${url}" accept-charset="${encoding}">
${hidden}
<button class="primary">${TEXTS.toShop[language]}</button>
</form>`
}
