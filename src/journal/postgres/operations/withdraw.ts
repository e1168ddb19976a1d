import type { AttemptedClaim } from '../../operation-store.ts'
import { releaseSmsLink } from '../../procedures/sms-links/index.ts'
import { Transaction } from '../../procedures/transaction.ts'
import type { Endpoints } from '../../procedures/webhooks/endpoints.ts'
import { isOperationTold, tellOperation } from '../../procedures/webhooks/tell-operation.ts'
import { type OperationCodec, WITHOUT_RESULT } from '../../schema/row.ts'
import type { Query } from '../connections/lease.ts'
import { runSteps } from '../procedures.ts'
import { CLOCK_SHOWS, OPERATIONS } from '../schema/schema.ts'
import { RETURNING_TOLD, toldOf } from './lapse.ts'
import { GIVEN, NEW_COLUMNS, NEW_VALUES, newRows } from './row.ts'

// The row that is put in the claim's place waits for a claim still being executed, and stops one that comes later:
// whatever the server makes of a statement whose connection was lost, it has no effect once this has resolved. A claim
// that has become unknown may have been told to somebody as that: it stays, as one that failed.
const WITHDRAW = `
  insert into ${OPERATIONS} as known (${NEW_COLUMNS}, state, holds_key, holds_order, settled_at)
  select ${NEW_VALUES}, 'WITHDRAWN', false, false, ${CLOCK_SHOWS} from ${GIVEN} as given
  on conflict (id) do update
  set state = case when known.state = 'UNKNOWN' then 'FAILED' else 'WITHDRAWN' end, lease_until = excluded.lease_until,
    attempt_number = excluded.attempt_number, holds_key = false, holds_order = false, settled_at = excluded.settled_at
  where known.owner = excluded.owner and known.attempt_number <= excluded.attempt_number
    and ${WITHOUT_RESULT.replaceAll(/state|result/g, 'known.$&')}
  ${RETURNING_TOLD}, state`

/** Takes back a claim that was never acted upon, unless a later try made it good. */
export async function withdrawClaim(
  query: Query,
  codec: OperationCodec,
  claim: AttemptedClaim,
  endpoints: Endpoints,
): Promise<void> {
  const [row] = (await query(WITHDRAW, [newRows(codec, [claim])])).rows
  const tx = new Transaction('postgres', codec, endpoints)
  if (row?.['state'] === 'WITHDRAWN') await runSteps(query, releaseSmsLink(tx, claim.operation.id))
  if (row?.['state'] !== 'FAILED' || !isOperationTold({ endpoints }, 'FAILED')) return
  const end = { state: 'FAILED', wasUnknown: true, result: null, at: claim.operation.createdAt } as const
  await runSteps(query, tellOperation(tx, toldOf(row), end))
}
