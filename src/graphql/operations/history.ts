import DataLoader from 'dataloader'
import { contentOf } from '../../journal/claims/stored-result.ts'
import type { OperationEvent } from '../../journal/procedures/operations/events.ts'
import { builder } from '../builder/builder.ts'
import { journalOf, perContext } from '../context.ts'
import { reading } from '../lists/reading.ts'
import { OperationType } from './types.ts'

const kinds: Readonly<Record<OperationEvent['kind'], { description: string }>> = {
  RESOLVED: { description: 'What became of it was recorded. 결과 기록.' },
  REOPENED: { description: 'What had been recorded was taken back. 결과 기록 취소.' },
  SETTLE_TRY: { description: 'PayAPI was asked what became of it. 결과 확인 시도.' },
  ANSWERED: { description: 'Its idempotency key was used again, and answered with what had been recorded.' },
}

const EventKind = builder.enumType('PayApiOperationEventKind', {
  description: 'What happened to an operation after its own answer, or the loss of that.',
  values: kinds as Record<OperationEvent['kind'], { description: string }>,
})

const EventType = builder.objectRef<OperationEvent>('PayApiOperationEvent').implement({
  description: 'Something that was recorded of an operation after its own answer, or the loss of that.',
  fields: (t) => ({
    at: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When.',
      resolve: ({ at }) => new Date(at).toISOString(),
    }),
    kind: t.expose('kind', { type: EventKind, nullable: false, description: 'What it is.' }),
    recordedBy: t.exposeString('recordedBy', {
      nullable: false,
      description: 'Who recorded it, or asked for it; `settling` for what the server tried by itself.',
    }),
    processed: t.boolean({
      description:
        'Whether PayAPI had processed the operation, as it was recorded or showed; null where it showed nothing.',
      resolve: (event) => contentOf(event).processed,
    }),
    transactionId: t.id({
      description: 'What the merchant console showed. 거래ID, `tid`.',
      resolve: (event) => contentOf(event).transactionId,
    }),
    note: t.string({
      description: 'What was noted with it, or the reason.',
      resolve: (event) => contentOf(event).note,
    }),
    answer: t.string({
      description:
        'Of a try: the state or result code that PayAPI answered, or why there was no answer; null while it is under way.',
      resolve: (event) => contentOf(event).answer,
    }),
  }),
})

/** How many operations' events are read at once: a page of them is one question. */
const OPERATIONS_AT_ONCE = 100

const eventsOf = perContext((context) => {
  const { store } = journalOf(context)
  return new DataLoader<string, readonly OperationEvent[]>(
    async (operationIds) => {
      const events = await store.run('operationEvents', { operationIds })
      return operationIds.map((id) => events.filter(({ operationId }) => operationId === id))
    },
    // What is recorded within a request is seen in it.
    { cache: false, maxBatchSize: OPERATIONS_AT_ONCE },
  )
})

builder.objectField(OperationType, 'history', (t) =>
  t.field({
    type: [EventType],
    nullable: false,
    description:
      'What was recorded of it after its own answer, or the loss of that, oldest first: by whom, and what was tried.',
    resolve: ({ id }, _, context) => reading(() => eventsOf(context).load(id)),
  }),
)
