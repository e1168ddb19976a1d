import { randomBytes } from 'node:crypto'

// What a shop has of its own: products, prices, orders. Orders are in memory here; yours are in your database.

export const PRODUCTS = [
  { id: 'beans', name: { ko: '원두 200g', en: 'Coffee beans, 200 g' }, price: 18_000 },
  { id: 'dripper', name: { ko: '핸드드립 세트', en: 'Pour-over set' }, price: 42_000 },
  { id: 'mug', name: { ko: '머그잔', en: 'Mug' }, price: 12_500 },
] as const

/** What a browser may say of an order: which products, and how many. */
export type Lines = readonly { readonly id: string; readonly quantity: number }[]

export interface Order {
  readonly id: string
  /** The browser that placed it. A shop with accounts has the buyer's. */
  readonly owner: string
  readonly lines: Lines
  /** In won, by the shop's own prices. */
  readonly amount: number
  readonly goodsName: string
  readonly buyer: { readonly name: string; readonly phone: string }
}

const orders = new Map<string, Order>()

/** The buyer who is signed in. */
const BUYER = { name: '홍길동', phone: '01012345678' }

const MOST_OF_ONE = 9

/** Undefined where the lines name no product, or a number that nobody can buy. */
export function placeOrder(owner: string, lines: unknown): Order | undefined {
  if (!Array.isArray(lines)) return undefined
  const chosen = PRODUCTS.flatMap((product) => {
    const quantity: unknown = lines.find((line) => line?.id === product.id)?.quantity
    const isValid = Number.isInteger(quantity) && Number(quantity) > 0 && Number(quantity) <= MOST_OF_ONE
    return isValid ? [{ product, quantity: Number(quantity) }] : []
  })
  const [first] = chosen
  if (first === undefined || chosen.length !== lines.length) return undefined
  const order: Order = {
    id: `SHOP-${randomBytes(5).toString('hex').toUpperCase()}`,
    owner,
    lines: chosen.map(({ product, quantity }) => ({ id: product.id, quantity })),
    amount: chosen.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0),
    goodsName: first.product.name.ko + (chosen.length > 1 ? ` 외 ${chosen.length - 1}건` : ''),
    buyer: BUYER,
  }
  orders.set(order.id, order)
  return order
}

export const findOrder = (id: string): Order | undefined => orders.get(id)

export const allOrders = (): readonly Order[] => [...orders.values()].toReversed()
