import { expect, it } from 'vitest'
import { overBothStores, tableIn } from '../../support/journal/both-stores.ts'
import { newPath } from '../../support/journal/sqlite/journals.ts'
import { startRawServer } from '../../support/payapi/raw-server.ts'
import { EventStream } from '../../support/server/event-stream.ts'
import { charge, post, startTestFacade, startTestProcess } from '../../support/server/running-facade.ts'
import { ask, sharing } from '../../support/server/shared-journal.ts'

const OPERATION = 'subscription ($id: ID!) { changed: paymentOperationChanged(id: $id) { state } }'
const WORK = 'subscription { changed: workChanged { unknownOperations } }'
const RESOLVE = `mutation ($id: ID!) {
  resolvePaymentOperation(input: { operationId: $id, processed: false }) { __typename }
}`
const STATE = 'query ($id: ID!) { paymentOperation(id: $id) { state } }'

const COUNT = 40

overBothStores('an instance that is killed under load', (newJournal) => {
  it('leaves no change untold that it has made, whenever it was killed', async () => {
    const journal = await newJournal()
    const env = await sharing(journal)
    const [dying, living] = [await startTestProcess(env), await startTestFacade(env)]
    const orders = Array.from({ length: COUNT }, (_, index) => charge(`ORDER-${index}`))
    const unknown = { 'x-sandbox-scenario': 'http-500' }
    const ids = (await Promise.all(orders.map((order) => post(dying.url, order, unknown)))).map(({ operationId }) =>
      String(operationId),
    )
    const streams = await Promise.all(
      ids.map((id) => EventStream.open(living.url, { query: OPERATION, variables: { id } })),
    )
    for (const stream of streams) expect(await stream.next()).toEqual({ data: { changed: { state: 'UNKNOWN' } } })
    let answered = 0
    const resolving = ids.map((id) =>
      ask(dying, RESOLVE, { id }).then(
        () => {
          answered++
          if (answered === COUNT / 4) dying.process.kill('SIGKILL')
        },
        () => {},
      ),
    )
    await Promise.all(resolving)
    await dying.exited
    const states = await Promise.all(ids.map(async (id) => (await ask(living, STATE, { id }))['paymentOperation']))
    for (const [index, state] of states.entries()) {
      const isOver = (state as { readonly state: string }).state === 'FAILED'
      if (isOver) expect(await streams[index]?.next()).toEqual({ data: { changed: { state: 'FAILED' } } })
      else await streams[index]?.quiet(1)
    }
    expect(answered).toBeGreaterThanOrEqual(COUNT / 4)
  })

  it('is not needed to hear of what it did not tell of', async () => {
    const journal = await newJournal()
    const facade = await startTestFacade(await sharing(journal))
    const { operationId: id } = await post(facade.url, charge('ORDER-1'))
    const stream = await EventStream.open(facade.url, { query: OPERATION, variables: { id } })
    expect(await stream.next()).toEqual({ data: { changed: { state: 'SUCCEEDED' } } })
    const table = tableIn(journal, 'operations')
    await journal.sql(`update ${table} set state = 'UNKNOWN', settled_at = null where id = '${id}'`)
    expect(await stream.next()).toEqual({ data: { changed: { state: 'UNKNOWN' } } })
  })
})

it('what a killed instance had under way waits for a person, and is told', async () => {
  let arrived = 0
  const silent = await startRawServer(async (connection) => {
    await connection.request()
    arrived++
  })
  const env = { ...(await sharing({ url: `file:${newPath()}` })), PAYAPI_BASE_URL: silent.url }
  const [dying, living] = [await startTestProcess(env), await startTestFacade(env)]
  const stream = await EventStream.open(living.url, { query: WORK })
  expect(await stream.next()).toEqual({ data: { changed: { unknownOperations: 0 } } })
  const lost = Array.from({ length: 5 }, (_, index) => post(dying.url, charge(`ORDER-${index}`)).catch(() => 'lost'))
  await expect.poll(() => arrived, { timeout: 60_000 }).toBe(5)
  dying.process.kill('SIGKILL')
  expect(await Promise.all(lost)).toEqual(lost.map(() => 'lost'))
  const last = await stream.until((result) => JSON.stringify(result.data).includes('5'))
  expect(last).toEqual({ data: { changed: { unknownOperations: 5 } } })
})
