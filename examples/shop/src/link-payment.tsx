import { interpret, type Outcome } from 'payapi-graphql/outcome'
import { usePaymentStatus } from 'payapi-graphql/react'
import { useState } from 'react'
import { get, listen, post } from './api.ts'
import type { PaymentProps } from './card-payment.tsx'
import { Message } from './message.tsx'
import { useTexts } from './texts.ts'

/** Has a link made, and waits until it is paid. */
export function LinkPayment({ order, children, onChanged }: PaymentProps) {
  const text = useTexts()
  const [made, setMade] = useState<Outcome>()
  const path = `/api/orders/${order.id}/link`
  const { outcome } = usePaymentStatus(order.link && path, { ask: get, subscribe: listen, onSettled: onChanged })
  const make = async () => {
    const ended = await post(path, {}).then(interpret, interpret)
    setMade(ended)
    onChanged()
  }
  const mayMake = order.link === null || order.link.status === 'EXPIRED' || outcome?.kind === 'retry'
  const isUnderWay = order.operation !== null || outcome?.kind === 'done'
  const shown = outcome ?? (made?.kind === 'done' ? undefined : made)
  return (
    <>
      {!isUnderWay && children}
      {shown && <Message outcome={shown} />}
      {order.link?.status === 'LINK_CREATED' && (
        <p>
          {text('linkIsHere')} <a href={order.link.paymentUrl}>{text('openLink')}</a>
        </p>
      )}
      {mayMake && (
        <button type="button" onClick={make}>
          {text(order.link === null ? 'sendLink' : 'newLink')}
        </button>
      )}
    </>
  )
}
