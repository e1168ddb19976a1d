import DataLoader from 'dataloader'
import { builder } from '../builder/builder.ts'
import { journalOf, perContext } from '../context.ts'
import { reading } from '../lists/reading.ts'
import { OperationType } from '../operations/types.ts'
import { NoticeType } from './types.ts'

builder.objectField(OperationType, 'evidence', (t) =>
  t.field({
    type: [NoticeType],
    nullable: { list: false, items: false },
    description:
      'What the PG told of it by itself, oldest first. For one of unknown outcome: what a person may confirm with `resolvePaymentOperation`. Whoever may read the operation may read it.',
    resolve: ({ id }, _, context) => reading(() => evidenceOf(context).load(id)),
  }),
)

/** However many operations are on a page, the journal is asked once. */
const evidenceOf = perContext(
  (context) =>
    new DataLoader(async (operationIds: readonly string[]) => {
      const notices = await journalOf(context).store.run('noticesOfOperations', { operationIds })
      return operationIds.map((id) => notices.filter(({ operationId }) => operationId === id))
    }),
)
