import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import {
  ChargeKeyedInCardDocument,
  type ChargeKeyedInCardInput,
  PaymentOperationByKeyDocument,
  PaymentOperationDocument,
} from '../../../schema/operations.generated.ts'
import { CardForm, type CardInput, useCharge, usePaymentStatus } from '../../../src/react/index.ts'
import type { Language } from '../../../src/react/texts.ts'
import { CLIENTS, type ClientName } from './clients.ts'

// A shop's page, as the documents tell to write one. What it is to do stands in its address.

const asked = new URLSearchParams(location.search)
const language = (asked.get('language') ?? 'ko') as Language
const firstOrder = asked.get('order') ?? 'ORDER-1'
const client = CLIENTS[(asked.get('client') ?? 'graphql-request') as ClientName]('/graphql', {
  ...(asked.has('scenario') && { 'x-sandbox-scenario': asked.get('scenario') ?? '' }),
})

const order: Omit<ChargeKeyedInCardInput, 'orderId' | 'card' | 'idempotencyKey'> = {
  amount: '1004',
  goodsName: '커피',
  buyer: { name: '홍길동', phone: '01012345678' },
}

function Shop() {
  const [orderId, setOrderId] = useState(firstOrder)
  // Another order, without leaving the page.
  useEffect(() => {
    const changed = () => setOrderId(location.hash.slice(1))
    window.addEventListener('hashchange', changed)
    return () => window.removeEventListener('hashchange', changed)
  }, [])
  const { charge, outcome, unsettled, learn } = useCharge({
    intent: `pay ${orderId}`,
    send: (idempotencyKey, card: CardInput) =>
      client.mutate(ChargeKeyedInCardDocument, { input: { ...order, orderId, card, idempotencyKey } }),
  })
  const status = usePaymentStatus(unsettled, {
    ask: ({ operationId, idempotencyKey }) =>
      operationId === null
        ? client.query(PaymentOperationByKeyDocument, { idempotencyKey, service: 'chargeKeyedInCard' })
        : client.query(PaymentOperationDocument, { id: operationId }),
    onSettled: learn,
    askAfterMs: 100,
  })
  const shown = outcome ?? status.outcome
  return (
    <main lang={language} style={{ maxWidth: '30rem', margin: '0 auto', padding: '1rem' }}>
      <h1>{language === 'ko' ? '주문하기' : 'Checkout'}</h1>
      <section role="status" data-kind={shown?.kind} data-found={String(status.isFound)}>
        {shown && <h2>{shown.title[language]}</h2>}
        {shown && <p>{shown.text[language]}</p>}
      </section>
      <CardForm language={language} outcome={outcome} onSubmit={charge} withHolder={asked.has('holder')} />
    </main>
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Shop />
    </StrictMode>,
  )
}
