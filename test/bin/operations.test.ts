import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SCENARIO_HEADER } from '../../src/sandbox/response/scenarios.ts'
import { overBothStores, type TestJournal } from '../support/journal/both-stores.ts'
import { version4 } from '../support/journal/earlier-versions.ts'
import { apiKey } from '../support/server/callers.ts'
import { command } from '../support/server/command.ts'
import { STARTS_PROGRAMS } from '../support/server/processes.ts'
import { CARD_NUMBER, charge, dataFolder, post, startTestFacade, untilReady } from '../support/server/running-facade.ts'
import { ask, sharing } from '../support/server/shared-journal.ts'

const KEY = 'a-key-of-the-operators'

interface Listed {
  readonly id: string
  readonly state: string
  readonly orderId: string
  readonly transactionId: string | null
}

/** A facade with one charge that succeeded and one whose outcome is unknown, and the variables of its journal. */
async function facadeWithTwo(journal: Pick<TestJournal, 'url'>) {
  const env = await sharing(journal)
  const facade = await startTestFacade(env)
  await untilReady(facade.url)
  await post(facade.url, charge('ORDER-1'))
  const lost = await post(facade.url, charge('ORDER-2', { idempotencyKey: 'key-2' }), { [SCENARIO_HEADER]: 'reset' })
  expect(lost).toMatchObject({ outcome: 'UNKNOWN' })
  return { env, facade, operationId: String(lost['operationId']) }
}

async function listed(args: readonly string[], env: Readonly<Record<string, string>>, input = '') {
  const { code, output, errors } = await command(['operations', '--json', ...args], { env, input })
  expect([code, errors]).toEqual([0, ''])
  return JSON.parse(output) as readonly Listed[]
}

