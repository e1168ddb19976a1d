import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SCENARIO_HEADER } from '../../../src/sandbox/response/scenarios.ts'
import { ALL_SCENARIOS } from '../../../src/server/sandbox/scenario-list.ts'
import { BILLING_KEY, CARD, formsOf, ISSUE_INPUT, leaksIn, literal, SECRETS } from '../../support/server/canaries.ts'
import { type Facade, facadeForFile, facadeForScenario } from '../../support/server/facade.ts'

const facade = await facadeForFile()

const JSON_TYPE = { 'content-type': 'application/json' }
const ISSUE = 'mutation($input: IssueCardBillingKeyInput!) { issueCardBillingKey(input: $input) { ...all } }'
const ALL = `fragment all on PayApiFailure {
  __typename message outcome retryable requestId requestedAt merchantId orderId transactionId
  ... on PgFailure { resultCode resultMessage } ... on PayApiInvalidInput { issues { path code message } }
}`
const QUERY = `${ISSUE} ${ALL}`

const warnings: string[] = []
const onWarning = (warning: Error) => void warnings.push(`${warning.message} ${warning.stack}`)
process.on('warning', onWarning)
afterAll(() => void process.off('warning', onWarning))

const printed: string[] = []
beforeEach(() => {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0)
  }
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...args) => void printed.push(args.map(String).join(' ')))
  }
})
afterEach(() => void vi.restoreAllMocks())

/** Sends a request; returns all that came of it: the answer with its headers, the log, warnings and other output. */
async function traceOf(init: RequestInit, query = '', { output, fetch }: Facade = facade): Promise<string> {
  const logged = output.length
  const response = await fetch(init, query)
  const answer = `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`
  await new Promise((resolve) => setImmediate(resolve))
  return [answer, ...output.slice(logged), ...warnings.splice(0), ...printed.splice(0)].join('\n')
}

const posted = (body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method: 'POST',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { ...JSON_TYPE, ...headers },
})

/** Sends each request, and names those that brought a secret back. */
async function expectNoLeak(requests: readonly (readonly [name: string, init: RequestInit, query?: string])[]) {
  const leaks: unknown[] = []
  for (const [name, init, query] of requests) {
    const trace = await traceOf(init, query)
    const found = leaksIn(trace)
    if (found.length > 0) leaks.push([name, found, trace])
  }
  expect(leaks).toEqual([])
}

it('the search finds every form of every secret', () => {
  for (const [name, secret] of Object.entries(SECRETS)) {
    for (const form of formsOf(secret)) expect(leaksIn(`something ${form} else`), form).toContain(name)
  }
  expect(leaksIn('the password begins with 73.')).toEqual(['password prefix'])
  expect(leaksIn('{"requestId":"a73b","time":"2073-01-01","durationMs":73}')).toEqual([])
})

const everySecret = Object.entries({ ...SECRETS, 'password prefix': CARD.passwordPrefix })

/** The secret alone, and in texts that look like parts of a message. */
const textsWith = (secret: string) => [
  secret,
  `x; ${secret}`,
  `" at "input.card"; ${secret}`,
  `: ${secret}"`,
  `"; Field "${secret}" is not defined by type "X".`,
  `x\n    at ${secret} (file.js:1:1)`,
]

it.each(everySecret)('variables of wrong types do not bring the %s back', async (_, secret) => {
  const wrong = textsWith(secret).flatMap((text) => {
    const value = /^\d+$/.test(text) ? Number(text) : text
    return [
      { ...ISSUE_INPUT, card: text },
      { ...ISSUE_INPUT, card: [text] },
      { ...ISSUE_INPUT, card: { ...CARD, number: { value: text } } },
      { ...ISSUE_INPUT, card: { ...CARD, number: [text], holderId: value } },
      { ...ISSUE_INPUT, card: { ...CARD, passwordPrefix: Number(CARD.passwordPrefix), number: true } },
      { ...ISSUE_INPUT, card: { [text]: text, ...CARD } },
      { ...ISSUE_INPUT, card: { number: text } },
      { ...ISSUE_INPUT, [text]: text },
      { card: CARD, memo: text },
      { ...ISSUE_INPUT, billingDay: text },
      { ...ISSUE_INPUT, amount: { text } },
      { ...ISSUE_INPUT, amount: Number(`${secret.replace(/\D/g, '') || 1}.5`) },
      text,
      [text, [text]],
      { deep: { deeper: { deepest: { number: text } } } },
    ]
  })
  await expectNoLeak(
    wrong.map((input) => [JSON.stringify(input), posted({ query: QUERY, variables: { input } })] as const),
  )
})

