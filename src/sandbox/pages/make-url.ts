import type { CheckedForm } from '../request/verify.ts'
import type { SandboxState } from '../state/index.ts'
import type { PayType } from '../state/types.ts'

/** Where and when the sandbox is. */
export interface Place {
  /** Where browsers reach it, without a slash at the end. */
  readonly publicUrl: string
  /** The origin under which the merchant's server reached it. */
  readonly reachedAt: string
  /** Epoch milliseconds, by the clock of notices and links. */
  readonly linkTime: number
}

/** Under it are the short URLs. */
export const PAGE_PATH = '/s'

/** A link, and the payment behind it. */
export function makeSmsUrl(form: CheckedForm, state: SandboxState, place: Place): { readonly MsgSend: string } {
  const { path } = state.smsPayments.create({
    mid: form.merchant.mid,
    oid: form.get('P_OID'),
    payType: form.get('payType') as PayType,
    price: BigInt(form.get('P_AMT')),
    goodsName: form.get('P_GOODS'),
    createdAt: place.linkTime,
    nextUrl: form.get('P_NEXT_URL'),
    returnUrl: form.get('P_RETURN_URL'),
    notificationUrl: form.find('P_NOTI_URL'),
    charset: form.find('P_CHARSET') === 'utf8' ? 'utf8' : 'euc-kr',
    installments: form.find('P_QUOTABASE')?.split(':') ?? [],
    reserved: form.get('P_RESERVED'),
    approvalOrigin: place.reachedAt,
  })
  return { MsgSend: `${place.publicUrl}${PAGE_PATH}/${path}` }
}
