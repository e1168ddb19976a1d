import { requireScope } from '../../auth/authorize.ts'
import type { Caller } from '../../auth/caller.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import { builder } from '../builder/builder.ts'
import { type GraphContext, journalOf, type WebhookTarget } from '../context.ts'
import { notRecorded, rejected } from '../operations/recording.ts'
import { limitChanges } from '../services/mutation-limit.ts'
import { GONE, isGone, mayTell, type Queued, queuedResult } from './queued.ts'

const SendTestInput = builder.inputType('SendTestWebhookInput', {
  description: 'To whom a test is to be sent.',
  fields: (t) => ({
    endpointId: t.id({
      required: true,
      description: 'The endpoint, as `PAYAPI_WEBHOOKS_FILE` names it. 웹훅 엔드포인트.',
    }),
  }),
})

builder.mutationField('sendTestWebhook', (t) =>
  t.field({
    type: queuedResult('SendTestWebhookResult', 'The delivery as it then stands, or why nothing is to be sent.'),
    description: `Sends an endpoint a webhook of the type \`webhook.test\`, signed as any other. 시험 웹훅 전송. ${scopeSentence('webhooks:manage')}`,
    args: { input: t.arg({ type: SendTestInput, required: true, description: 'To whom.' }) },
    resolve: async (_, { input }, context, info) => {
      limitChanges(info, context.limits.maxChanges)
      requireScope('webhooks:manage', context)
      const queued = await sendTest(input.endpointId, context)
      if ('type' in queued && queued.type === 'PayApiInvalidInput') context.log.rejected('sendTestWebhook', queued)
      return queued
    },
  }),
)

async function sendTest(endpointId: string, context: GraphContext): Promise<Queued> {
  const { store } = journalOf(context)
  const unknown = () => rejected(null, 'endpointId', 'UNKNOWN_VALUE', 'There is no such endpoint')
  const endpoint = context.webhooks.find(({ id }) => id === endpointId)
  if (endpoint === undefined || !mayTellAll(context.caller, endpoint)) return unknown()
  try {
    if (await isGone(endpoint, store)) return rejected(null, 'endpointId', 'OUT_OF_RANGE', GONE)
    return (await store.run('addTestEvent', { endpointId, now: Date.now() })) ?? unknown()
  } catch (fault) {
    return notRecorded(null, fault)
  }
}

/** An endpoint is of those who may act as every merchant that it is told of. */
function mayTellAll(caller: Caller | undefined, { merchantIds }: WebhookTarget): boolean {
  return merchantIds === undefined ? mayTell(caller, null) : merchantIds.every((id) => mayTell(caller, id))
}
