import { useEffect, useState } from 'react'
import { post } from './api.ts'
import type { Shop } from './shop.ts'
import { useLanguage, useTexts, won } from './texts.ts'

type Quantities = Readonly<Record<string, number>>

const KEPT = 'cart'

export function Cart({ shop }: { shop: Shop }) {
  const text = useTexts()
  const language = useLanguage()
  const [quantities, setQuantities] = useState<Quantities>(() => JSON.parse(sessionStorage.getItem(KEPT) ?? '{}'))
  useEffect(() => sessionStorage.setItem(KEPT, JSON.stringify(quantities)), [quantities])
  const lines = shop.products.flatMap(({ id }) => {
    const quantity = quantities[id] ?? 0
    return quantity > 0 ? [{ id, quantity }] : []
  })
  // For the buyer to see. What is charged is reckoned by the server.
  const total = shop.products.reduce((sum, { id, price }) => sum + price * (quantities[id] ?? 0), 0)

  const checkOut = async () => {
    const { id } = (await post('/api/orders', { lines })) as { id?: string }
    if (id === undefined) return
    sessionStorage.removeItem(KEPT)
    location.assign(`/orders/${id}`)
  }
  return (
    <>
      <h1>{text('cart')}</h1>
      <ul className="lines">
        {shop.products.map(({ id, name, price }) => (
          <li key={id}>
            <label htmlFor={id}>
              {name[language]} <small>{won(price)}</small>
            </label>
            <input
              id={id}
              type="number"
              min={0}
              max={9}
              value={quantities[id] ?? 0}
              onChange={({ currentTarget }) => setQuantities({ ...quantities, [id]: currentTarget.valueAsNumber || 0 })}
            />
          </li>
        ))}
      </ul>
      <p className="total">
        {text('total')} <strong>{won(total)}</strong>
      </p>
      <button type="button" disabled={lines.length === 0} onClick={checkOut}>
        {text('checkout')}
      </button>
    </>
  )
}
