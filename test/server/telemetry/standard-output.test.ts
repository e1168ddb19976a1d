import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { MAIN, run, STARTS_PROGRAMS, urlOf } from '../../support/server/processes.ts'

// What becomes of calls where the log cannot be written.

const post = async (url: string, query: string): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })).json()
}

const charge = (orderId: string) => `mutation { chargeMobileBillingKey(input: {
  orderId: "${orderId}", amount: 100, billingKey: "SANDBOX-MOBILEKEY-1", buyer: { name: "홍길동" }
}) { __typename } }`

/** As many as one document may have. */
const ALIASES = 20

const CHARGED = { data: { chargeMobileBillingKey: { __typename: 'MobilePayment' } } }

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

it.each(['1', '2'])(
  'with %s workers, a log on a full disk costs lines and no call, from the start to the end',
  STARTS_PROGRAMS,
  async (workers) => {
    const port = await freePort()
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], PORT: String(port), PAYAPI_WORKERS: workers },
      stdio: ['ignore', full, full],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = once(child, 'exit')
    const url = `http://127.0.0.1:${port}/graphql`
    for (let n = 0; n < 30; n++) {
      const answer = () => post(url, charge(`ORDER-${n}`))
      if (n === 0) await vi.waitFor(async () => expect(await answer()).toEqual(CHARGED), STARTS_PROGRAMS)
      else expect(await answer()).toEqual(CHARGED)
    }
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  },
)

it(
  'a reader of the log who stops reading holds up no call, and is told how many lines were lost',
  STARTS_PROGRAMS,
  async () => {
    const program = run({ PAYAPI_RATE_LIMIT_PER_MINUTE: '100000' })
    const url = await urlOf(program)
    program.child.stdout?.pause()
    // Each is a line of its own: what was looked up once is not looked up again.
    for (let prefix = 100_000; prefix < 108_000; prefix += ALIASES) {
      const lookups = Array.from(
        { length: ALIASES },
        (_, n) => `p${n}: cardPrefix(prefix: "${prefix + n}") { __typename }`,
      )
      expect(await post(url, `{ ${lookups.join(' ')} }`)).toHaveProperty('data.p1')
    }
    expect(await post(url, charge('ORDER-1'))).toEqual(CHARGED)
    program.child.stdout?.resume()
    await program.until(/"msg":"payapi call"/)
    await vi.waitFor(async () => {
      await post(url, charge('ORDER-2'))
      expect(await program.until(/./)).toMatch(
        /^\{"level":"warn","time":"[^"]+","lines":\d+,"msg":"log lines lost"\}$/m,
      )
    }, STARTS_PROGRAMS)
  },
)
