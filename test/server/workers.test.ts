import { execFileSync } from 'node:child_process'
import { expect, it, onTestFinished, vi } from 'vitest'

import { charge, readJournal } from '../chaos/client.ts'
import { type FacadeProcess, startFacadeProcess } from '../chaos/facade-process.ts'

// Each of them starts several processes, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 })

async function startWithWorkers(count = 2): Promise<FacadeProcess> {
  const facade = await startFacadeProcess({ PAYAPI_WORKERS: String(count), LOG_LEVEL: 'info' })
  onTestFinished(() => void facade.process.kill('SIGKILL'))
  return facade
}

const wish = (orderId: string) => ({ orderId, idempotencyKey: `K-${orderId}`, amount: '1004' })

it('several workers serve one port, on one sandbox and one journal', async () => {
  const { url } = await startWithWorkers()
  const orders = Array.from({ length: 20 }, (_, index) => `O-${index}`)
  const first = await Promise.all(orders.map((order) => charge(url, wish(order))))
  const again = await Promise.all(orders.map((order) => charge(url, wish(order))))
  expect(first.map((answer) => answer?.__typename)).toEqual(orders.map(() => 'CardPayment'))
  expect(again).toEqual(first)
  expect(await readJournal(url)).toHaveLength(orders.length)
})

it('workers that start at once in a new folder make one key for its journal', async () => {
  for (let time = 0; time < 3; time++) {
    const { url, process } = await startWithWorkers(8)
    expect(await readJournal(url)).toEqual([])
    process.kill('SIGKILL')
  }
})

it('SIGTERM ends all of them with code 0', async () => {
  const facade = await startWithWorkers()
  await charge(facade.url, wish('O-1'))
  facade.process.kill('SIGTERM')
  const [code] = (await facade.exited) as [number | null]
  expect(code).toBe(0)
  expect(facade.output().match(/"msg":"stopped"/g)).toHaveLength(2)
})

it('a worker that cannot start is told of, and ends the program', async () => {
  const blocker = await startWithWorkers()
  const { port } = new URL(blocker.url)
  const second = startFacadeProcess({ PAYAPI_WORKERS: '2', PORT: port })
  await expect(second).rejects.toThrow(/another program listens there/)
})

it('a worker that dies is replaced', async () => {
  const facade = await startWithWorkers()
  const children = () =>
    execFileSync('ps', ['-o', 'pid=', '--ppid', String(facade.process.pid)])
      .toString()
      .match(/\d+/g) ?? []
  const [victim] = children()
  process.kill(Number(victim), 'SIGKILL')
  await expect.poll(() => children().filter((pid) => pid !== victim).length, { timeout: 60_000, interval: 200 }).toBe(2)
})
