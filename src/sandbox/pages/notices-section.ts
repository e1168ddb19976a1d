import type { NoticeEntry } from '../state/types.ts'
import { type Html, html } from './html.ts'
import { type Language, NOTICE_KINDS, NOTICE_STATES, TEXTS } from './texts.ts'

/** What was sent to the shop about this order, and what it answered. */
export function noticesSection(notices: readonly NoticeEntry[], path: string, language: Language): Html {
  if (notices.length === 0)
    return html`<section><h2>${TEXTS.notices[language]}</h2><p>${TEXTS.noNotices[language]}</p></section>`
  return html`<section>
<h2 id="notices">${TEXTS.notices[language]}</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="notices">
<table>
<thead><tr><th scope="col">${TEXTS.noticeKind[language]}</th><th scope="col">${TEXTS.status[language]}</th><th scope="col">${TEXTS.tries[language]}</th><th scope="col">${TEXTS.lastAnswer[language]}</th></tr></thead>
<tbody>${notices.map((notice) => row(notice, language))}</tbody>
</table>
</div>
${notices.some(({ state }) => state === 'waiting') && html`<form method="post" action="${path}?lang=${language}"><button name="action" value="send-again">${TEXTS.sendAgain[language]}</button></form>`}
</section>`
}

function row({ kind, event, state, attempts }: NoticeEntry, language: Language): Html {
  const last = attempts.at(-1)
  const answer = last && (last.status === null ? TEXTS.none[language] : `HTTP ${last.status}`)
  return html`<tr><td>${NOTICE_KINDS[kind][language]} <code>${event}</code></td><td>${NOTICE_STATES[state][language]}</td><td>${attempts.length}</td><td>${answer} ${last && html`<code>${last.answer}</code>`}</td></tr>`
}
