import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client'
import { Client, fetchExchange } from '@urql/core'
import { describe, expect, it, vi } from 'vitest'
import { CardPrefixDocument, ChargeKeyedInCardDocument } from '../../../schema/operations.generated.ts'
import possibleTypes from '../../../schema/possible-types.json' with { type: 'json' }
import { interpret } from '../../../src/outcome/index.ts'
import { CLIENTS, type ClientName } from '../../support/react/clients.ts'
import { facadeForFile } from '../../support/server/facade.ts'
import { CARD_NUMBER, charge } from '../../support/server/running-facade.ts'

const facade = await facadeForFile()
const URL_OF_FACADE = 'http://facade.test/graphql'

const methods: string[] = []
const passOn: typeof fetch = async (url, init) => {
  methods.push(init?.method ?? 'GET')
  return facade.app.fetch(String(url), init as RequestInit)
}

let orders = 0
const input = () => {
  orders += 1
  return charge(`CLIENT-${orders}`).variables.input
}

/** What a call ends with: what it answers, or throws. */
async function ended(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    return error
  }
}

describe.each(Object.keys(CLIENTS) as ClientName[])('what %s hands over is understood', (name) => {
  const send = (scenario: string, variables: object) => {
    const client = CLIENTS[name](URL_OF_FACADE, { 'x-sandbox-scenario': scenario }, { fetch: passOn })
    return ended(() => client.mutate(ChargeKeyedInCardDocument, variables as never))
  }

  it.each([
    ['slow', 'done'],
    ['decline', 'refused'],
    ['refused', 'retry'],
    ['reset', 'checking'],
    ['http-502-html', 'checking'],
  ])('in the scenario %s as %s', async (scenario, kind) => {
    expect(interpret(await send(scenario, { input: input() })).kind).toBe(kind)
  })

  it('where the input is wrong, with its fields', async () => {
    const { kind, fields } = interpret(await send('slow', { input: { ...input(), amount: '0' } }))
    expect([kind, fields.map(({ path }) => path)]).toEqual(['invalid', [['amount']]])
  })

  it('where the request is wrong, and nothing of the card is in the outcome', async () => {
    const outcome = interpret(await send('slow', { input: { ...input(), amont: '1' } }))
    expect(outcome.kind).toBe('refused')
    expect(JSON.stringify(outcome)).not.toContain(CARD_NUMBER)
  })

  it('where the network fails', async () => {
    const failing = () => Promise.reject(new TypeError('Failed to fetch'))
    const client = CLIENTS[name](URL_OF_FACADE, {}, { fetch: failing })
    const outcome = interpret(await ended(() => client.mutate(ChargeKeyedInCardDocument, { input: input() })))
    expect(outcome.kind).toBe('checking')
    expect(JSON.stringify(outcome)).not.toContain(CARD_NUMBER)
  })
})

describe('what each client needs', () => {
  it('Apollo Client knows a failure by possibleTypes alone', async () => {
    const answerWith = async (cache: InMemoryCache) => {
      const link = new HttpLink({ uri: URL_OF_FACADE, fetch: passOn })
      const apollo = new ApolloClient({ link, cache })
      return (await apollo.query({ query: CardPrefixDocument, variables: { prefix: '1' } })).data?.cardPrefix
    }
    expect(await answerWith(new InMemoryCache({ possibleTypes }))).toHaveProperty('outcome')
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
    expect(await answerWith(new InMemoryCache())).not.toHaveProperty('outcome')
    warned.mockRestore()
  })

  it('a mutation of Apollo Client with `no-cache` leaves no card number in its cache', async () => {
    const cache = new InMemoryCache({ possibleTypes })
    const apollo = new ApolloClient({ link: new HttpLink({ uri: URL_OF_FACADE, fetch: passOn }), cache })
    await apollo.mutate({
      mutation: ChargeKeyedInCardDocument,
      variables: { input: input() as never },
      fetchPolicy: 'no-cache',
    })
    expect(JSON.stringify(cache.extract())).not.toContain(CARD_NUMBER)
  })

  it.each([
    [undefined, 'GET'],
    [false, 'POST'],
  ])('urql with preferGetMethod %s reads by %s', async (preferGetMethod, method) => {
    const urql = new Client({
      url: URL_OF_FACADE,
      exchanges: [fetchExchange],
      fetch: passOn,
      ...(preferGetMethod === undefined ? {} : { preferGetMethod }),
    })
    const { data, error } = await urql.query(CardPrefixDocument, { prefix: '949094' }).toPromise()
    expect(methods.at(-1)).toBe(method)
    // Without a header of the server's, a GET is refused.
    expect(method === 'GET' ? error : data).toBeDefined()
  })

  it('an error of graphql-request quotes the card number, which is why it is not shown', async () => {
    const client = CLIENTS['graphql-request'](URL_OF_FACADE, {}, { fetch: passOn })
    const error = await ended(() =>
      client.mutate(ChargeKeyedInCardDocument, { input: { ...input(), amont: '1' } } as never),
    )
    expect(String(error)).toContain(CARD_NUMBER)
  })
})
