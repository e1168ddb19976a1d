import type { Steps, Transaction } from '../../procedures/transaction.ts'
import { createNotices } from './notices.ts'
import { createOperationEvents, writeOlderResolutions } from './operation-events.ts'
import { changeOperations, fillTransactionIds } from './operations.ts'
import { createSmsLinks } from './sms-links.ts'

/** Version 4: what becomes of a payment after its call. */
export function* upgradeToVersion4(tx: Transaction): Steps<void> {
  yield* changeOperations(tx)
  yield* createOperationEvents(tx)
  yield* createNotices(tx)
  yield* createSmsLinks(tx)
  yield* fillTransactionIds(tx)
  yield* writeOlderResolutions(tx)
}
