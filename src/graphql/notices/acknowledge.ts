import { mayActAs, requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import type { Notice } from '../../journal/records/notices.ts'
import type { InvalidInput, TransportError } from '../../payapi/index.ts'
import { builder } from '../builder/builder.ts'
import { callerId, type GraphContext, journalOf } from '../context.ts'
import { InvalidInputType, TransportErrorType } from '../failures/types.ts'
import { noteIn, noteTooLong, notRecorded, rejected } from '../operations/recording.ts'
import { limitChanges } from '../services/mutation-limit.ts'
import { NoticeType } from './types.ts'

const AcknowledgeInput = builder.inputType('AcknowledgeNoticeInput', {
  description: 'Which notice a person looked at.',
  fields: (t) => ({
    noticeId: t.id({ required: true, description: 'The notice.' }),
    note: t.string({ description: 'Anything worth remembering, at most 500 characters. No card data.' }),
  }),
})

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
  const { store } = journalOf(context)
  const note = input.note == null ? null : noteIn(input.note)
  if (note === undefined) return noteTooLong(null, 'note')
  const unknown = () => rejected(null, 'noticeId', 'UNKNOWN_VALUE', 'There is no such notice')
  try {
    const notice = await store.run('notice', { id })
    if (notice === undefined || !mayActAs(context.caller, notice.merchantId)) return unknown()
    const by = callerId(context.caller)
    return (await store.run('acknowledgeNotice', { id, at: Date.now(), by, note })) ?? unknown()
  } catch (fault) {
    return notRecorded(null, fault)
  }
}
