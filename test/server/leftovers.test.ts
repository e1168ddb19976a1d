import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { type Run, run, STARTS_PROGRAMS, urlOf } from './processes.ts'

const MERCHANT = { mid: 'ownshop', signKey: 'S', apiKey: 'k'.repeat(32), apiIv: 'v'.repeat(16) }

const REPORT_HEAP = fileURLToPath(new URL('./report-heap.cjs', import.meta.url))

/** Takes a program and a signal; returns how many bytes its old objects take after the collection that the signal stands for. */
async function oldBytesAfter({ child, until }: Run, signal: 'SIGUSR2' | 'SIGWINCH'): Promise<number> {
  child.kill(signal)
  const line = new RegExp(`old objects after ${signal}: (\\d+) bytes\\n`)
  return Number(line.exec(await until(line))?.[1])
}

it('leaves of a fresh connection nothing that only a large collection finds', STARTS_PROGRAMS, async () => {
  const sandbox = await startSandbox({ merchants: [MERCHANT] })
  onTestFinished(() => sandbox.close())
  const variables = {
    PAYAPI_BASE_URL: sandbox.url,
    PAYAPI_MERCHANTS: JSON.stringify([MERCHANT]),
    LOG_LEVEL: 'silent',
  }
  const program = run(variables, ['--expose-gc', '--require', REPORT_HEAP])
  const url = await urlOf(program)
  let order = 0
  const charge = async (times: number) => {
    for (let time = 0; time < times; time++) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: `mutation ($orderId: ID!) { chargeMobileBillingKey(input: {
            orderId: $orderId, amount: 100, billingKey: "SANDBOX-MOBILEKEY-1", buyer: { name: "홍길동" }
          }) { __typename } }`,
          variables: { orderId: `O-${order++}` },
        }),
      })
      expect(await answer.json()).toEqual({ data: { chargeMobileBillingKey: { __typename: 'MobilePayment' } } })
    }
  }
  // So that what is made once, such as compiled code, has been made.
  await charge(1_000)
  const before = await oldBytesAfter(program, 'SIGUSR2')
  await charge(1_000)
  const bytes = (await oldBytesAfter(program, 'SIGWINCH')) - before
  // A socket that is kept brings 2,500 more, and the hidden classes of its options 2,000.
  expect(bytes / 1_000).toBeLessThan(1_700)
})
