import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../../src/config/index.ts'
import { openSqlite } from '../../../src/journal/sqlite/driver.ts'
import { createJournaledClient } from '../../../src/package/client.ts'
import { createPayApiGraphql } from '../../../src/package/index.ts'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { startFacade } from '../../../src/server/lifecycle/start.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'
import { newPath } from '../../support/journal/sqlite/journals.ts'
import { eventually } from '../../support/journal/store.ts'
import { httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'
import { charge, post, untilReady, usingPayApi } from '../../support/server/running-facade.ts'

/** Something that keeps a journal and is to be stopped. */
interface Stoppable {
  /** Asks for a charge; resolves to what it is answered. */
  pay(): Promise<{ readonly operationId?: unknown }>
  close(): Promise<void>
}

interface Given {
  readonly payApiUrl: string
  readonly journalPath: string
  readonly drainMs: number
  /** Takes each line of the log, with its fields. */
  readonly tell: (line: Readonly<Record<string, unknown>>) => void
}

const CHARGE = charge('ORDER-1')

async function startServer({ payApiUrl, journalPath, drainMs, tell }: Given): Promise<Stoppable> {
  const env = {
    ...usingPayApi(payApiUrl),
    PAYAPI_STORE_URL: pathToFileURL(journalPath).href,
    PAYAPI_DRAIN_MS: String(drainMs),
  }
  const log = createLogger('info', { write: (line) => tell(JSON.parse(line)) })
  const { url, close } = await startFacade(readConfig({ PORT: '0', ...env }), log)
  await untilReady(url)
  return { pay: () => post(url, CHARGE), close }
}

const logTelling = (tell: Given['tell']) => {
  const level = (fields: object, msg: string) => tell({ ...fields, msg })
  return { info: level, warn: level, error: level }
}

async function startMounted({ payApiUrl, journalPath, drainMs, tell }: Given): Promise<Stoppable> {
  const payments = createPayApiGraphql({
    baseUrl: payApiUrl,
    merchants: DEMO_MERCHANTS,
    journal: { url: pathToFileURL(journalPath).href },
    drainMs,
    log: logTelling(tell),
  })
  const server = createServer(payments.nodeHandler).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close().closeAllConnections())
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  await untilReady(url)
  return { pay: () => post(url, CHARGE), close: () => payments.close() }
}

async function startClient({ payApiUrl, journalPath, tell }: Given): Promise<Stoppable> {
  const client = createJournaledClient({
    baseUrl: payApiUrl,
    merchants: DEMO_MERCHANTS,
    journal: { url: pathToFileURL(journalPath).href },
    log: logTelling(tell),
  })
  await client.ready()
  const { card: _, ...input } = { ...CHARGE.variables.input, billingKey: 'SANDBOX-CARDKEY-1' }
  return { pay: () => client.chargeCardBillingKey(input), close: () => client.close() }
}

/** Charges, and keeps everybody from writing the journal from when PayAPI has been asked on. */
async function chargedWithoutJournal(start: (given: Given) => Promise<Stoppable>, drainMs: number) {
  const payApi = await startRawServer(() => {})
  const journalPath = newPath()
  const lines: Readonly<Record<string, unknown>>[] = []
  const { pay, close } = await start({
    payApiUrl: payApi.url,
    journalPath,
    drainMs,
    tell: (line) => lines.push(line),
  })
  onTestFinished(close)
  const answered = pay()
  const asked = await payApi.connections.next()
  await asked.request()
  const other = openSqlite(journalPath)
  other.exec('pragma busy_timeout = 60000')
  other.exec('begin immediate')
  await asked.send(httpAnswer(200, '{"ResultCode":"00","tid":"tid-1"}'))
  const { operationId } = await answered
  return {
    operationId,
    close,
    /** Lets the journal be written again. */
    comeBack: () => other.close(),
    /** What the log told under a heading. */
    told: (msg: string) => lines.filter((line) => line['msg'] === msg),
    /** The states of all operations, read beside whoever keeps the journal. */
    states() {
      const reader = openSqlite(journalPath)
      try {
        return reader.all('select id, state from operations')
      } finally {
        reader.close()
      }
    },
  }
}

const EVERY = [
  ['a server', startServer],
  ['a facade in another server', startMounted],
  ['a client', startClient],
] as const

describe.each(EVERY)('%s that is stopped before the journal has taken what PayAPI answered', (_, start) => {
  it('waits for the journal: what comes back while there is time gets the result', async () => {
    const { operationId, close, comeBack, told, states } = await chargedWithoutJournal(start, 600_000)
    const triesBefore = told('journal finish-delayed').length
    let isOver = false
    const closed = close().then(() => {
      isOver = true
    })
    await eventually(() => expect(isOver || told('journal finish-delayed').length >= triesBefore + 3).toBe(true))
    expect(isOver).toBe(false)
    comeBack()
    await closed
    expect(states()).toEqual([{ id: operationId, state: 'SUCCEEDED' }])
    expect(told('journal finish-lost')).toEqual([])
  })
})

describe.each(EVERY.slice(0, 2))('%s whose time to stop is over while the journal is away', (_, start) => {
  it('ends, and names the operations whose results are lost', async () => {
    const { operationId, close, comeBack, told, states } = await chargedWithoutJournal(start, 0)
    await close()
    expect(told('journal finish-lost')).toMatchObject([{ operationId }])
    comeBack()
    expect(states()).toEqual([{ id: operationId, state: 'IN_PROGRESS' }])
  })
})
