import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createPayApiClient } from '../../../src/payapi/index.ts'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { BILLING_KEY, CARD, ISSUE_INPUT, leaksIn, SECRETS } from '../../support/server/canaries.ts'
import { clientThatSends, facadeForFile, facadeForTest } from '../../support/server/facade.ts'

const { client } = await facadeForFile()

const BODY = {
  query:
    'mutation($input: IssueCardBillingKeyInput!) { issueCardBillingKey(input: $input) { __typename ... on PayApiFailure { message requestId } ... on PgFailure { resultCode resultMessage } } }',
  variables: { input: ISSUE_INPUT },
}

const EVERYTHING = `${Object.values(SECRETS).join(' ')} password ${CARD.passwordPrefix}`

/** An error of the given kind that holds every secret, wherever an error can hold something. */
function errorWithSecrets(Kind: new (message: string) => Error): Error {
  const error = new Kind(
    `could not ${EVERYTHING}\n    at ${EVERYTHING}\n    at card ${CARD.holderId} (${BILLING_KEY}:1:2)`,
  )
  error.name = `Bad${CARD.number}`
  error.cause = new Error(EVERYTHING)
  return Object.assign(error, { card: CARD, form: EVERYTHING, code: EVERYTHING })
}

it.each([
  ['an Error', () => errorWithSecrets(Error)],
  ['a TypeError', () => errorWithSecrets(TypeError)],
  ['a text', () => EVERYTHING],
  ['an object', () => ({ message: EVERYTHING, toString: () => EVERYTHING, stack: EVERYTHING })],
  ['an AggregateError', () => new AggregateError([errorWithSecrets(Error)], EVERYTHING)],
  ['an error without a stack', () => Object.assign(errorWithSecrets(Error), { stack: EVERYTHING })],
])('%s that is thrown inside brings nothing back, in any environment', async (_, thrown) => {
  for (const environment of ['production', 'development', 'test']) {
    vi.stubEnv('NODE_ENV', environment)
    onTestFinished(() => void vi.unstubAllEnvs())
    const facade = await facadeForTest({
      app: {
        client: clientThatSends(client, async () => {
          throw thrown()
        }),
      },
    })
    const answer = await facade.post(BODY)
    expect(answer).toEqual({
      data: { issueCardBillingKey: null },
      errors: [
        {
          message: 'Unexpected error.',
          path: ['issueCardBillingKey'],
          locations: [{ line: 1, column: 47 }],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    })
    expect(facade.output.length).toBe(1)
    expect(leaksIn(facade.output.join(''))).toEqual([])
  }
})

it('a fault is logged once, with its kind and where it came from', async () => {
  const facade = await facadeForTest({
    app: {
      client: clientThatSends(client, async () => {
        throw new TypeError('Cannot read properties of undefined')
      }),
    },
  })
  await facade.post(BODY)
  expect(facade.output.length).toBe(1)
  const [line = ''] = facade.output
  expect(JSON.parse(line)).toMatchObject({ level: 'error', msg: 'unexpected fault' })
  expect(line).toContain('TypeError')
  expect(line).toContain('Cannot read properties of undefined')
  expect(line).toMatch(/"frames":\["\s*at .*faults\.test\.ts:\d+:\d+/)
})

it('what PayAPI itself says of a card is redacted, and the signature stays inside', async () => {
  let form = new URLSearchParams()
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      form = new URLSearchParams(body)
      const words = `card ${CARD.number}, 4000-0000-0000-0002, of ${CARD.holderId} refused`
      response.end(JSON.stringify({ ResultCode: '99', ResultMsg: words }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const talkative = createPayApiClient({ baseUrl: `http://127.0.0.1:${port}`, merchants: DEMO_MERCHANTS })
  onTestFinished(() => talkative.close())
  const facade = await facadeForTest({ app: { client: talkative } })

  const answer = JSON.stringify(await facade.post(BODY))
  expect(answer).toContain('card [hidden], [hidden], of [hidden] refused')
  expect(leaksIn(answer)).toEqual([])
  for (const name of ['signature', 'cardNumber', 'registNo', 'passwd']) {
    const sealed = form.get(name) ?? ''
    expect(sealed.length).toBeGreaterThan(20)
    expect(answer + facade.output.join('')).not.toContain(sealed)
  }
})
