import { describe, expect, test } from 'vitest'
import { SCOPES } from '../../../src/auth/scopes.ts'
import { AUDIENCE, bearer, ISSUER, KEYS, token } from '../../support/server/callers.ts'
import {
  aDeposit,
  anApproval,
  anEscrowChange,
  form,
  MERCHANT,
  pathOf,
  startNoticeFacade,
  TOKENS,
} from '../../support/server/notices.ts'

// Who sees what of notices, in the graph, in the log and in the metrics.

const AUTH = {
  PAYAPI_AUTH: 'jwt',
  PAYAPI_JWT_PUBLIC_KEY: String(KEYS.publicKey.export({ type: 'spki', format: 'pem' })),
  PAYAPI_JWT_ISSUER: ISSUER,
  PAYAPI_JWT_AUDIENCE: AUDIENCE,
}

const ask = async (url: string, claims: object, query: string, variables: object = {}) => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(await token({ claims: { ...claims } })) },
    body: JSON.stringify({ query, variables }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what each test looks at.
  return (await answer.json()) as any
}

const scope = (...scopes: string[]) => ({ scope: scopes.join(' ') })

describe('in the graph', () => {
  const PERSONAL = 'payerName statedReason virtualAccount { number } fields { name value }'

  test('what is about persons has a scope of its own', async () => {
    const facade = await startNoticeFacade(AUTH)
    await facade.send('deposit', aDeposit())
    const query = `{ notices { edges { node { event amount ${PERSONAL} } } } }`
    const { data, errors } = await ask(facade.url, scope('notices:read'), query)
    expect(data.notices.edges).toEqual([
      {
        node: {
          event: 'DEPOSITED',
          amount: '120000',
          payerName: null,
          statedReason: null,
          virtualAccount: null,
          fields: null,
        },
      },
    ])
    expect(errors.map(({ message }: { message: string }) => message)).toEqual(
      new Array(4).fill('The scope notices:personal is needed.'),
    )
    const personal = await ask(facade.url, scope('notices:read', 'notices:personal'), query)
    expect(personal.errors).toBeUndefined()
    expect(personal.data.notices.edges[0].node).toMatchObject({
      payerName: '김하나',
      virtualAccount: { number: '9400120055700' },
    })
  })

  test('notices of merchants as which a caller may not act are not there for them', async () => {
    const facade = await startNoticeFacade(AUTH)
    await facade.send('deposit', aDeposit())
    const all = '{ notices { edges { node { id } } } }'
    const {
      data: {
        notices: {
          edges: [
            {
              node: { id },
            },
          ],
        },
      },
    } = await ask(facade.url, scope('notices:read'), all)
    const other = { ...scope(...SCOPES), merchants: ['welcometwo'] }
    expect((await ask(facade.url, other, all)).data.notices.edges).toEqual([])
    expect(
      (await ask(facade.url, other, '{ notices(filter: {}) { edges { node { id } } } }')).data.notices.edges,
    ).toEqual([])
    const named = await ask(
      facade.url,
      other,
      `{ notices(filter: { merchantId: "${MERCHANT}" }) { edges { node { id } } } }`,
    )
    expect(named.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    const one = 'query ($id: ID!) { notice(id: $id) { id } }'
    expect((await ask(facade.url, other, one, { id })).data).toEqual({ notice: null })
    expect((await ask(facade.url, scope('notices:read'), one, { id })).data).toEqual({ notice: { id } })
    const acknowledge = `mutation ($id: ID!) { acknowledgeNotice(input: { noticeId: $id }) { __typename ... on PayApiInvalidInput { issues { path code } } } }`
    expect((await ask(facade.url, other, acknowledge, { id })).data.acknowledgeNotice).toEqual({
      __typename: 'PayApiInvalidInput',
      issues: [{ path: ['noticeId'], code: 'UNKNOWN_VALUE' }],
    })
  })

  test('what needs a person is found until a person has acknowledged it', async () => {
    const facade = await startNoticeFacade(AUTH)
    await facade.send('deposit', aDeposit())
    await facade.send('deposit', aDeposit({ type_msg: '0400' }))
    const needs = async (needsAttention: boolean) => {
      const query =
        'query ($needs: Boolean) { notices(filter: { needsAttention: $needs }) { edges { node { id exception } } } }'
      const { data } = await ask(facade.url, scope('notices:read'), query, { needs: needsAttention })
      return data.notices.edges.map(({ node }: { node: { id: string; exception: string } }) => node)
    }
    await expect.poll(() => needs(true)).toMatchObject([{ exception: 'DEPOSIT_WITHDRAWN' }])
    const [{ id }] = await needs(true)
    const acknowledge = `mutation ($input: AcknowledgeNoticeInput!) { acknowledgeNotice(input: $input) {
      ... on PayApiNotice { id exception acknowledgement { acknowledgedBy note } } ... on PayApiInvalidInput { issues { path code } } } }`
    const manage = scope('notices:manage')
    const long = await ask(facade.url, manage, acknowledge, { input: { noticeId: id, note: '가'.repeat(501) } })
    expect(long.data.acknowledgeNotice).toEqual({ issues: [{ path: ['note'], code: 'TOO_LONG' }] })
    const { data } = await ask(facade.url, manage, acknowledge, { input: { noticeId: id, note: '은행 확인' } })
    expect(data.acknowledgeNotice).toEqual({
      id,
      exception: 'DEPOSIT_WITHDRAWN',
      acknowledgement: { acknowledgedBy: 'jwt:shop-7', note: '은행 확인' },
    })
    expect(await needs(true)).toEqual([])
    expect(await needs(false)).toHaveLength(2)
  })

  test('notices are found by each part of a filter', async () => {
    const facade = await startNoticeFacade(AUTH)
    const [deposit, approval] = [aDeposit(), anApproval()]
    await facade.send('deposit', deposit)
    await facade.send('transaction', approval)
    await facade.send('deposit', aDeposit({ type_msg: '9' }))
    const count = async (filter: string) => {
      const query = `{ notices(filter: { ${filter} }) { edges { node { id } } } }`
      return (await ask(facade.url, scope('notices:read'), query)).data.notices.edges.length
    }
    await expect.poll(() => count('states: [HELD]')).toBe(1)
    expect(await count('kinds: [TRANSACTION]')).toBe(1)
    expect(await count('kinds: []')).toBe(0)
    expect(await count('exceptions: [UNKNOWN_EVENT]')).toBe(1)
    expect(await count(`orderId: "${deposit['no_oid']}"`)).toBe(1)
    expect(await count(`transactionId: "${approval['tid']}"`)).toBe(1)
    expect(await count(`merchantId: "${MERCHANT}"`)).toBe(3)
    expect(await count('receivedFrom: "2020-01-01T00:00:00Z"')).toBe(3)
    expect(await count('receivedBefore: "2020-01-01T00:00:00Z"')).toBe(0)
  })
})

test('a notice leaves lines in the log that say what became of it, and nothing of what it says', async () => {
  const facade = await startNoticeFacade()
  const deposit = aDeposit({ type_msg: '0400', nm_input: '김하나' })
  await facade.send('deposit', deposit)
  await facade.send('deposit', deposit)
  await facade.post(`/pg/notices/deposit/${MERCHANT}/${TOKENS.escrow}`, form(deposit))
  const [{ id }] = await facade.notices({}, ([first]) => first?.exception != null)
  await expect.poll(() => facade.lines.filter((line) => line.includes('needs a person'))).toHaveLength(1)
  const lines = facade.lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg.startsWith('notice'))
  const own = { level: 'info', time: expect.any(String), noticeId: id, kind: 'DEPOSIT', merchantId: MERCHANT }
  expect(lines).toHaveLength(4)
  expect(lines).toContainEqual({ ...own, msg: 'notice received' })
  expect(lines).toContainEqual({ ...own, msg: 'notice received again' })
  expect(lines).toContainEqual({
    ...own,
    level: 'warn',
    event: 'DEPOSIT_WITHDRAWN',
    state: 'WAITING',
    exception: 'DEPOSIT_WITHDRAWN',
    msg: 'notice needs a person',
  })
  expect(lines).toContainEqual({
    level: 'warn',
    time: expect.any(String),
    reason: 'UNKNOWN_ADDRESS',
    msg: 'notice refused',
  })
  const logged = facade.lines.join('\n')
  for (const secret of ['김하나', '9400120055700', TOKENS.deposit, TOKENS.escrow, deposit['no_oid'] ?? ''])
    expect(logged).not.toContain(secret)
})

