import { request } from 'node:http'
import { CREDENTIALS } from './facade.mjs'

const PAYMENT = 'subscription ($id: ID!) { paymentChanged(transactionId: $id) { status } }'
const WORK = 'subscription { workChanged { unknownOperations openNotices } }'

/**
 * Follows a payment. Takes the port, a transaction id and what to do with the text of each event; resolves, once the state
 * at once has come, to what ends it.
 */
export const followPayment = (port, transactionId, onEvent) => follow(port, PAYMENT, { id: transactionId }, onEvent)

/** Follows what waits for a person; resolves, once it was told, to what ends it. */
export const followWork = (port) => follow(port, WORK, {})

function follow(port, query, variables, onEvent = () => {}) {
  return new Promise((resolve, reject) => {
    const sent = request({
      port,
      host: '127.0.0.1',
      path: '/graphql',
      method: 'POST',
      agent: false,
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...CREDENTIALS },
    })
    sent.once('error', reject)
    sent.once('response', (response) => {
      if (response.statusCode !== 200)
        return reject(new Error(`a subscription was answered with ${response.statusCode}`))
      response.on('error', () => {})
      response.setEncoding('utf8').on('data', (text) => {
        if (!text.includes('data:')) return
        onEvent(text)
        resolve(() => sent.destroy())
      })
    })
    sent.end(JSON.stringify({ query, variables }))
  })
}
