import { request } from 'node:http'
import { CREDENTIALS } from './facade.mjs'

/**
 * Follows a payment. Takes the port, a transaction id and what to do with the text of each event; resolves, once the state
 * at once has come, to what ends it.
 */
export function followPayment(port, transactionId, onEvent = () => {}) {
  const query = `subscription ($id: ID!) { paymentChanged(transactionId: $id) { status } }`
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
    sent.end(JSON.stringify({ query, variables: { id: transactionId } }))
  })
}
