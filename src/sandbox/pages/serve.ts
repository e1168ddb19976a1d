import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '../errors.ts'
import type { NoticeDelivery } from '../notices/queue.ts'
import { type Form, parseForm } from '../request/form.ts'
import { readBody } from '../request/http.ts'
import { send } from '../response/answer.ts'
import { findApprovalScenario } from '../response/approval-scenarios.ts'
import { encodeForm } from '../response/charset.ts'
import { toShopForm } from './account-sections.ts'
import { CONTINUE_SCRIPT, STYLE } from './assets.ts'
import { Buyer, type BuyerWorld, type HandOver, NotNow } from './buyer.ts'
import { html } from './html.ts'
import { layout, messagePage } from './layout.ts'
import { PAGE_PATH } from './make-url.ts'
import { paymentPage } from './payment-page.ts'
import { DELIVERIES, type Language, preferredLanguage, TEXTS } from './texts.ts'

const ASSETS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['style.css', ['text/css; charset=utf-8', STYLE]],
  ['continue.js', ['text/javascript; charset=utf-8', CONTINUE_SCRIPT]],
])

/** The forms lead to shops, wherever they are: also where they send the browser on to. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action http: https:; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

/** The rest of a target under the short URLs; undefined for any other. */
export function pageTarget(target: string): string | undefined {
  return target.startsWith(`${PAGE_PATH}/`) ? target.slice(PAGE_PATH.length + 1) : undefined
}

const sendPage = (response: ServerResponse, status: number, page: string): void =>
  send(response, status, Buffer.from(page), { 'Content-Type': 'text/html; charset=utf-8', ...HEADERS })

/** Serves the page behind a short URL, where one plays the buyer and the buyer's bank. */
export async function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
  world: BuyerWorld,
): Promise<void> {
  const [file = '', query = ''] = target.split('?')
  const asset = ASSETS.get(file)
  if (asset) return send(response, 200, Buffer.from(asset[1]), { ...HEADERS, 'Content-Type': asset[0] })
  const wanted = new URLSearchParams(query).get('lang')
  const language = wanted === 'ko' || wanted === 'en' ? wanted : preferredLanguage(request.headers['accept-language'])
  const payment = world.state.smsPayments.findByPath(file)
  if (!payment) {
    const page = messagePage(language, 'none', TEXTS.unknownTitle[language], TEXTS.unknown[language])
    return sendPage(response, 404, page)
  }
  const buyer = new Buyer(payment, world)
  const show = (status: number, problem?: string) => {
    const { mid, oid } = payment
    const notices = world.state.notices.filter((notice) => notice.mid === mid && notice.oid === oid)
    sendPage(response, status, paymentPage(buyer, notices, language, problem))
  }
  if (request.method === 'GET') return show(200)
  if (request.method !== 'POST') return send(response, 405, Buffer.alloc(0), { ...HEADERS, Allow: 'GET, POST' })
  try {
    const next = await act(buyer, parseForm(await readBody(request)), world)
    if (next?.method === 'POST') sendPage(response, 200, handOverPage(next, file, language))
    else send(response, 303, Buffer.alloc(0), { ...HEADERS, Location: next ? urlOf(next) : `${file}?lang=${language}` })
  } catch (error) {
    if (error instanceof NotNow || error instanceof Refusal) show(409, TEXTS.notNow[language])
    else if (error instanceof WrongAmount) show(400, TEXTS.wrongAmount[language])
    else throw error
  }
}

class WrongAmount extends Error {}

/** Where a browser goes that comes by GET: a form would take away what stands behind the question mark. */
function urlOf({ url, fields, charset }: HandOver): string {
  const query = encodeForm(fields, charset)
  return query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`
}

/** Does what a button says; returns where the browser goes then, if it leaves the page. */
async function act(buyer: Buyer, form: Form, world: BuyerWorld): Promise<HandOver | undefined> {
  const { mid, oid } = buyer.payment
  const wanted = form.get('notice') ?? ''
  const notice = Object.hasOwn(DELIVERIES, wanted) ? (wanted as NoticeDelivery) : undefined
  const method = form.get('method') === 'GET' ? 'GET' : 'POST'
  const { name, institution, months } = Object.fromEntries(form)
  const choice = { ...(name && { name }), ...(institution && { institution }), ...(months && { months }) }
  switch (form.get('action')) {
    case 'pay': {
      const approval = findApprovalScenario(form.get('approval') ?? '')?.name
      return buyer.pay({ ...choice, approval, method, notice })
    }
    case 'fail':
      return buyer.fail(method)
    case 'give-up':
      return buyer.giveUp(method)
    case 'issue':
      await buyer.issue({ ...choice, notice })
      return undefined
    case 'deposit':
      await buyer.deposit({ notice })
      return undefined
    case 'deposit-other': {
      const amount = form.get('amount') ?? ''
      if (!/^[1-9]\d{0,11}$/.test(amount)) throw new WrongAmount()
      await buyer.deposit({ amount, notice })
      return undefined
    }
    case 'withdraw':
      await buyer.withdraw(notice)
      return undefined
    case 'send-again':
      await world.desk.queue.sendWaiting(mid, oid)
      return undefined
    default:
      throw new NotNow()
  }
}

/** Brings the browser to the shop by itself or, without script, by a button. */
function handOverPage(next: HandOver, file: string, language: Language): string {
  const main = html`<main><section><h1>${TEXTS.continuing[language]}</h1>${toShopForm(next, language)}</section></main>`
  return layout(language, file, main, html`<script src="continue.js" defer></script>`)
}
