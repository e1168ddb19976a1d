import { interpretStatus } from 'payapi-graphql/outcome'
import { useCallback, useEffect, useState } from 'react'
import { get } from './api.ts'
import { CardPayment } from './card-payment.tsx'
import { LinkPayment } from './link-payment.tsx'
import { Message } from './message.tsx'
import type { Order, Shop } from './shop.ts'
import { useLanguage, useTexts, won } from './texts.ts'

/** An order: what is in it, and its payment, or how to pay it. All of it is asked for anew, so a reload loses nothing. */
export function OrderPage({ id, shop }: { id: string; shop: Shop }) {
  const text = useTexts()
  const [order, setOrder] = useState<Order | null>()
  const [method, setMethod] = useState<'card' | 'link'>()
  const reload = useCallback(() => {
    get<Partial<Order>>(`/api/orders/${id}`).then((found) => setOrder(found.id === undefined ? null : (found as Order)))
  }, [id])
  useEffect(reload, [reload])

  if (order === undefined) return null
  if (order === null)
    return (
      <>
        <h1>{text('noOrder')}</h1>
        <a href="/">{text('back')}</a>
      </>
    )
  const shown = method ?? (order.link === null ? 'card' : 'link')
  const Payment = shown === 'card' ? CardPayment : LinkPayment
  return (
    <>
      <h1>
        {text('order')} <small>{order.id}</small>
      </h1>
      <Lines order={order} shop={shop} />
      {order.payment?.status ? (
        <Paid payment={order.payment} />
      ) : (
        <Payment order={order} onChanged={reload}>
          <fieldset className="methods">
            <legend>{text('method')}</legend>
            {(['card', 'link'] as const).map((each) => (
              <label key={each}>
                <input type="radio" name="method" checked={each === shown} onChange={() => setMethod(each)} />
                {text(each === 'card' ? 'byCard' : 'byLink')}
              </label>
            ))}
          </fieldset>
        </Payment>
      )}
    </>
  )
}

function Lines({ order, shop }: { order: Order; shop: Shop }) {
  const text = useTexts()
  const language = useLanguage()
  return (
    <>
      <ul className="lines">
        {order.lines.map(({ id, quantity }) => (
          <li key={id}>
            {shop.products.find((product) => product.id === id)?.name[language]} <small>× {quantity}</small>
          </li>
        ))}
      </ul>
      <p className="total">
        {text('total')} <strong>{won(order.amount)}</strong>
      </p>
    </>
  )
}

function Paid({ payment }: { payment: NonNullable<Order['payment']> }) {
  const text = useTexts()
  return (
    <>
      <Message outcome={interpretStatus({ payment })} />
      {payment.approvalNumber && (
        <p>
          {text('approval')} {payment.approvalNumber}
        </p>
      )}
    </>
  )
}
