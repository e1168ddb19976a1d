import { Webhook } from 'standardwebhooks'
import { answering, httpAnswer, type RawRequest, type RawServer, startRawServer } from '../payapi/raw-server.ts'

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

/** A webhook that was verified. */
export interface Received {
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface WebhookReceiver {
  readonly server: RawServer
  readonly url: string
  /** What came and was verified, in the order in which it came. */
  readonly received: readonly Received[]
}

/** A shop on a raw server, which verifies what it is sent by another hand than ours, and answers as it is told. */
export async function receiveWebhooks(
  answer: (webhook: Received, count: number) => string | Buffer = () => httpAnswer(204),
  secret = SECRET,
): Promise<WebhookReceiver> {
  const received: Received[] = []
  const serve = answering((request: RawRequest) => {
    const {
      'webhook-id': id = '',
      'webhook-timestamp': seconds,
      'webhook-signature': signatures = '',
    } = request.headers
    // Not `verify`, which goes by the system's clock: some tests have one of their own.
    const expected = new Webhook(secret).sign(id, new Date(Number(seconds) * 1_000), request.body)
    if (!signatures.split(' ').includes(expected)) throw new Error('the signature is wrong')
    const webhook = { ...(JSON.parse(request.body) as Omit<Received, 'id'>), id }
    received.push(webhook)
    return answer(webhook, received.length)
  })
  const server = await startRawServer(serve)
  return { server, url: `${server.url}/webhooks`, received }
}