test('metrics count notices by kind and by what became of them, and time what was applied', async () => {
  const facade = await startNoticeFacade({ PAYAPI_METRICS_PORT: '0' })
  const scrape = async () => (await fetch(facade.metricsUrl ?? '')).text()
  const sample = (kind: string, result: string) => `payapi_graphql_notices_total{kind="${kind}",result="${result}"}`
  expect(await scrape()).toContain(`${sample('DEPOSIT', 'duplicate')} 0`)
  const deposit = aDeposit()
  await facade.send('deposit', deposit)
  await facade.send('deposit', deposit)
  await facade.send('escrow', anEscrowChange())
  await facade.post(pathOf('deposit'), '')
  await facade.post('/pg/notices/x', 'a=b')
  for (const line of [
    `${sample('DEPOSIT', 'received')} 1`,
    `${sample('DEPOSIT', 'duplicate')} 1`,
    `${sample('DEPOSIT', 'unmatched')} 1`,
    `${sample('DEPOSIT', 'refused')} 1`,
    `${sample('none', 'refused')} 1`,
    `${sample('ESCROW_CHANGE', 'received')} 1`,
    'payapi_graphql_notice_apply_seconds_count{kind="ESCROW_CHANGE"} 1',
  ])
    await expect.poll(scrape).toContain(line)
})