overBothStores('operations on the command line', (newJournal) => {
  it('are listed beside a server that goes on, by state, order, time and number', STARTS_PROGRAMS, async () => {
    const { env, facade } = await facadeWithTwo(await newJournal())
    const [all, unknown, one, none] = await Promise.all([
      listed([], env),
      listed(['--status', 'unknown'], env),
      listed(['--order', 'ORDER-1', '--since', '1h'], env),
      listed(['--since', '2999-01-01'], env),
    ])
    expect(all).toMatchObject([
      { orderId: 'ORDER-2', state: 'UNKNOWN', transactionId: null, amount: '1004' },
      { orderId: 'ORDER-1', state: 'SUCCEEDED', service: 'chargeKeyedInCard', merchantId: 'welcometst' },
    ])
    expect(unknown).toEqual(all.slice(0, 1))
    expect(one).toEqual(all.slice(1))
    expect(none).toEqual([])
    const newest = await command(['operations', '--limit', '1', '--lang', 'ko'], { env })
    expect(newest.output).toMatch(/^작업 ID .*\n\S+ +UNKNOWN .*ORDER-2 .*\n$/)
    expect(newest.errors).toContain('--limit')
    expect(await post(facade.url, charge('ORDER-3'))).toMatchObject({ __typename: 'CardPayment' })
  })

  it(
    'of unknown outcome are resolved: the server answers accordingly, and knows by whom',
    STARTS_PROGRAMS,
    async () => {
      const { env, facade, operationId } = await facadeWithTwo(await newJournal())
      const found = ['--transaction', 'tid-of-the-console', '--by', '김 개발', '--note', 'seen']
      const resolved = await command(['resolve', operationId, '--as', 'succeeded', ...found], { env })
      expect(resolved).toMatchObject({
        code: 0,
        errors: '',
        output: expect.stringMatching(/SUCCEEDED.*tid-of-the-console/),
      })
      const operation = '{ state resolution { processed transactionId note resolvedBy } }'
      expect(await ask(facade, `{ paymentOperation(id: "${operationId}") ${operation} }`)).toEqual({
        paymentOperation: {
          state: 'SUCCEEDED',
          resolution: {
            processed: true,
            transactionId: 'tid-of-the-console',
            note: 'seen',
            resolvedBy: 'command-line:김 개발',
          },
        },
      })
      expect(await post(facade.url, charge('ORDER-2', { idempotencyKey: 'key-2' }))).toMatchObject({
        __typename: 'CardPayment',
        transactionId: 'tid-of-the-console',
      })
    },
  )

  it('are not resolved where the mutation refuses it, and the reason is told', STARTS_PROGRAMS, async () => {
    const { env, operationId } = await facadeWithTwo(await newJournal())
    const [{ id: done } = { id: '' }] = await listed(['--order', 'ORDER-1'], env)
    const refused = await Promise.all([
      command(['resolve', operationId, '--as', 'succeeded'], { env }),
      command(['resolve', operationId, '--as=failed', `--note=${'x'.repeat(501)}`], { env }),
      command(['resolve', done, '--as', 'failed'], { env }),
      command(['resolve', 'no-such-operation', '--as', 'failed'], { env }),
    ])
    expect(refused.map(({ code, output }) => [code, output])).toEqual(refused.map(() => [1, '']))
    expect(refused.map(({ errors }) => errors)).toEqual([
      expect.stringMatching(/nothing was recorded\. --transaction: is required .*\n$/),
      expect.stringMatching(/nothing was recorded\. --note: must be at most 500 characters\n$/),
      expect.stringMatching(/nothing was recorded\. <id>: is of an operation whose outcome is not unknown\n$/),
      expect.stringMatching(/nothing was recorded\. <id>: There is no such operation\n$/),
    ])
    expect(await listed(['--status', 'unknown'], env)).toMatchObject([{ id: operationId }])
  })

  it('of a journal that is not there are not looked for, and none is made', STARTS_PROGRAMS, async () => {
    const journal = await newJournal()
    const { code, errors } = await command(['operations'], { env: await sharing(journal) })
    expect([code, errors]).toEqual([1, expect.stringContaining('There is no journal yet')])
    const isFile = journal.url.startsWith('file:')
    if (isFile) expect(existsSync(new URL(journal.url))).toBe(false)
    else expect(await journal.sql(`select nspname from pg_namespace where nspname = 'payapi'`)).toEqual([])
  })

  it('of a journal of an earlier version are not looked for, and it is not upgraded', STARTS_PROGRAMS, async () => {
    const journal = await newJournal()
    const isFile = journal.url.startsWith('file:')
    await journal.sql(version4(isFile ? 'sqlite' : 'postgres', [{ id: 'op', state: 'UNKNOWN' }]))
    const { code, errors } = await command(['operations'], { env: await sharing(journal) })
    expect([code, errors]).toEqual([1, expect.stringContaining('The journal is of an earlier version')])
    const version = isFile
      ? await journal.sql('pragma user_version')
      : await journal.sql(`select obj_description('payapi.operations'::regclass) as user_version`)
    expect(version).toEqual([{ user_version: isFile ? 4 : expect.stringMatching(/version 4$/) }])
  })
})

it(
  'a server that has its file for itself is asked by its URL, and records whose key it was',
  STARTS_PROGRAMS,
  async () => {
    const folder = dataFolder()
    const url = `file:${join(folder, 'journal.db')}?mode=exclusive`
    const env = await sharing({ url })
    const auth = {
      jwt: undefined,
      apiKeys: [apiKey(KEY, { id: 'ops', scopes: ['payments:charge', 'operations:read', 'operations:resolve'] })],
    }
    const facade = await startTestFacade(env, { auth })
    await untilReady(facade.url)
    const header = { 'x-api-key': KEY }
    const lost = await post(facade.url, charge('ORDER-1'), { ...header, [SCENARIO_HEADER]: 'reset' })
    const operationId = String(lost['operationId'])

    const beside = await command(['operations'], { env })
    expect([beside.code, beside.errors]).toEqual([1, expect.stringMatching(/Another process .*--url\n$/)])

    const file = join(folder, 'key')
    writeFileSync(file, `${KEY}\n`, { mode: 0o600 })
    const [operation] = await listed(['--url', facade.url, '--key-file', '-'], {}, KEY)
    expect(operation).toMatchObject({ id: operationId, state: 'UNKNOWN' })
    const there = ['--url', facade.url, '--key-file', file]
    expect(await command(['resolve', operationId, '--as', 'failed', ...there])).toMatchObject({ code: 0, errors: '' })
    const query = `{ paymentOperation(id: "${operationId}") { state resolution { resolvedBy } } }`
    expect(await ask(facade, query, {}, header)).toEqual({
      paymentOperation: { state: 'FAILED', resolution: { resolvedBy: 'key:ops' } },
    })

    const unknown = await command(['operations', '--url', facade.url])
    expect([unknown.code, unknown.errors]).toEqual([
      1,
      expect.stringMatching(/^The server refused it: .*UNAUTHENTICATED\)\n$/),
    ])
    const nobody = await command(['operations', '--url', 'http://127.0.0.1:1/graphql'])
    expect([nobody.code, nobody.errors]).toEqual([1, expect.stringMatching(/cannot be reached/)])
  },
)

