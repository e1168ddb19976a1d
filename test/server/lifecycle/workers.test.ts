import { type ChildProcess, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { SCENARIO_HEADER } from '../../../src/sandbox/response/scenarios.ts'
import type { Books } from '../../../src/sandbox/server.ts'
import { ask, readJournal } from '../../chaos/client.ts'
import { chargeOf } from '../../chaos/wishes.ts'
import { type FacadeProcess, startFacadeProcess } from '../../chaos/world/facade-process.ts'
import { EventStream } from '../../support/server/event-stream.ts'
import { run, sandboxUrlOf, urlOf } from '../../support/server/processes.ts'
import { charge, dataFolder, post } from '../../support/server/running-facade.ts'

async function startWithWorkers(count = 2): Promise<FacadeProcess> {
  const facade = await startFacadeProcess({ PAYAPI_WORKERS: String(count), LOG_LEVEL: 'info' })
  onTestFinished(() => void facade.process.kill('SIGKILL'))
  return facade
}

it('several workers serve one port, on one sandbox and one journal', async () => {
  const { url } = await startWithWorkers()
  const orders = Array.from({ length: 20 }, (_, index) => `O-${index}`)
  const first = await Promise.all(orders.map((order) => ask(url, chargeOf(order))))
  const again = await Promise.all(orders.map((order) => ask(url, chargeOf(order))))
  expect(first.map((answer) => answer?.__typename)).toEqual(orders.map(() => 'CardPayment'))
  expect(again).toEqual(first)
  expect(await readJournal(url)).toHaveLength(orders.length)
})

it('workers that start at once in a new folder make one key for its journal', async () => {
  for (let time = 0; time < 3; time++) {
    const { url, process } = await startWithWorkers(4)
    expect(await readJournal(url)).toEqual([])
    process.kill('SIGKILL')
  }
})

it('whichever worker a subscriber has, he is told of what any of them changes', async () => {
  const { url } = await startWithWorkers()
  const query = 'subscription { workChanged { unknownOperations } }'
  // Each on a connection of its own, which either worker may take.
  const streams = await Promise.all(Array.from({ length: 8 }, () => EventStream.open(url, { query })))
  for (const stream of streams) expect(await stream.next()).toEqual({ data: { workChanged: { unknownOperations: 0 } } })
  await post(url, charge('O-1'), { [SCENARIO_HEADER]: 'http-500' })
  for (const stream of streams) expect(await stream.next()).toEqual({ data: { workChanged: { unknownOperations: 1 } } })
})

it('SIGTERM ends all of them with code 0', async () => {
  const facade = await startWithWorkers()
  await ask(facade.url, chargeOf('O-1'))
  facade.process.kill('SIGTERM')
  const [code] = (await facade.exited) as [number | null]
  expect(code).toBe(0)
  expect(facade.output().match(/"msg":"stopped"/g)).toHaveLength(2)
})

it('a worker that cannot start ends the program, which says why in one line', async () => {
  const blocker = await startWithWorkers()
  const { port } = new URL(blocker.url)
  expect(await run({ PAYAPI_WORKERS: '4', PORT: port }).ended).toMatchObject({
    code: 1,
    errors: 'HOST and PORT: another program listens there already. Set PORT to another one.\n',
  })
})

const childrenOf = ({ pid }: ChildProcess) =>
  (
    execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)])
      .toString()
      .match(/\d+/g) ?? []
  ).map(Number)

it('a worker that dies is replaced, and the port stays', async () => {
  const facade = run({ PAYAPI_WORKERS: '2' })
  const url = await urlOf(facade)
  const [victim] = childrenOf(facade.child)
  process.kill(Number(victim), 'SIGKILL')
  await facade.until(/worker replaced/)
  const [first, second] = childrenOf(facade.child)
  // Only the new one is left to answer.
  process.kill(Number(first) === victim ? Number(second) : Number(first), 'SIGKILL')
  expect(await lookUp(url)).toBe('CardPrefix')
})

it('a replacement that is killed before it serves is replaced too, each after twice the time', async () => {
  const folder = dataFolder()
  const facade = run({
    PAYAPI_WORKERS: '2',
    NODE_OPTIONS: `--require ${fileURLToPath(new URL('../../support/server/die-at-start.cjs', import.meta.url))}`,
    STARTS_FILE: join(folder, 'starts'),
    DIES_AT_STARTS: '2,3',
  })
  await urlOf(facade)
  process.kill(Number(readFileSync(join(folder, 'starts'), 'utf8').trim()), 'SIGKILL')
  const output = await facade.until(/worker replaced/)
  const ends = output
    .split('\n')
    .filter((line) => line.includes('"worker ended"'))
    .map((line) => (JSON.parse(line) as { readonly time: string | number }).time)
    .map((time) => new Date(time).getTime())
  expect(ends).toHaveLength(3)
  const [first, second, third] = ends as [number, number, number]
  expect(second - first).toBeGreaterThanOrEqual(1_000)
  expect(third - second).toBeGreaterThanOrEqual(2_000)
})

it('callers of killed workers are hung up on, and once no worker is left the program ends with code 1', async () => {
  const facade = run({ PAYAPI_WORKERS: '2', PAYAPI_TIMEOUT_MS: '600000' })
  const { url, sandboxUrl } = { url: await urlOf(facade), sandboxUrl: await sandboxUrlOf(facade) }
  const callers = Array.from({ length: 8 }, () => caller(url, 'timeout'))
  await expect.poll(() => requestsAt(sandboxUrl)).toBe(callers.length)
  for (const pid of childrenOf(facade.child)) process.kill(pid, 'SIGKILL')
  expect(await Promise.all(callers)).toEqual(callers.map(() => ''))
  const { code, output } = await facade.ended
  expect(code).toBe(1)
  expect(output).toContain('no worker is left')
})

it('no caller waits for a worker that is frozen, and then killed', async () => {
  const facade = run({ PAYAPI_WORKERS: '2' })
  const url = await urlOf(facade)
  const [frozen] = childrenOf(facade.child)
  process.kill(Number(frozen), 'SIGSTOP')
  const callers = Array.from({ length: 8 }, () => caller(url, ''))
  process.kill(Number(frozen), 'SIGKILL')
  for (const answer of await Promise.all(callers)) expect(answer).toContain('CardPrefix')
})

const LOOKUP = JSON.stringify({ query: '{ cardPrefix(prefix: "949094") { __typename } }' })

async function lookUp(url: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: LOOKUP })
  return ((await answer.json()) as { data: { cardPrefix: { __typename: unknown } } }).data.cardPrefix.__typename
}

/** Asks over a connection of its own; resolves to what was answered once that is closed. */
function caller(url: string, scenario: string): Promise<string> {
  const { hostname, port, pathname } = new URL(url)
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `host: ${hostname}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${LOOKUP.length}`,
    ...(scenario === '' ? [] : [`${SCENARIO_HEADER}: ${scenario}`]),
  ]
  return new Promise((resolve) => {
    let answer = ''
    connect(Number(port), hostname)
      .on('error', () => {})
      .on('close', () => resolve(answer))
      .on('data', (bytes) => {
        answer += bytes.toString()
      })
      .write(`${head.join('\r\n')}\r\n\r\n${LOOKUP}`)
  })
}

async function requestsAt(sandboxUrl: string): Promise<number | undefined> {
  const books = (await (await fetch(`${sandboxUrl}/sandbox/books`)).json()) as Books
  return books.requests['/search/card/prefix']
}
