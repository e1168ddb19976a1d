import { readFileSync } from 'node:fs'
import { minifyIntrospection, outputIntrospectionFile } from 'gql.tada/internal'
import { buildSchema, introspectionFromSchema } from 'graphql'
import { expect, it } from 'vitest'
import { operationDocuments } from '../../../scripts/documents/operation-documents.ts'
import { API, ClientProject, SCALARS } from '../../support/graphql/client-project.ts'

// What gql.tada's own program writes, by the functions behind it: the program asks for an older TypeScript than ours.
const introspection = introspectionFromSchema(buildSchema(readFileSync(API, 'utf8')))
const ENVIRONMENT = outputIntrospectionFile(minifyIntrospection(introspection), { fileType: '.d.ts' })

const PREAMBLE = `
import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada'
import type { introspection } from './graphql-env.d.ts'
const graphql = initGraphQLTada<{ introspection: introspection; scalars: ${JSON.stringify(SCALARS).replaceAll('"string"', 'string')} }>()
type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false
`

// One of the operations, for TypeScript reads each of them letter by letter.
const [MUTATION] = operationDocuments()
const CANCEL = `
const Cancel = graphql(\`${MUTATION?.text}\`)
export function cancelled({ cancelPayment }: ResultOf<typeof Cancel>): string | null {
  if (cancelPayment?.__typename === 'PaymentCancellation') return cancelPayment.amount
  if (cancelPayment?.__typename === 'PgFailure') return cancelPayment.resultCode
  return cancelPayment?.message ?? null
}
export const input: VariablesOf<typeof Cancel>['input']['currency'] = 'KRW'
`

const STATUS = `
const Status = graphql(\`query Status($id: ID!) { paymentOperation(id: $id) { id state amount failure { __typename outcome } } }\`)
interface Known {
  paymentOperation: {
    id: string
    state: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'UNKNOWN'
    amount: string | null
    failure: { __typename: 'PgFailure' | 'PayApiHttpClientError' | 'PayApiHttpServerError' | 'PayApiTransportError' | 'PayApiInvalidInput' | 'PayApiIdempotencyConflict' | 'PayApiRefundRefused'; outcome: 'NOT_PROCESSED' | 'UNKNOWN' } | null
  } | null
}
export const answer = (given: ResultOf<typeof Status>): Known => given
export const given = (known: Known) => known as ResultOf<typeof Status>
export const variables: Same<VariablesOf<typeof Status>, { id: string }> = true
`

const compile = (source: string) =>
  new ClientProject({ 'graphql-env.d.ts': ENVIRONMENT, 'client.ts': PREAMBLE + source }).compile()

it('gql.tada knows the types of an operation and its input, of an enumeration, an amount and a failure', async () => {
  expect(await compile(CANCEL + STATUS)).toEqual({ status: 0, output: '' })
})

it('gql.tada knows no type of what the graph does not have', async () => {
  const { status, output } = await compile(STATUS.replace('amount failure', 'amout failure'))
  expect(status).not.toBe(0)
  expect(output).toContain('amount')
})
