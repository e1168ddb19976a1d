import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../../src/config/index.ts'
import { openSqlite } from '../../../src/journal/sqlite/driver.ts'
import { type RunningFacade, startFacade } from '../../../src/server/lifecycle/start.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'
import { overBothStores, type TestJournal } from '../../support/journal/both-stores.ts'
import { version4 } from '../../support/journal/earlier-versions.ts'
import { KEYS } from '../../support/journal/operations.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'
import { charge, post, untilReady, usingPayApi } from '../../support/server/running-facade.ts'

const isSqlite = ({ url }: TestJournal): boolean => url.startsWith('file:')

/** Keeps whoever takes a journal over from it, as one does who takes it over himself; resolves to what lets go. */
async function hold(journal: TestJournal): Promise<() => Promise<void>> {
  if (isSqlite(journal)) {
    const connection = openSqlite(fileURLToPath(new URL(journal.url.replace(/\?.*/, ''))))
    connection.exec('begin immediate')
    return async () => connection.close()
  }
  const client = new pg.Client({ connectionString: journal.url })
  await client.connect()
  await client.query('begin; lock table payapi.operations in access exclusive mode')
  return () => client.end()
}

const start = async (env: Readonly<Record<string, string>>): Promise<RunningFacade> => {
  const facade = await startFacade(readConfig({ PORT: '0', ...env }), createLogger('silent'))
  onTestFinished(() => facade.close())
  return facade
}

async function readinessOf({ url }: RunningFacade): Promise<unknown> {
  const answer = await fetch(new URL('/health/ready', url))
  return [answer.status, await answer.json()]
}

overBothStores('a journal of an earlier version', (newJournal) => {
  it('leaves the server alive and not ready while it is taken over: nothing is sent, and what was refused is charged once it is done', async () => {
    const journal = await newJournal()
    await journal.sql(
      version4(isSqlite(journal) ? 'sqlite' : 'postgres', [
        { id: 'before', state: 'SUCCEEDED', transactionId: 'tid', result: '{}' },
      ]),
    )
    const sent: string[] = []
    const payApi = await startRawServer(
      answering(({ path }) => {
        sent.push(path)
        return httpAnswer(200, '{"ResultCode":"00"}')
      }),
    )
    const letGo = await hold(journal)
    const facade = await start({
      ...usingPayApi(payApi.url),
      PAYAPI_STORE_URL: journal.url,
      PAYAPI_JOURNAL_KEYS: KEYS.map((key) => Buffer.from(key).toString('base64')).join(','),
    })
    expect(await readinessOf(facade)).toEqual([503, { status: 'not ready', reasons: ['STORE_UNAVAILABLE'] }])
    expect((await fetch(new URL('/health/live', facade.url))).status).toBe(200)
    expect(await post(facade.url, charge('ORDER-1'))).toMatchObject({ reason: 'JOURNAL_UNAVAILABLE', retryable: true })
    expect(sent).toEqual([])
    await letGo()
    await untilReady(facade.url)
    expect(await post(facade.url, charge('ORDER-1'))).toMatchObject({ __typename: 'CardPayment', orderId: 'ORDER-1' })
    expect(sent).toHaveLength(1)
  })
})
