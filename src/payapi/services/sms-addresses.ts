import { PAYMENT_METHOD, valueFromWire } from '../definition/enums.ts'
import type { PartialForm } from '../definition/request-types.ts'
import type { InputIssue } from '../wire/validate-input.ts'

/** Where the PG sends a buyer, and notices of their payment. */
export interface SmsLinkAddresses {
  readonly next: string
  readonly return: string
  readonly notification: string
}

type Method = keyof typeof PAYMENT_METHOD.values

// Without these a card or a bank transfer may be approved by the page itself, with nobody asked. Of a mobile phone and of
// a virtual account the manual wants nothing, but that the parameter is there.
const TWO_STEPS_CARD = { twotrs_isp: 'Y', block_isp: 'Y', twotrs_isp_noti: 'N' }
const RESERVED: Readonly<Record<Method, Readonly<Record<string, string>>>> = {
  CARD: TWO_STEPS_CARD,
  BANK_TRANSFER: { twotrs_bank: 'Y' },
  MOBILE: TWO_STEPS_CARD,
  VIRTUAL_ACCOUNT: TWO_STEPS_CARD,
}

const MAX_RESERVED = 300

/**
 * What a link's form lacks so that its payment comes back to these addresses, or why it cannot: empty where the caller
 * gave all of it and carries the payment on themselves.
 */
export function fillSmsAddresses(
  form: PartialForm,
  addresses: SmsLinkAddresses,
): { readonly form: PartialForm } | { readonly issues: readonly InputIssue[] } {
  const comesBack = form['P_NEXT_URL'] === undefined
  if (form[REDIRECT] !== undefined && !comesBack) return { issues: [NO_WAY_BACK] }
  const filled: Record<string, string> = {}
  const fill = (wire: string, value: string) => {
    if (form[wire] === undefined) filled[wire] = value
  }
  fill('P_NEXT_URL', addresses.next)
  fill('P_RETURN_URL', addresses.return)
  fill('P_NOTI_URL', addresses.notification)
  const given = form['P_RESERVED']
  if (comesBack || given === undefined) {
    const reserved = reservedFor(methodOf(form), given)
    if (reserved.length > MAX_RESERVED) return { issues: [RESERVED_TOO_LONG] }
    filled['P_RESERVED'] = reserved
  }
  return { form: filled }
}

/** Where a redirect of the caller's stands in a form: it is not sent. */
const REDIRECT = ''

/** What a link asks for, of a form that was checked. */
export function smsLinkRequest(form: PartialForm) {
  return {
    paymentMethod: methodOf(form),
    amount: form['P_AMT'] ?? '',
    orderId: form['P_OID'] ?? '',
    goodsName: form['P_GOODS'] ?? '',
    charset: form['P_CHARSET'] === 'utf8' ? ('UTF_8' as const) : ('EUC_KR' as const),
    redirectUrl: form[REDIRECT] ?? null,
  }
}

const methodOf = (form: PartialForm): Method => valueFromWire(PAYMENT_METHOD, form['payType'] ?? '') ?? 'CARD'

/** What a method needs, and what the caller adds; where both name the same, the caller knows better. */
function reservedFor(method: Method, given = ''): string {
  const names = new Set(given.split('&').map((pair) => pair.split('=', 1)[0]))
  const needed = Object.entries(RESERVED[method]).filter(([name]) => !names.has(name))
  return [...(given === '' ? [] : [given]), ...needed.map(([name, value]) => `${name}=${value}`)].join('&')
}

const NO_WAY_BACK: InputIssue = {
  path: ['redirectUrl'],
  code: 'UNSUPPORTED',
  message: 'has no effect beside nextUrl: the buyer does not come back here',
}

const RESERVED_TOO_LONG: InputIssue = {
  path: ['reserved'],
  code: 'TOO_LONG',
  message: `must be at most ${MAX_RESERVED} characters with what the payment method needs`,
}
