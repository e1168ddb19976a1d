import { hash } from 'node:crypto'
import { Pool } from 'undici'
import { midOf, signKeyOf } from '../lib/merchants.mjs'

const KOREA_AHEAD_MS = 9 * 60 * 60 * 1000
const MID = midOf(0)
const sha256 = (text) => hash('sha256', text, 'hex')
const MKEY = sha256(signKeyOf(MID))
const HEADERS = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', accept: 'application/json' }

/**
 * What the limit and the peers do for a charge, and no more than it takes: make the form, sign it, post it, read the
 * answer. No input is checked, no deadline kept, no failure told from another.
 * Takes where the gateway is, and whether connections are `kept` or `fresh` for each call; returns the charge.
 */
export function createCharge(baseUrl, connections) {
  const pool = new Pool(baseUrl, { pipelining: connections === 'fresh' ? 0 : 1 })
  return async ({ orderId, amount, goodsName, buyer, billingKey }) => {
    const timestamp = new Date(Date.now() + KOREA_AHEAD_MS).toISOString().replace(/\D/g, '').slice(0, 14)
    const form = new URLSearchParams({
      mid: MID,
      oid: orderId,
      goodsName,
      price: amount,
      buyerName: buyer.name,
      buyerTel: buyer.phone,
      buyerEmail: buyer.email,
      billkey: billingKey,
      cardQuota: '00',
      timestamp,
      signature: sha256(`mid=${MID}&mkey=${MKEY}&oid=${orderId}&price=${amount}&timestamp=${timestamp}`),
    })
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/billing/billpay',
      headers: HEADERS,
      body: form.toString(),
    })
    const answer = await body.json()
    if (statusCode !== 200 || answer.ResultCode !== '00') throw new Error(`not charged: ${answer.ResultCode}`)
    return {
      __typename: 'CardPayment',
      merchantId: MID,
      orderId,
      transactionId: answer.tid,
      amount: answer.Price,
      approvalNumber: answer.ApplNum,
      approvedAt: instant(answer.PayDate, answer.PayTime),
    }
  }
}

function instant(date, time) {
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
  return new Date(`${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}+09:00`).toISOString()
}
