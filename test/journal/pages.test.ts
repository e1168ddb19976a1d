import { expect, test, vi } from 'vitest'
import { aCharge, startJournaledFacade } from '../support/journal/facade.ts'

test('however many pages of operations are asked for at once, two are read at a time, and all are answered', async () => {
  // Without what the journal looks for by itself once it is started.
  const { journal, send, mutate } = await startJournaledFacade({ upkeep: false })
  await mutate('chargeCardBillingKey', aCharge())
  const store = journal.store
  const find = store.find.bind(store)
  let reading = 0
  let most = 0
  vi.spyOn(store, 'find').mockImplementation(async (...question) => {
    most = Math.max(most, ++reading)
    return find(...question).finally(() => reading--)
  })
  const asked = Array.from({ length: 30 }, () => send('{ paymentOperations(first: 100) { edges { node { id } } } }'))
  for (const { data } of await Promise.all(asked)) {
    expect(data).toEqual({ paymentOperations: { edges: [{ node: { id: expect.any(String) } }] } })
  }
  expect(most).toBe(2)
})

test('a page that cannot be read does not hold up those behind it', async () => {
  const { journal, send } = await startJournaledFacade()
  const failing = vi.spyOn(journal.store, 'find').mockRejectedValue(new Error('torn'))
  const page = () => send('{ paymentOperations { edges { cursor } } }')
  for (const { errors } of await Promise.all([page(), page(), page(), page()])) expect(errors).toHaveLength(1)
  failing.mockRestore()
  expect(await page()).toEqual({ data: { paymentOperations: { edges: [] } } })
})
