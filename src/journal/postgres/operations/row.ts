import type { AttemptedClaim } from '../../operation-store.ts'
import { NEW_OPERATION_COLUMNS, type OperationCodec } from '../../schema/row.ts'
import type { Answer } from '../connections/lease.ts'
import { OPERATIONS, SERVER_NOW } from '../schema/schema.ts'

/** Rows of operations in JSON, the first value of a statement: one or many, they are one plan. */
export const GIVEN = `json_populate_recordset(null::${OPERATIONS}, $1)`

const columns = [...NEW_OPERATION_COLUMNS, 'attempt_number']

/** The columns of a new operation, and their values from what `newRows` made. */
export const NEW_COLUMNS = `${columns.join(', ')}, lease_until`
export const NEW_VALUES = `${columns.map((name) => `given.${name}`).join(', ')}, ${SERVER_NOW} + given.lease_until`

/** The `GIVEN` of claims. */
export function newRows(codec: OperationCodec, claims: readonly AttemptedClaim[]): string {
  return rowsOf(
    claims.map(({ operation, attempt }) => {
      const values = codec.values(operation)
      const row = Object.fromEntries(NEW_OPERATION_COLUMNS.map((name, index) => [name, values[index]]))
      return { ...row, attempt_number: attempt, lease_until: operation.leaseMs }
    }),
  )
}

/** Half a character has no place in the server's texts, and is sent as what UTF-8 makes of it. */
export const rowsOf = (rows: readonly Readonly<Record<string, unknown>>[]): string =>
  JSON.stringify(rows, (_, value) => (typeof value === 'string' ? value.toWellFormed() : value))

/**
 * For each, whether the statement returned its id. Of several of one operation the first alone is in the statement: what
 * becomes of the others depends on that.
 */
export async function returned<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  statement: (items: readonly Item[]) => Promise<Answer>,
): Promise<readonly boolean[]> {
  const firsts = new Map<string, Item>()
  for (const item of items) if (!firsts.has(idOf(item))) firsts.set(idOf(item), item)
  const { rows } = await statement([...firsts.values()])
  const ids = new Set(rows.map((row) => row['id']))
  return items.map((item) => firsts.get(idOf(item)) === item && ids.has(idOf(item)))
}
