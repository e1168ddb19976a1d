import { redactCardNumbers } from '../../lib/redact.ts'
import type { Given } from '../command-line/command.ts'
import { UsageError } from '../command-line/usage-error.ts'
import type { Graph } from './graph.ts'
import { openGraph } from './open-graph.ts'
import { operatorId } from './operator.ts'
import { STATES } from './options.ts'
import { type ShownOperation, shownTable } from './table.ts'
/** The fields of it, for a query. */
export const SHOWN_FIELDS = 'id service state merchantId orderId transactionId amount createdAt finishedAt'

const LIST = `query PaymentOperationsOfCommandLine($filter: PayApiOperationFilter, $first: Int, $after: String) {
  paymentOperations(filter: $filter, first: $first, after: $after) {
    edges { node { ${SHOWN_FIELDS} } }
    pageInfo { hasNextPage endCursor }
  }
}`

interface Page {
  readonly paymentOperations: {
    readonly edges: readonly { readonly node: ShownOperation }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

const PAGE_SIZE = 100
const DEFAULT_LIMIT = 20
const MAX_LIMIT = 10_000

/** Shows operations, newest first. */
export async function listOperations(given: Given): Promise<number> {
  const limit = limitOf(given.value('limit'))
  const filter = filterOf(given)
  const graph = await openGraph(given, operatorId(undefined))
  try {
    const { operations, isAll } = await find(graph, filter, limit)
    const shown = operations.map(withoutCardNumbers)
    process.stdout.write(given.has('json') ? `${JSON.stringify(shown, null, 2)}\n` : shownTable(shown, given.language))
    if (!isAll) process.stderr.write(MORE[given.language])
  } finally {
    await graph.close()
  }
  return 0
}

const MORE = {
  en: 'There are more: --limit shows more of them.\n',
  ko: '더 있습니다. --limit으로 더 볼 수 있습니다.\n',
}

async function find(graph: Graph, filter: object, limit: number) {
  const operations: ShownOperation[] = []
  for (let after: string | null = null; ; ) {
    const first = Math.min(PAGE_SIZE, limit - operations.length)
    const { paymentOperations } = (await graph.ask(LIST, { filter, first, after })) as Page
    operations.push(...paymentOperations.edges.map(({ node }) => node))
    const { hasNextPage, endCursor } = paymentOperations.pageInfo
    if (!hasNextPage || operations.length >= limit) return { operations, isAll: !hasNextPage }
    after = endCursor
  }
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= MAX_LIMIT) return limit
  throw new UsageError({
    en: `--limit must be a whole number from 1 to ${MAX_LIMIT}.`,
    ko: `--limit은 1부터 ${MAX_LIMIT}까지의 정수여야 합니다.`,
  })
}

function filterOf(given: Given): object {
  const status = given.value('status')
  const since = given.value('since')
  const orderId = given.value('order')
  return {
    ...(status && { states: [STATES[status as keyof typeof STATES]] }),
    ...(orderId && { orderId }),
    ...(since && { createdFrom: timeOf(since) }),
  }
}

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A time, or how long ago it was: `2026-11-27T09:00+09:00`, `2026-11-27` (in Korea), `90m`, `36h`, `7d`. */
function timeOf(text: string): string {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  if (count !== undefined) return new Date(Date.now() - Number(count) * UNITS[unit as keyof typeof UNITS]).toISOString()
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
  const time = isDay || isTime ? Date.parse(isDay ? `${text}T00:00:00+09:00` : text) : Number.NaN
  if (!Number.isNaN(time)) return new Date(time).toISOString()
  throw new UsageError({
    en: '--since must be a day (2026-11-27, in Korea), a time with its zone (2026-11-27T09:00+09:00), or how long ago (90m, 36h, 7d).',
    ko: '--since는 날짜(2026-11-27, 한국 시간), 시간대가 있는 시각(2026-11-27T09:00+09:00), 또는 지난 시간(90m, 36h, 7d)이어야 합니다.',
  })
}

/** An order number may be any number that a shop gave, a card number by mistake among them. */
export const withoutCardNumbers = (operation: ShownOperation): ShownOperation => ({
  ...operation,
  orderId: operation.orderId && redactCardNumbers(operation.orderId),
  transactionId: operation.transactionId && redactCardNumbers(operation.transactionId),
})