it.each(everySecret)('enums, booleans and lists in variables do not bring the %s back', async (_, secret) => {
  const cancel =
    'mutation($c: PayApiCurrency!, $n: Boolean, $a: Amount!) { cancelPayment(input: { paymentMethod: CARD, transactionId: "T", amount: $a, currency: $c, networkCancel: $n }) { __typename } }'
  const values = textsWith(secret).flatMap((text) => [
    { c: text, n: text, a: [text] },
    { c: [text], n: { text }, a: { text } },
    { c: { [text]: text }, n: [text], a: true },
    { c: 'KRW', n: null, a: '1', [text]: text },
  ])
  await expectNoLeak(
    values.map((variables) => [JSON.stringify(variables), posted({ query: cancel, variables })] as const),
  )
})

it.each(everySecret)('literals of wrong types and wrong names do not bring the %s back', async (_, secret) => {
  const name = `n_${secret.replace(/\W/g, '_')}`
  // A name with two digits in it tells nothing that could be kept from the one who wrote it.
  const named = secret === CARD.passwordPrefix || secret === BILLING_KEY ? 'name' : name
  const documents = textsWith(secret).flatMap((text) => {
    const quoted = JSON.stringify(text)
    const bare = /^\d+$/.test(text) ? text : quoted
    return [
      `{ cardPrefix(prefix: ${bare === quoted ? `[${bare}]` : bare}) { __typename } }`,
      `{ cardPrefix(prefix: { value: ${quoted} }) { __typename } }`,
      `{ cardPrefix(prefix: ${named}) { __typename } }`,
      `{ cardPrefix(prefix: "949094", ${named}: ${quoted}) { __typename } }`,
      `{ cardPrefix(prefix: """${text.replaceAll('"""', '')}""") { ${named} } }`,
      `query ${named} { ${named}: cardPrefix(prefix: ${quoted}) { ...${named} } }`,
      `query($${named}: String = ${quoted}) { cardPrefix(prefix: $other) { __typename } }`,
      `{ cardPrefix(prefix: "949094") @${named}(if: ${quoted}) { __typename } }`,
      `{ __typename @include(if: ${quoted}) @skip(if: ${bare}) }`,
      `mutation { issueCardBillingKey(input: ${literal({ ...ISSUE_INPUT, card: text })}) { __typename } }`,
      `mutation { issueCardBillingKey(input: ${literal({ ...ISSUE_INPUT, memo: [text] })}) { __typename } }`,
      `mutation { issueCardBillingKey(input: ${literal({ ...ISSUE_INPUT, [named]: text })}) { __typename } }`,
      `mutation { issueCardBillingKey(input: ${literal({ card: CARD, memo: text })}) { __typename } }`,
      `mutation { issueCardBillingKey(inpt: ${literal(ISSUE_INPUT)}) { __typename } }`,
      `mutation { cancelPayment(input: { currency: ${quoted}, paymentMethod: ${named}, networkCancel: ${bare} }) { __typename } }`,
      `mutation { chargeCardBillingKey(input: { amount: ${bare}.5, installmentMonths: ${quoted}, interestFree: ${bare}, orderId: [${quoted}] }) { __typename } }`,
    ]
  })
  await expectNoLeak(documents.map((query) => [query, posted({ query })] as const))
})

