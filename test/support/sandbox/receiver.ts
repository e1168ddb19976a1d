import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { readPairs } from './links.ts'

/** How a shop answers a notice. */
export interface ShopAnswer {
  readonly status?: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A shop that is sent notices. It ends with the test. */
export interface Receiver {
  readonly url: string
  /** Every body as it came. */
  readonly bodies: readonly Buffer[]
  /** The fields of every notice, from EUC-KR. */
  notices(): readonly Readonly<Record<string, string>>[]
  /** Paths and content types of all requests. */
  readonly requests: readonly string[]
}

/** Answers every POST by a function of how many came before. */
export async function receiveNotices(answer: (index: number) => ShopAnswer = () => ({})): Promise<Receiver> {
  const bodies: Buffer[] = []
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    // A browser that comes by asks for an icon of its own accord.
    if (request.method !== 'POST') return void response.end()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    // A browser asks for it by itself, at a time of its own choice.
    if (request.url === '/favicon.ico') {
      response.writeHead(404).end()
      return
    }
    const { status = 200, body = 'OK', headers = {} } = answer(bodies.length)
    bodies.push(Buffer.concat(chunks))
    requests.push(`${request.method} ${request.url} ${request.headers['content-type']}`)
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/notices`,
    bodies,
    requests,
    notices: () => bodies.map((body) => readPairs(body)),
  }
}
