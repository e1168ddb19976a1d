import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import { aCharge, type JournaledFacade, scenario, startJournaledFacade } from '../../support/journal/facade.ts'
import { temporaryFolder } from '../../support/journal/store.ts'

const operation = (id: unknown) => ({ __typename: 'PayApiOperation', id })

const refer = (
  { send }: Pick<JournaledFacade, 'send'>,
  representations: readonly unknown[],
  selection = 'id state service failure { __typename outcome }',
) =>
  send(
    `query ($all: [_Any!]!) { _entities(representations: $all) { __typename ... on PayApiOperation { ${selection} } } }`,
    { all: representations },
  )

describe('an operation that another subgraph keeps by its operationId', () => {
  it('tells what became of it', async () => {
    const facade = await startJournaledFacade()
    const { operationId: good } = await facade.mutate('chargeCardBillingKey', aCharge())
    const { operationId: lost } = await facade.mutate('chargeCardBillingKey', aCharge(), scenario('reset'))
    const told = { __typename: 'PayApiOperation', service: 'chargeCardBillingKey' }
    expect(await refer(facade, [operation(good), operation(lost)])).toEqual({
      data: {
        _entities: [
          { ...told, id: good, state: 'SUCCEEDED', failure: null },
          {
            ...told,
            id: lost,
            state: 'UNKNOWN',
            failure: { __typename: 'PayApiTransportError', outcome: 'UNKNOWN' },
          },
        ],
      },
    })
  })

  it('is null where there is none, and takes nothing from the others', async () => {
    const facade = await startJournaledFacade()
    const { operationId } = await facade.mutate('chargeCardBillingKey', aCharge())
    const { data, errors } = await refer(facade, [operation('none'), operation(operationId), operation(7)])
    expect(errors).toBeUndefined()
    expect(data?.['_entities']).toMatchObject([null, { id: operationId }, null])
  })

  it.each([
    ['nothing', null],
    ['a number that is not exact', 9_007_199_254_740_992],
    ['an object', { id: 'x' }],
    ['a text with a space behind it', 'x '],
    ['an empty text', ''],
  ])('fails alone where its id is %s', async (_, id) => {
    const facade = await startJournaledFacade()
    const { operationId } = await facade.mutate('chargeCardBillingKey', aCharge())
    const answer = await refer(facade, [operation(operationId), operation(id)])
    expect(answer).toMatchObject({
      data: { _entities: [{ id: operationId }, null] },
      errors: [{ path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT' } }],
    })
  })

  it('is read once, however many references name it', async () => {
    const facade = await startJournaledFacade()
    const { operationId } = await facade.mutate('chargeCardBillingKey', aCharge())
    const get = vi.spyOn(facade.journal.store, 'get')
    const { data } = await refer(
      facade,
      Array.from({ length: 100 }, () => operation(operationId)),
    )
    expect(data?.['_entities']).toHaveLength(100)
    expect(get).toHaveBeenCalledTimes(1)
  })

  it('says of a journal that is away just that, twenty times at most', async () => {
    const facade = await startJournaledFacade()
    const blocked = join(temporaryFolder(), 'a-folder', 'journal.db')
    mkdirSync(blocked, { recursive: true })
    const away = await facade.another({
      store: openStore(pathToFileURL(blocked).href, { owner: 'another', keys: [randomBytes(32)] }),
    })
    const { data, errors } = await refer(
      away,
      Array.from({ length: 30 }, (_, index) => operation(`id-${index}`)),
    )
    expect(data?.['_entities']).toEqual(Array(30).fill(null))
    expect(errors).toHaveLength(20)
    expect(errors?.[0]).toMatchObject({
      message: 'The journal cannot be read now.',
      extensions: { code: 'JOURNAL_UNAVAILABLE' },
    })
  })
})