it('a variable that is null within a literal does not bring the literal back', async () => {
  const card = literal({ ...CARD, expiryYear: 'YEAR' }).replace('"YEAR"', '$year')
  const query = `mutation($year: String = "29") {
    issueCardBillingKey(input: { buyer: { name: "홍길동" }, memo: "${BILLING_KEY}", card: ${card} }) { __typename }
  }`
  const trace = await traceOf(posted({ query, variables: { year: null } }))
  expect(leaksIn(trace)).toEqual([])
  expect(trace).toContain('Argument \\"input\\" has an invalid value.')
})

it('an alias that holds a card number is refused, because it would stand in the answer', async () => {
  const aliases = [`c${CARD.number}`, 'c4000_0000_0000_0002', `_${CARD.number}_`]
  await expectNoLeak(
    aliases.map((alias) => [alias, posted({ query: `{ ${alias}: cardPrefix(prefix: "000000") { ...all } } ${ALL}` })]),
  )
  expect(facade.sandbox.books.requests['/search/card/prefix']).toBe(0)
})

it.each(everySecret)('syntax errors do not bring the %s back', async (_, secret) => {
  const documents = textsWith(secret).flatMap((text) => [
    `{ "${secret}" }`,
    `{ ${JSON.stringify(text)} }`,
    `{ """${text}""" }`,
    `{ a(b: "${secret}`,
    `{ a(b: "${secret}" "${secret}") }`,
    `{ a(b: ${secret} ${secret} : ) }`,
    `{ a(b: "\\u${secret}") }`,
    `{ a(b: "\\u{${secret}") }`,
    `{ a(b: "\\q${secret}") }`,
    `${secret} { a }`,
    `"${secret}" { a }`,
    `fragment ${secret} on`,
    `{ a(b: 0${secret}) }`,
    `{ a(b: 1.${secret}x) }`,
    `{ a(b: $${secret} `,
    `query ($a: "${secret}") { a }`,
    `mutation { issueCardBillingKey(input: { card: { number: "${secret}" holderId } "${secret}" `,
    JSON.stringify(text),
  ])
  await expectNoLeak(documents.map((query) => [query, posted({ query })] as const))
})

it.each(everySecret)('bodies that are no GraphQL request do not bring the %s back', async (_, secret) => {
  const bodies: readonly unknown[] = textsWith(secret).flatMap((text) => [
    `{"query": "${secret}" ${secret}`,
    `${secret}`,
    JSON.stringify(text),
    [{ query: QUERY, variables: { input: text } }],
    { [text]: text },
    { query: '{ __typename }', [text]: text },
    { query: '{ __typename }', variables: text },
    { query: '{ __typename }', variables: [text] },
    { query: '{ __typename }', operationName: text },
    { query: '{ __typename }', operationName: [text] },
    { query: 'query A { __typename } query B { __typename }', operationName: text },
    { query: '{ __typename }', extensions: text },
    { query: '{ __typename }', extensions: { persistedQuery: text } },
    { query: { text } },
    { query: [text] },
    { query: text, variables: { text } },
    { query: '{ __typename }', padding: text.repeat(100_000 / text.length + 1) },
  ])
  await expectNoLeak(bodies.map((body) => [JSON.stringify(body).slice(0, 200), posted(body)] as const))
})

it('other content types are refused, not executed, and bring nothing back', async () => {
  const body = JSON.stringify({ query: QUERY, variables: { input: ISSUE_INPUT } })
  const form = new URLSearchParams({ query: QUERY, variables: JSON.stringify({ input: ISSUE_INPUT }) })
  const multipart = new FormData()
  multipart.set('operations', body)
  multipart.set('map', '{}')
  const sent = { ...facade.sandbox.books.requests }
  for (const init of [
    { method: 'POST', body: multipart },
    { method: 'POST', body: form },
    { method: 'POST', body },
    { method: 'POST', body: new Blob([body]) },
    { method: 'POST', body, headers: { 'content-type': `text/plain; ${CARD.number}` } },
    { method: 'POST', body: QUERY, headers: { 'content-type': 'application/graphql' } },
  ]) {
    const trace = await traceOf(init)
    expect(trace).toMatch(/^415 /)
    expect(leaksIn(trace)).toEqual([])
  }
  expect(facade.sandbox.books.requests).toEqual(sent)
})

