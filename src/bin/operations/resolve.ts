import type { Given } from '../command-line/command.ts'
import { plainText } from '../command-line/plain-text.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { CannotAskError } from './graph.ts'
import { SHOWN_FIELDS, withoutCardNumbers } from './list.ts'
import { openGraph } from './open-graph.ts'
import { operatorId } from './operator.ts'
import { type ShownOperation, shownTable } from './table.ts'

const RESOLVE = `mutation ResolvePaymentOperationOfCommandLine($input: ResolvePaymentOperationInput!) {
  resolvePaymentOperation(input: $input) {
    __typename
    ... on PayApiOperation { ${SHOWN_FIELDS} }
    ... on PayApiFailure { message }
    ... on PayApiInvalidInput { issues { path message } }
  }
}`

type Resolved =
  | ({ readonly __typename: 'PayApiOperation' } & ShownOperation)
  | {
      readonly __typename: 'PayApiInvalidInput' | 'PayApiTransportError'
      readonly message: string
      readonly issues?: readonly { readonly path: readonly string[]; readonly message: string }[]
    }

/** What the fields of the input are called on the command line. */
const OPTIONS: Readonly<Record<string, string>> = {
  operationId: '<id>',
  transactionId: '--transaction',
  note: '--note',
}

/** Records what a person found out about an operation of unknown outcome. */
export async function resolveOperation(given: Given): Promise<number> {
  const as = given.value('as')
  if (as === undefined) {
    throw new UsageError({
      en: '--as succeeded or --as failed is needed.',
      ko: '--as succeeded 또는 --as failed가 필요합니다.',
    })
  }
  const by = given.value('by')
  if (by !== undefined && given.value('url') !== undefined) {
    throw new UsageError({
      en: '--by is not for --url: the server records whose key it is.',
      ko: '--url과 --by는 함께 쓸 수 없습니다. 서버는 키의 주인을 기록합니다.',
    })
  }
  const [operationId] = given.operands
  const input = {
    operationId,
    processed: as === 'succeeded',
    transactionId: given.value('transaction') ?? null,
    note: given.value('note') ?? null,
  }
  const graph = await openGraph(given, operatorId(by))
  try {
    const data = (await graph.ask(RESOLVE, { input })) as { readonly resolvePaymentOperation: Resolved }
    const resolved = data.resolvePaymentOperation
    if (resolved.__typename !== 'PayApiOperation') throw new CannotAskError(explain(resolved))
    const { __typename, ...operation } = resolved
    const shown = withoutCardNumbers(operation)
    process.stdout.write(
      given.has('json') ? `${JSON.stringify(shown, null, 2)}\n` : shownTable([shown], given.language),
    )
  } finally {
    await graph.close()
  }
  return 0
}

function explain({ message, issues = [] }: Exclude<Resolved, { readonly __typename: 'PayApiOperation' }>): string {
  const lines = issues.map(({ path, message: issue }) => `${OPTIONS[path[0] ?? ''] ?? path.join('.')}: ${issue}`)
  return plainText([message, ...lines].join(' '))
}
