import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { dataFolder } from '../support/server/running-facade.ts'
import { SECRET } from '../support/webhooks/receiver.ts'

const ENDPOINT = { id: 'shop', url: 'https://shop.example/hooks', secrets: [SECRET], events: ['payment.approved'] }

const secretOf = (bytes: number) => `whsec_${Buffer.alloc(bytes, 9).toString('base64')}`

/** The variables that name a file which holds that. */
function webhooks(...given: unknown[]): Record<string, string> {
  const file = join(dataFolder(), 'webhooks.json')
  writeFileSync(file, JSON.stringify(given))
  return { PAYAPI_WEBHOOKS_FILE: file }
}

const MERCHANT = { mid: 'shop', signKey: 'k', apiKey: 'a'.repeat(32), apiIv: 'b'.repeat(16) }

/** A facade that is no sandbox. */
const PRODUCTION = {
  PAYAPI_ENV: 'production',
  PAYAPI_MERCHANTS: JSON.stringify([MERCHANT]),
  PAYAPI_AUTH: 'none',
  HOST: '127.0.0.1',
  PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 1).toString('base64'),
}

const problemsOf = (env: Readonly<Record<string, string>>): string => {
  try {
    readConfig(env)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

it('no webhooks are sent where nothing is set, and an attempt takes ten seconds at most', () => {
  expect(readConfig({}).webhooks).toEqual({ endpoints: [], privateAddresses: true, timeoutMs: 10_000 })
})

it('endpoints are read from a file', () => {
  const secrets = [SECRET, secretOf(24), secretOf(64)]
  const { endpoints, privateAddresses } = readConfig({
    ...PRODUCTION,
    ...webhooks({ ...ENDPOINT, secrets, merchantIds: ['shop'] }, { ...ENDPOINT, id: 'erp' }),
  }).webhooks
  expect(privateAddresses).toBe(false)
  expect(endpoints).toEqual([
    { ...ENDPOINT, url: new URL(ENDPOINT.url), secrets, merchantIds: ['shop'] },
    { ...ENDPOINT, id: 'erp', url: new URL(ENDPOINT.url), merchantIds: undefined },
  ])
})

it.each([
  ['without an id', { ...ENDPOINT, id: '' }, '[id] must be 1 to 64'],
  ['with an id that has a dot', { ...ENDPOINT, id: 'shop.kr' }, '[id] must be 1 to 64'],
  ['with a URL that is none', { ...ENDPOINT, url: 'shop.example' }, '[url] must be an http or https URL'],
  ['of another protocol', { ...ENDPOINT, url: 'ftp://shop.example' }, '[url] must be an http or https URL'],
  ['with a password in the URL', { ...ENDPOINT, url: 'https://a:hidden@shop.example' }, '[url] must be without user'],
  ['without secrets', { ...ENDPOINT, secrets: [] }, '[secrets] must hold at least one'],
  ['with six secrets', { ...ENDPOINT, secrets: Array(6).fill(SECRET) }, '[secrets] must hold at most 5'],
  ['with a secret of another form', { ...ENDPOINT, secrets: ['hidden-secret'] }, '[secrets][0] must be whsec_'],
  ['with a secret that is too short', { ...ENDPOINT, secrets: [secretOf(23)] }, '[secrets][0] must be whsec_'],
  ['with a secret that is too long', { ...ENDPOINT, secrets: [secretOf(65)] }, '[secrets][0] must be whsec_'],
  [
    'with an event that there is none',
    { ...ENDPOINT, events: ['payment.hidden'] },
    '[events][0] is none of the events',
  ],
  ['that wants tests', { ...ENDPOINT, events: ['webhook.test'] }, '[events][0] is none of the events'],
  ['without events', { ...ENDPOINT, events: [] }, '[events] must name at least one'],
  ['of no merchant', { ...ENDPOINT, merchantIds: [] }, '[merchantIds] must name at least one'],
  ['with a field that there is none', { ...ENDPOINT, hidden: 1 }, 'and nothing else'],
])('an endpoint %s is refused, by its place and without a value', (_, given, problem) => {
  const said = problemsOf(webhooks(ENDPOINT, given))
  expect(said).toContain(`PAYAPI_WEBHOOKS_FILE[1]`)
  expect(said).toContain(problem)
  expect(said).not.toMatch(/hidden|shop\.|whsec_[A-Za-z\d]/)
})

it('everything that is wrong is told at once', () => {
  const said = problemsOf(
    webhooks({ ...ENDPOINT, url: 'x' }, { ...ENDPOINT, id: 'erp', secrets: ['x'], events: ['x'] }),
  )
  expect(said.match(/PAYAPI_WEBHOOKS_FILE/g)).toHaveLength(3)
})

it('a file that is not there, is no JSON, or names an id twice, is refused', () => {
  expect(problemsOf({ PAYAPI_WEBHOOKS_FILE: '/nowhere' })).toContain('cannot be read (ENOENT)')
  const file = join(dataFolder(), 'webhooks.json')
  writeFileSync(file, SECRET)
  expect(problemsOf({ PAYAPI_WEBHOOKS_FILE: file })).toContain('is not JSON')
  expect(problemsOf(webhooks(ENDPOINT, ENDPOINT))).toContain('names an id twice')
})

it.each(['http://shop.example', 'https://localhost', 'https://10.0.0.1', 'https://169.254.169.254', 'https://[::1]'])(
  'the address %s is taken in sandbox mode only',
  (url) => {
    const given = webhooks({ ...ENDPOINT, url })
    expect(problemsOf(given)).toBe('')
    expect(problemsOf({ ...PRODUCTION, ...given })).toMatch(/\[0]\[url] must (be https|not be a private address)/)
  },
)

it('they need the journal, and merchants that are configured', () => {
  expect(problemsOf({ ...webhooks(ENDPOINT), PAYAPI_JOURNAL: 'off' })).toContain('PAYAPI_JOURNAL must be on')
  expect(problemsOf({ ...PRODUCTION, ...webhooks({ ...ENDPOINT, merchantIds: ['other'] }) })).toContain(
    'PAYAPI_WEBHOOKS_FILE[0][merchantIds] names a mid that is none of PAYAPI_MERCHANTS',
  )
})
