import { CardForm, type CardInput, useCharge, usePaymentStatus } from 'payapi-graphql/react'
import { get, listen, post } from './api.ts'
import { Message } from './message.tsx'
import { isOpen, type Order } from './shop.ts'
import { useLanguage, useTexts } from './texts.ts'

export interface PaymentProps {
  readonly order: Order
  /** The choice of other ways to pay, for as long as there is one. */
  readonly children: React.ReactNode
  /** The order stands otherwise now. */
  onChanged(): void
}

/** Charges a card once: the key that `useCharge` keeps is the same after a reload, until it is known what became of it. */
export function CardPayment({ order, children, onChanged }: PaymentProps) {
  const text = useTexts()
  const language = useLanguage()
  const path = `/api/orders/${order.id}/charge`
  const { charge, outcome, unsettled, learn } = useCharge({
    intent: `pay ${order.id}`,
    send: (key, card: CardInput) => post(path, { key, card }),
  })
  // Another tab may have charged it, whose key is not here.
  const elsewhere = order.operation !== null && isOpen(order.operation) ? path : null
  const status = usePaymentStatus(unsettled ? `${path}?key=${unsettled.idempotencyKey}` : elsewhere, {
    ask: get,
    subscribe: listen,
    onSettled(result) {
      learn(result)
      onChanged()
    },
  })
  const pay = async (card: CardInput) => {
    const ended = await charge(card)
    if (ended.kind === 'done') onChanged()
    return ended
  }
  const shown = outcome ?? status.outcome
  const isMissing = status.isFound === false
  const mayPay = isMissing || shown === null || ['refused', 'invalid', 'retry'].includes(shown.kind)
  return (
    <>
      {mayPay && children}
      {isMissing && (
        <p role="status" className="message" data-kind="retry">
          {text('notFound')}
        </p>
      )}
      {shown && !isMissing && <Message outcome={shown} />}
      {mayPay && <CardForm className="card" language={language} outcome={outcome} onSubmit={pay} />}
    </>
  )
}
