import { requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import { builder } from '../builder/builder.ts'
import { type GraphContext, journalOf } from '../context.ts'
import { lookupId } from '../lists/given-ids.ts'
import { notRecorded, rejected } from '../operations/recording.ts'
import { limitChanges } from '../services/mutation-limit.ts'
import { GONE, isGone, mayTell, type Queued, queuedResult } from './queued.ts'

const ResendInput = builder.inputType('ResendWebhookInput', {
  description: 'Which delivery is to be made again.',
  fields: (t) => ({
    deliveryId: t.id({ required: true, description: 'The delivery, in whatever state it is. 전송 내역의 ID.' }),
  }),
})

builder.mutationField('resendWebhook', (t) =>
  t.field({
    type: queuedResult('ResendWebhookResult', 'The delivery as it then stands, or why nothing is to be sent.'),
    description: `Sends a webhook once more, with the same \`webhook-id\`, and tries anew for three days. 웹훅 재전송. ${scopeSentence('webhooks:manage')}`,
    args: { input: t.arg({ type: ResendInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input }, context, info) => {
      limitChanges(info, context.limits.maxChanges)
      requireScope('webhooks:manage', context)
      const queued = await resend(lookupId(input.deliveryId, 'input.deliveryId'), context)
      if ('type' in queued && queued.type === 'PayApiInvalidInput') context.log.rejected('resendWebhook', queued)
      return queued
    },
  }),
)

async function resend(id: string, context: GraphContext): Promise<Queued> {
  const { store } = journalOf(context)
  const unknown = () => rejected(null, 'deliveryId', 'UNKNOWN_VALUE', 'There is no such delivery')
  try {
    const delivery = await store.run('webhookDelivery', { id })
    if (delivery === undefined || !mayTell(context.caller, delivery.event.merchantId)) return unknown()
    const endpoint = context.webhooks.find(({ id: each }) => each === delivery.endpointId)
    if (endpoint === undefined)
      return rejected(null, 'deliveryId', 'OUT_OF_RANGE', 'is to an endpoint that is configured no more')
    if (await isGone(endpoint, store))
      return rejected(null, 'deliveryId', 'OUT_OF_RANGE', `is to an endpoint that ${GONE}`)
    return (await store.run('resendWebhook', { id, now: Date.now() })) ?? unknown()
  } catch (fault) {
    return notRecorded(null, fault)
  }
}
