import { mayActAs, requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/caller.ts'
import type { Notice } from '../../journal/notices.ts'
import { StoreUnavailableError } from '../../journal/store.ts'
import { newId } from '../../lib/ids.ts'
import { composedText, type InvalidInput, type IssueCode, type TransportError } from '../../payapi/index.ts'
import { builder } from '../builder.ts'
import { callerId, type GraphContext, journalOf } from '../context.ts'
import { InvalidInputType, TransportErrorType } from '../failures/types.ts'
import { limitChanges } from '../mutation-limit.ts'
import { NoticeType } from './types.ts'

const AcknowledgeInput = builder.inputType('AcknowledgeNoticeInput', {
  description: 'Which notice a person looked at.',
  fields: (t) => ({
    noticeId: t.id({ required: true, description: 'The notice.' }),
    note: t.string({ description: 'Anything worth remembering, at most 500 characters. No card data.' }),
  }),
})

const MAX_NOTE = 500
const NOTE = composedText(MAX_NOTE)

type Acknowledged = Notice | InvalidInput | TransportError

const AcknowledgeResult = builder.unionType('AcknowledgeNoticeResult', {
  description: 'The notice as it then stands, or why nothing was recorded.',
  types: [NoticeType, InvalidInputType, TransportErrorType],
  resolveType: (acknowledged: Acknowledged) => ('type' in acknowledged ? acknowledged.type : 'PayApiNotice'),
})

builder.mutationField('acknowledgeNotice', (t) =>
  t.field({
    type: AcknowledgeResult,
    description: `Records that a person looked at a notice that needed one. It moves nothing: \`needsAttention\` finds it no more. ${scopeSentence('notices:manage')}`,
    args: { input: t.arg({ type: AcknowledgeInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input }, context, info) => {
      limitChanges(info, context.limits.maxChanges)
      requireScope('notices:manage', context)
      const acknowledged = await acknowledge(input, context)
      if ('type' in acknowledged && acknowledged.type === 'PayApiInvalidInput')
        context.log.rejected('acknowledgeNotice', acknowledged)
      return acknowledged
    },
  }),
)

async function acknowledge(input: typeof AcknowledgeInput.$inferInput, context: GraphContext): Promise<Acknowledged> {
  const { noticeId: id } = input
  const { operations: store } = journalOf(context)
  const noted = NOTE.nullish().safeParse(input.note)
  const { data: note = null } = noted
  if (!noted.success || (note !== null && [...note].length > MAX_NOTE))
    return rejected('note', 'TOO_LONG', `must be at most ${MAX_NOTE} characters`)
  const unknown = () => rejected('noticeId', 'UNKNOWN_VALUE', 'There is no such notice')
  try {
    const notice = await store.run('notice', { id })
    if (notice === undefined || !mayActAs(context.caller, notice.merchantId)) return unknown()
    const by = callerId(context.caller)
    return (await store.run('acknowledgeNotice', { id, at: Date.now(), by, note })) ?? unknown()
  } catch (fault) {
    if (!(fault instanceof StoreUnavailableError)) throw fault
    const message = 'The journal cannot be written now, so nothing was recorded. It may be tried again.'
    return { ...nothingDone(message), type: 'PayApiTransportError', retryable: true, reason: 'JOURNAL_UNAVAILABLE' }
  }
}

const rejected = (field: string, code: IssueCode, message: string): InvalidInput => ({
  ...nothingDone('The input was rejected and nothing was recorded.'),
  type: 'PayApiInvalidInput',
  issues: [{ path: [field], code, message }],
})

const nothingDone = (message: string) =>
  ({
    message,
    outcome: 'NOT_PROCESSED',
    retryable: false,
    requestId: newId(),
    requestedAt: new Date().toISOString(),
    merchantId: null,
    orderId: null,
    transactionId: null,
    operationId: null,
  }) as const
