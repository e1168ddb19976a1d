import { interpretStatus, type Outcome } from 'payapi-graphql/outcome'
import { useCharge } from 'payapi-graphql/react'
import { type FormEvent, useCallback, useEffect, useState } from 'react'
import { get, post } from './api.ts'
import { Message } from './message.tsx'
import { isOpen, type Order } from './shop.ts'
import { useLanguage, useTexts, won } from './texts.ts'

type AdminOrder = Order & { readonly goodsName: string }

/** For the shop's own people: refunds, and what a person found out. */
export function Admin() {
  const text = useTexts()
  const [orders, setOrders] = useState<readonly AdminOrder[]>()
  const reload = useCallback(() => {
    get<readonly AdminOrder[]>('/admin/api/orders').then(setOrders)
  }, [])
  useEffect(reload, [reload])
  return (
    <>
      <h1>{text('orders')}</h1>
      {orders?.length === 0 && <p>{text('none')}</p>}
      {orders?.map((order) => (
        <Row key={order.id} order={order} onChanged={reload} />
      ))}
    </>
  )
}

interface RowProps {
  readonly order: AdminOrder
  onChanged(): void
}

function Row({ order, onChanged }: RowProps) {
  const text = useTexts()
  const language = useLanguage()
  const { payment, operation } = order
  const {
    charge: refund,
    outcome,
    learn,
    isSending,
  } = useCharge({
    intent: `refund ${order.id}`,
    send: (key) => post(`/admin/api/orders/${order.id}/refund`, { key }),
  })
  const unknown = [operation, ...(payment?.operations ?? [])].find((each) => each !== null && isOpen(each))
  const standing = payment?.status ? { payment } : { paymentOperation: operation }
  const left = Number(payment?.remainingAmount ?? 0)
  return (
    <article aria-label={order.id}>
      <h2>
        {order.id} <small>{order.goodsName}</small>
      </h2>
      <p>
        {won(order.amount)} ·{' '}
        {payment?.status || operation ? interpretStatus(standing).title[language] : text('unpaid')}
      </p>
      {outcome && <Message outcome={outcome} />}
      {unknown && (
        <Resolve
          operationId={unknown.id}
          onResolved={(result) => {
            learn(result)
            onChanged()
          }}
        />
      )}
      {left > 0 && !unknown && (
        <button type="button" disabled={isSending} onClick={() => refund().then(onChanged)}>
          {text('refund')} ({won(left)})
        </button>
      )}
    </article>
  )
}

interface ResolveProps {
  readonly operationId: string
  onResolved(result: unknown): void
}

function Resolve({ operationId, onResolved }: ResolveProps) {
  const text = useTexts()
  const [refused, setRefused] = useState<Outcome>()
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    const processed = submitter?.getAttribute('value') === 'processed'
    const transactionId = new FormData(event.currentTarget).get('transactionId') || undefined
    const body = { operationId, processed, ...(processed && { transactionId }) }
    const result = await post('/admin/api/resolve', body)
    const recorded = interpretStatus(result)
    if (recorded.kind === 'invalid') setRefused(recorded)
    else onResolved(result)
  }
  return (
    <form onSubmit={send}>
      <p>{text('lookUp')}</p>
      {refused && <Message outcome={refused} />}
      <label>
        {text('transactionId')} <input name="transactionId" autoComplete="off" />
      </label>
      <button type="submit" value="processed">
        {text('processed')}
      </button>
      <button type="submit" value="not" className="plain">
        {text('notProcessed')}
      </button>
    </form>
  )
}
