import { expect, it } from 'vitest'
import { ChargeKeyedInCardDocument } from '../../../schema/operations.generated.ts'
import { SERVICES } from '../../../src/payapi/index.ts'
import { ALL_SCENARIOS } from '../../../src/server/sandbox/scenario-list.ts'
import { createLogger, describeFault } from '../../../src/server/telemetry/logger.ts'
import { CALLS, exampleOf, INSTANT, REQUEST_ID, sendExample, sendWith } from '../../support/graphql/operations.ts'
import { type Facade, facadeForTest, SHORT_TIMEOUT_MS } from '../../support/server/facade.ts'

const CALL = CALLS.find(({ field }) => field === 'chargeKeyedInCard') ?? CALLS[0]
if (CALL === undefined) throw new Error('there are calls')

/** What every line of a call has, and nothing else of it unless said. */
const line = (own: Readonly<Record<string, unknown>>) => ({
  level: 'info',
  time: expect.stringMatching(INSTANT),
  requestId: expect.stringMatching(REQUEST_ID),
  merchantId: 'welcometst',
  durationMs: expect.any(Number),
  msg: 'payapi call',
  ...own,
})

const lines = ({ output }: Facade) => output.map((text) => JSON.parse(text) as unknown)

it.each(CALLS)('$field: a success is one line, with nothing of the input', async (call) => {
  const facade = await facadeForTest()
  await sendExample(facade, call)
  expect(lines(facade)).toEqual([line({ service: call.service.name, ending: call.service.result.type })])
})

it.each(CALLS)('$field: a failure is one line, with the id of the answer', async (call) => {
  const facade = await facadeForTest()
  const { requestId } = await sendExample(facade, call, { scenario: 'decline' })
  expect(lines(facade)).toEqual([
    line({ requestId, service: call.service.name, ending: 'PgFailure', outcome: 'NOT_PROCESSED' }),
  ])
})

it('a rejected input is one line, and no call', async () => {
  const facade = await facadeForTest()
  const { input } = exampleOf(ChargeKeyedInCardDocument)
  const { requestId } = await sendWith(facade, CALL, { input: { ...input, amount: '0', merchantId: 'nobody' } })
  expect(lines(facade)).toEqual([
    {
      level: 'info',
      time: expect.any(String),
      requestId,
      service: 'chargeKeyedInCard',
      merchantId: null,
      msg: 'input rejected',
    },
  ])
})

it('of the inputs that one request has rejected, one line tells', async () => {
  const facade = await facadeForTest()
  const aliases = Array.from({ length: 20 }, (_, n) => `a${n}: cardPrefix(prefix: "${n}") { __typename }`)
  await facade.post({ query: `{ ${aliases.join(' ')} }` })
  expect(lines(facade)).toMatchObject([{ msg: 'input rejected', service: 'lookUpCardPrefix' }])
})

it('what became of a call unknown is a warning, with the reason', async () => {
  const facade = await facadeForTest()
  await sendExample(facade, CALL, { scenario: 'reset' })
  await sendExample(facade, CALL, { scenario: 'http-500' })
  const common = { level: 'warn', service: 'chargeKeyedInCard', outcome: 'UNKNOWN' }
  expect(lines(facade)).toEqual([
    line({ ...common, ending: 'PayApiTransportError', reason: 'CONNECTION_LOST' }),
    line({ ...common, ending: 'PayApiHttpServerError', httpStatus: 500 }),
  ])
})

it('an odd success names the fields that could not be read', async () => {
  const facade = await facadeForTest()
  await sendExample(facade, CALL, { scenario: 'missing-fields' })
  expect(lines(facade)).toEqual([
    line({
      service: 'chargeKeyedInCard',
      ending: 'CardPayment',
      unread: expect.arrayContaining(['tid', 'Price', 'ApplNum', 'PayDate', 'PayTime']),
    }),
  ])
})

it('several mutations of one request are a line each, with ids of their own', async () => {
  const facade = await facadeForTest()
  const lookUp = 'lookUpCardPrefix(input: { prefix: "949094" }) { __typename }'
  const remove = 'deleteCardBillingKey(input: { billingKey: "SANDBOX-CARDKEY-1" }) { __typename }'
  await facade.post({ query: `mutation { ${lookUp} ${remove} }` })
  const [one, other] = facade.calls()
  expect([one?.['service'], other?.['service']]).toEqual(['lookUpCardPrefix', 'deleteCardBillingKey'])
  expect(one?.['requestId']).not.toBe(other?.['requestId'])
  expect(facade.output.length).toBe(2)
})

it('a request that is no valid GraphQL leaves no line: nothing was called', async () => {
  const facade = await facadeForTest()
  await facade.post({ query: '{ nothing }' })
  await facade.post({ query: '{' })
  await facade.fetch({ method: 'POST', body: 'x', headers: { 'content-type': 'application/json' } })
  expect(facade.output).toEqual([])
})

it.each([
  ['info', 2],
  ['warn', 1],
  ['error', 0],
  ['silent', 0],
])('at level %s, %i of a success and an unknown outcome are logged', async (logLevel, count) => {
  const facade = await facadeForTest({ logLevel })
  await sendExample(facade, CALL)
  await sendExample(facade, CALL, { scenario: 'reset' })
  expect(facade.output.length).toBe(count)
})

it('a warning is written for every scenario whose outcome is unknown, and for no other', async () => {
  const facade = await facadeForTest({ client: { timeoutMs: SHORT_TIMEOUT_MS } })
  const outcomes = await Promise.all(
    ALL_SCENARIOS.map(async ({ name }) => (await sendExample(facade, CALL, { scenario: name }))['outcome']),
  )
  const warnings = facade.calls().filter(({ level }) => level === 'warn')
  expect(warnings.length).toBe(outcomes.filter((outcome) => outcome === 'UNKNOWN').length)
  expect(warnings.every(({ outcome }) => outcome === 'UNKNOWN')).toBe(true)
  expect(facade.calls().length).toBe(ALL_SCENARIOS.length)
})

it('whatever is logged by mistake, a card number is hidden from it', () => {
  const output: string[] = []
  const log = createLogger('trace', { write: (text) => void output.push(text) })
  log.trace({ card: { number: '4000000000000002' }, note: '4000-0000 0000 0002' }, 'card 4000000000000002')
  log.error(new Error('4000000000000002'))
  log.child({ number: '4000000000000002' }).info('%s', '4000000000000002')
  expect(output.length).toBe(3)
  expect(output.join('')).not.toMatch(/4000.?0000.?0000.?0002/)
})

it('of a fault of TLS its code is told, and of a text as long no more than that it is there', () => {
  const told = (message: string) => describeFault(new Error(message)).reason
  expect(told('refused: UNABLE_TO_VERIFY_LEAF_SIGNATURE')).toBe('refused: UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  expect(told('refused: unabletoverifythefirstcertificate')).toBe('refused: [hidden]')
  expect(told('refused: UNABLE_TO_VERIFY_LEAF_SIGNATURE_OFkim')).toBe('refused: [hidden]')
})

it('every service is called by its own name in the log', async () => {
  const facade = await facadeForTest()
  for (const call of CALLS) await sendExample(facade, call)
  const names = new Set(facade.calls().map(({ service }) => service))
  expect([...names].sort()).toEqual(Object.keys(SERVICES).sort())
})
