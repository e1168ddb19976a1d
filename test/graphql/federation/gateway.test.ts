import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/lib/ids.ts'
import { askApollo, composeByApollo } from '../../support/graphql/apollo.ts'
import {
  INSTALL,
  INSTALLED,
  type RunningExample,
  requireFromExample,
  runExample,
} from '../../support/graphql/running-example.ts'
import type { Answer, Json } from '../../support/graphql/subgraph.ts'
import { EventStream } from '../../support/server/event-stream.ts'

if (!INSTALLED) {
  process.stderr.write(
    `\nNOT RUN: the tests with real gateways, whose packages are missing. Install them: ${INSTALL}\n\n`,
  )
  it(`needs the gateways' packages where all must be tested (${INSTALL})`, () => {
    expect(process.env['CI'], `CI must call: ${INSTALL}`).toBeUndefined()
  })
} else {
  let running: RunningExample
  beforeAll(async () => {
    running = await runExample()
  })
  afterAll(() => running?.stop())

  const askGateway = async (
    query: string,
    variables: object = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const response = await fetch(running.gateway, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as Answer
  }

  const JOURNEY = `{
    orders {
      id
      card {
        prefix
        cardName
        lookup { __typename ... on PayApiFailure { outcome } ... on PgFailure { resultCode } }
      }
      escrow {
        transactionId
        status {
          __typename
          ... on EscrowStatus { merchantId state amount }
          ... on PayApiInvalidInput { issues { path code } }
        }
      }
    }
  }`

  const ANSWERED = [
    {
      id: 'ORDER-1',
      card: { prefix: '949094', cardName: '국민', lookup: { __typename: 'CardPrefix' } },
      escrow: {
        transactionId: 'SANDBOX-ESCROW-1',
        status: { __typename: 'EscrowStatus', merchantId: 'welcometst', state: 'APPROVED', amount: '50000' },
      },
    },
    {
      id: 'ORDER-2',
      card: { prefix: '941181', cardName: '삼성', lookup: { __typename: 'CardPrefix' } },
      escrow: {
        transactionId: 'SANDBOX-DENIED-2',
        status: { __typename: 'EscrowStatus', merchantId: 'welcometwo', state: 'PURCHASE_DENIED', amount: '50000' },
      },
    },
    {
      id: 'ORDER-3',
      card: { prefix: '12345', cardName: null, lookup: { __typename: 'PayApiInvalidInput', outcome: 'NOT_PROCESSED' } },
      escrow: {
        transactionId: 'SANDBOX-ESCROW-3',
        status: { __typename: 'PayApiInvalidInput', issues: [{ path: ['merchantId'], code: 'UNKNOWN_MERCHANT' }] },
      },
    },
    {
      id: 'ORDER-4',
      card: {
        prefix: '000000',
        cardName: null,
        lookup: { __typename: 'PgFailure', outcome: 'NOT_PROCESSED', resultCode: expect.any(String) },
      },
      escrow: {
        transactionId: 'SANDBOX-DELIVERED-4',
        status: { __typename: 'EscrowStatus', merchantId: 'welcometst', state: 'APPROVED', amount: '50000' },
      },
    },
    { id: 'ORDER-5', card: null, escrow: null },
  ]

  const CHARGE = `mutation ($input: ChargeKeyedInCardInput!) {
    chargeKeyedInCard(input: $input) {
      __typename
      ... on CardPayment { transactionId orderId }
      ... on PayApiFailure { outcome retryable orderId }
      ... on PayApiHttpServerError { httpStatus resultCode }
    }
  }`

  const charge = (orderId: string) => ({
    input: {
      orderId,
      amount: '1004',
      card: { number: '4000000000000002', expiryYear: '30', expiryMonth: '12' },
      installmentMonths: 0,
      interestFree: false,
      buyer: { name: '홍길동' },
    },
  })

  /** How many operations the facade's journal knows for an order. */
  const operations = async (orderId: string): Promise<number> => {
    const { data } = await askGateway(
      'query ($orderId: ID) { paymentOperations(filter: { orderId: $orderId }) { edges { node { id } } } }',
      { orderId },
    )
    return data.paymentOperations.edges.length
  }

  const PAID = '{ order(id: "ORDER-2") { id payment { id state service failure { __typename outcome } } } }'

  /** Charges for an order, through the gateway, and keeps its operation there. */
  const chargeAndKeep = async (): Promise<Json> => {
    const lost = { 'x-sandbox-scenario': 'reset' }
    const query = CHARGE.replace('... on PayApiFailure {', '... on PayApiFailure { operationId')
    const { data } = await askGateway(query, charge(`GATEWAY-${newId()}`), lost)
    const { operationId } = data.chargeKeyedInCard
    await askGateway('mutation ($id: ID!) { keepOperation(orderId: "ORDER-2", operationId: $id) { id } }', {
      id: operationId,
    })
    return {
      id: 'ORDER-2',
      payment: {
        id: operationId,
        state: 'UNKNOWN',
        service: 'chargeKeyedInCard',
        failure: { __typename: 'PayApiTransportError', outcome: 'UNKNOWN' },
      },
    }
  }

  describe('Hive Gateway over the facade and an orders subgraph', () => {
    it('answers a query that begins with orders and ends with our entities, each with what became of it', async () => {
      expect(await askGateway(JOURNEY)).toEqual({ data: { orders: ANSWERED } })
    })

    it('hands on a mutation', async () => {
      const { data, errors } = await askGateway(CHARGE, charge('GATEWAY-1'))
      expect(errors).toBeUndefined()
      expect(data.chargeKeyedInCard).toMatchObject({ __typename: 'CardPayment', orderId: 'GATEWAY-1' })
    })

    it('hands back a failure whole, after one try', async () => {
      const answer = await askGateway(CHARGE, charge('GATEWAY-2'), { 'x-sandbox-scenario': 'http-500-processed' })
      expect(answer).toEqual({
        data: {
          chargeKeyedInCard: {
            __typename: 'PayApiHttpServerError',
            outcome: 'UNKNOWN',
            retryable: false,
            orderId: 'GATEWAY-2',
            httpStatus: 500,
            resultCode: '9500',
          },
        },
      })
      expect(await operations('GATEWAY-2')).toBe(1)
    })

    it('shows an order what became of its payment, by the operationId that it keeps', async () => {
      const order = await chargeAndKeep()
      expect(await askGateway(PAID)).toEqual({ data: { order } })
    })

    it('tells a subscriber how an operation stands, and every change of it', async () => {
      const lost = { 'x-sandbox-scenario': 'reset' }
      const query = CHARGE.replace('... on PayApiFailure {', '... on PayApiFailure { operationId')
      const { data } = await askGateway(query, charge(`GATEWAY-${newId()}`), lost)
      const { operationId: id } = data.chargeKeyedInCard
      const changed = 'subscription ($id: ID!) { paymentOperationChanged(id: $id) { id state service } }'
      const stream = await EventStream.open(running.gateway, { query: changed, variables: { id } })
      const operation = { id, service: 'chargeKeyedInCard' }
      expect(await stream.next()).toEqual({ data: { paymentOperationChanged: { ...operation, state: 'UNKNOWN' } } })
      const resolve = `mutation ($id: ID!) {
        resolvePaymentOperation(input: { operationId: $id, processed: false }) { __typename }
      }`
      await askGateway(resolve, { id })
      expect(await stream.next()).toEqual({ data: { paymentOperationChanged: { ...operation, state: 'FAILED' } } })
    })

    it('passes headers on, and those of one request to that request alone', async () => {
      const statuses = async (headers?: Readonly<Record<string, string>>) => {
        const { data } = await askGateway('{ order(id: "ORDER-1") { escrow { status { __typename } } } }', {}, headers)
        return data.order.escrow.status.__typename
      }
      expect(await Promise.all([statuses({ 'x-sandbox-scenario': 'http-400' }), statuses()])).toEqual([
        'PayApiHttpClientError',
        'EscrowStatus',
      ])
    })

    it('shows clients nothing of what is there for gateways', async () => {
      const { data } = await askGateway('{ __schema { queryType { fields { name } } } }')
      const names = data.__schema.queryType.fields.map(({ name }: Json) => name)
      expect(names).toEqual(expect.arrayContaining(['orders', 'cardPrefix', 'escrowStatus']))
      expect(names).not.toContain('_entities')
    })
  })

  describe("Apollo's gateway over the same", () => {
    const subgraphs = () => [
      { name: 'payapi', url: running.facade },
      { name: 'orders', url: running.orders },
    ]

    it('composes what they serve and answers the same query, with the shortest key of each entity', async () => {
      const { IntrospectAndCompose } = requireFromExample('@apollo/gateway')
      const answer = await askApollo(new IntrospectAndCompose({ subgraphs: subgraphs() }), JOURNEY)
      // Without the merchant, which its plans leave out, the default one is asked.
      const ofDefaultMerchant = (order: Json) => {
        const status = order.escrow && { __typename: 'EscrowStatus', merchantId: 'welcometst', amount: '50000' }
        return { ...order, ...(status && { escrow: { ...order.escrow, status: expect.objectContaining(status) } }) }
      }
      expect(answer).toEqual({ data: { orders: ANSWERED.map(ofDefaultMerchant) } })
    })

    it('shows an order what became of its payment, by the operationId that it keeps', async () => {
      const { IntrospectAndCompose } = requireFromExample('@apollo/gateway')
      const order = await chargeAndKeep()
      expect(await askApollo(new IntrospectAndCompose({ subgraphs: subgraphs() }), PAID)).toEqual({ data: { order } })
    })

    it('asks the merchant that was named where the shorter key was taken out before composing', async () => {
      const { supergraphSdl } = await composeByApollo(subgraphs(), (sdl) =>
        sdl.replace('@key(fields: "transactionId")', ''),
      )
      expect(await askApollo(supergraphSdl, JOURNEY)).toEqual({ data: { orders: ANSWERED } })
    })

    it('has no hint when it composes', async () => {
      const { errors, hints } = await composeByApollo(subgraphs())
      expect(errors).toBeUndefined()
      expect(hints.map(String)).toEqual([])
    })
  })

  it('ends all of it on SIGTERM', async () => {
    expect(await running.stop()).toBe(0)
    for (const url of [running.facade, running.orders, running.gateway]) await expect(fetch(url)).rejects.toThrow()
  })
}