it('URLs do not bring back what stands in them, and do not execute mutations', async () => {
  const query = (parameters: Readonly<Record<string, string>>) => `?${new URLSearchParams(parameters)}`
  const get = { method: 'GET', headers: { 'apollo-require-preflight': 'yes' } }
  const variables = JSON.stringify({ input: ISSUE_INPUT })
  const sent = { ...facade.sandbox.books.requests }
  await expectNoLeak([
    ['a mutation', get, query({ query: QUERY, variables })],
    [
      'literals',
      {},
      query({ query: `mutation { issueCardBillingKey(input: ${literal(ISSUE_INPUT)}) { __typename } }` }),
    ],
    ...Object.values(SECRETS).flatMap(
      (secret) =>
        [
          [
            'cut variables',
            {},
            query({ query: '{ __typename }', variables: `{"card": ${secret} ${CARD.passwordPrefix}` }),
          ],
          ['no variables', get, query({ query: '{ __typename }', variables: `"${secret}"` })],
          ['cut extensions', get, query({ query: '{ __typename }', extensions: secret })],
          ['operation name', get, query({ query: '{ __typename }', operationName: secret })],
          ['no query', get, query({ card: secret })],
          ['a syntax error', get, query({ query: `{ "${secret}" }` })],
        ] as const,
    ),
  ])
  expect(facade.sandbox.books.requests).toEqual(sent)
})

it('rejected inputs do not bring back what they hold', async () => {
  const inputs = Object.values(SECRETS).flatMap((secret) => [
    { ...ISSUE_INPUT, card: { ...CARD, number: secret, holderId: secret, passwordPrefix: secret, expiryYear: secret } },
    { ...ISSUE_INPUT, memo: secret, goodsName: CARD.number, card: { ...CARD, expiryMonth: secret } },
    { ...ISSUE_INPUT, buyer: { name: `${CARD.number} ${secret}`, email: secret, phone: `\n${secret}` } },
    { ...ISSUE_INPUT, merchantId: secret },
    { ...ISSUE_INPUT, amount: secret, billingDay: 73 },
  ])
  await expectNoLeak(
    inputs.map((input) => [JSON.stringify(input), posted({ query: QUERY, variables: { input } })] as const),
  )
})

it.each(ALL_SCENARIOS)('the scenario $name brings nothing back', async ({ name }) => {
  const headers = { [SCENARIO_HEADER]: name }
  const charge = `mutation { chargeCardBillingKey(input: {
    orderId: "O", amount: 1, billingKey: "${BILLING_KEY}", buyer: { name: "홍길동" }
  }) { ...all } } ${ALL}`
  const itsOwn = await facadeForScenario(name)
  const traces = await Promise.all([
    traceOf(posted({ query: QUERY, variables: { input: ISSUE_INPUT } }, headers), '', itsOwn),
    traceOf(posted({ query: charge }, headers), '', itsOwn),
  ])
  expect(traces.join('\n')).toMatch(/^200 /)
  expect(traces.filter((trace) => leaksIn(trace).length > 0)).toEqual([])
})

it('a billing key comes back as what was issued or deleted, and never in a log', async () => {
  const logged = facade.output.length
  const issue = `mutation { issueCardBillingKey(input: ${literal(ISSUE_INPUT)}) { ... on CardBillingKey { billingKey } } }`
  const issued = await facade.post({ query: issue })
  expect(issued).toEqual({ data: { issueCardBillingKey: { billingKey: expect.stringMatching(/^welcometstBK\d+$/) } } })
  const remove = `mutation { deleteCardBillingKey(input: { billingKey: "${BILLING_KEY}" }) { ... on DeletedBillingKey { billingKey } } }`
  expect(await facade.post({ query: remove })).toEqual({ data: { deleteCardBillingKey: { billingKey: BILLING_KEY } } })
  const [key = ''] = /welcometstBK\d+/.exec(JSON.stringify(issued)) ?? []
  const log = facade.output.slice(logged).join('')
  expect(log).toContain('deleteCardBillingKey')
  expect(leaksIn(log)).toEqual([])
  expect(key && log.includes(key)).toBe(false)
})
