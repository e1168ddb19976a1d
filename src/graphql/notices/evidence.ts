import DataLoader from 'dataloader'
import type { Notice } from '../../journal/records/notices.ts'
import { builder } from '../builder.ts'
import { type GraphContext, journalOf } from '../context.ts'
import { reading } from '../operations/read.ts'
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

type Evidence = DataLoader<string, readonly Notice[]>

const loaders = new WeakMap<GraphContext, Evidence>()

/** However many operations are on a page, the journal is asked once. */
function evidenceOf(context: GraphContext): Evidence {
  const known = loaders.get(context) ?? new DataLoader((ids) => evidence(ids, context))
  loaders.set(context, known)
  return known
}

async function evidence(operationIds: readonly string[], context: GraphContext): Promise<(readonly Notice[])[]> {
  const notices = await journalOf(context).store.run('noticesOfOperations', { operationIds })
  return operationIds.map((id) => notices.filter(({ operationId }) => operationId === id))
}
