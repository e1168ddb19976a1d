import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTestFacade } from '../support/server/running-facade.ts'

// From the environment to the wire: what is configured holds.

const KEY = 'a key of a server'
const hash = createHash('sha256').update(KEY).digest('hex')

const post = (url: string, query: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })

const LOOK_UP = '{ cardPrefix(prefix: "949094") { __typename } }'

test('a facade that is configured so asks who calls, how often and from where', async () => {
  const { url } = await startTestFacade({
    PAYAPI_AUTH: 'api-key',
    PAYAPI_API_KEYS: JSON.stringify([{ id: 'shop', hash, scopes: ['cards:lookup'], merchants: ['welcometst'] }]),
    PAYAPI_RATE_LIMIT_PER_MINUTE: '4',
    PAYAPI_MAX_ALIASES: '1',
    PAYAPI_INTROSPECTION: 'off',
    PAYAPI_GRAPHIQL: 'off',
    PAYAPI_BEHIND_TLS: 'on',
    PAYAPI_CORS_ORIGINS: 'https://shop.example',
    PAYAPI_JOURNAL: 'off',
  })
  const known = { 'x-api-key': KEY }

  const page = await fetch(url, { headers: { accept: 'text/html' } })
  expect(page.headers.get('content-type') ?? '').not.toContain('html')

  expect((await post(url, LOOK_UP)).status).toBe(401)
  const good = await post(url, LOOK_UP, { ...known, origin: 'https://shop.example' })
  expect(await good.json()).toEqual({ data: { cardPrefix: { __typename: 'CardPrefix' } } })
  expect(Object.fromEntries(good.headers)).toMatchObject({
    'access-control-allow-origin': 'https://shop.example',
    'strict-transport-security': 'max-age=31536000',
  })
  const codeOf = async (query: string) => {
    const { errors } = (await (await post(url, query, known)).json()) as { errors: { extensions: { code: string } }[] }
    return errors[0]?.extensions.code
  }
  expect(await codeOf('{ escrowStatus(transactionId: "x") { __typename } }')).toBe('FORBIDDEN')
  expect(await codeOf('{ a: __typename b: __typename }')).toBe('DOCUMENT_TOO_COMPLEX')
  expect(await codeOf('{ __schema { description } }')).toBe('GRAPHQL_VALIDATION_FAILED')
  expect(await codeOf(LOOK_UP)).toBe('RATE_LIMITED')
})

test('a facade with the sandbox and no authentication asks nobody who they are', async () => {
  const { url } = await startTestFacade({ PAYAPI_JOURNAL: 'off' })
  expect((await post(url, LOOK_UP)).status).toBe(200)
})