it(
  'a card number that is an order number is hidden, and no character does anything in a terminal',
  STARTS_PROGRAMS,
  async () => {
    const folder = dataFolder()
    const env = await sharing({ url: `file:${join(folder, 'journal.db')}` })
    const facade = await startTestFacade(env)
    await untilReady(facade.url)
    const mutation = `mutation($orderId: ID!) { chargeMobileBillingKey(input: {
    orderId: $orderId, amount: 100, billingKey: "SANDBOX-MOBILEKEY-1", buyer: { name: "홍길동" } }) { __typename } }`
    for (const orderId of [CARD_NUMBER, '4000-0000 0000.0002'])
      expect(await ask(facade, mutation, { orderId })).toEqual({
        chargeMobileBillingKey: { __typename: 'MobilePayment' },
      })
    const shown = await Promise.all([command(['operations'], { env }), command(['operations', '--json'], { env })])
    for (const { code, output } of shown) {
      expect(code).toBe(0)
      expect(output.match(/\[hidden\]/g)).toHaveLength(2)
      expect(output).not.toMatch(/4000.?0000/)
    }
  },
)

it.skipIf(process.getuid?.() !== 0)(
  'the journal of another user is left alone: what lies beside it would be ours (needs root)',
  STARTS_PROGRAMS,
  async () => {
    const folder = dataFolder()
    const env = await sharing({ url: `file:${join(folder, 'journal.db')}` })
    const facade = await startTestFacade(env)
    await untilReady(facade.url)
    await facade.close()
    chownSync(join(folder, 'journal.db'), 12_345, 12_345)
    const before = readdirSync(folder)
    const { code, errors } = await command(['operations'], { env })
    expect([code, errors]).toEqual([1, expect.stringMatching(/belongs to another user \(uid 12345\)/)])
    expect(readdirSync(folder)).toEqual(before)
  },
)

it('the embedded sandbox, and a server without a journal, have none to look into', STARTS_PROGRAMS, async () => {
  const [embedded, off] = await Promise.all([
    command(['operations']),
    command(['operations'], { env: { PAYAPI_JOURNAL: 'off' } }),
  ])
  expect([embedded.code, embedded.errors]).toEqual([1, expect.stringMatching(/temporary folder.*--url/)])
  expect([off.code, off.errors]).toEqual([1, expect.stringMatching(/^PAYAPI_JOURNAL is off/)])
})

it.each([
  ['a state that there is none of', ['operations', '--status', 'lost'], '--status'],
  ['no number', ['operations', '--limit', 'all'], '--limit'],
  ['no time', ['operations', '--since', 'yesterday'], '--since'],
  ['a day that there is none of', ['operations', '--since', '2026-13-41'], '--since'],
  ['a key without a server', ['operations', '--key-file', 'key'], '--key-file'],
  ['no operation', ['resolve', '--as', 'failed'], '<id>'],
  ['no word on what was found', ['resolve', 'some-id'], '--as'],
  [
    'a name for a server, which knows it',
    ['resolve', 'id', '--as', 'failed', '--by', 'me', '--url', 'http://x'],
    '--by',
  ],
  ['a name that is none', ['resolve', 'id', '--as', 'failed', '--by', '\u001b[2J'], '--by'],
])('%s is a wrong use', STARTS_PROGRAMS, async (_, args, named) => {
  const folder = dataFolder()
  mkdirSync(join(folder, 'data'))
  const { code, output, errors } = await command(args, { cwd: folder })
  expect([code, output]).toEqual([2, ''])
  expect(errors).toContain(named)
})
