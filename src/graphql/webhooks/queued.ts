import { mayActAs } from '../../auth/authorize.ts'
import type { Caller } from '../../auth/caller.ts'
import type { Journal } from '../../journal/journal.ts'
import type { WebhookDelivery } from '../../journal/records/events.ts'
import type { InvalidInput, TransportError } from '../../payapi/index.ts'
import { builder } from '../builder/builder.ts'
import type { WebhookTarget } from '../context.ts'
import { InvalidInputType, TransportErrorType } from '../failures/types.ts'
import { WebhookDeliveryType } from './types.ts'

// What the mutations have in common that send a webhook.

/** How such a mutation ends. */
export type Queued = WebhookDelivery | InvalidInput | TransportError

export const queuedResult = (name: string, description: string) =>
  builder.unionType(name, {
    description,
    types: [WebhookDeliveryType, InvalidInputType, TransportErrorType],
    resolveType: (queued: Queued) => ('type' in queued ? queued.type : 'PayApiWebhookDelivery'),
  })

/** Whether an endpoint said that it wants nothing more, at the address where it is. */
export async function isGone({ id, url }: WebhookTarget, store: Journal['store']): Promise<boolean> {
  return (await store.run('beginEndpoints', { endpoints: [{ id, url: url.href }] })).length > 0
}

export const GONE = 'answered 410 and is sent nothing more: it begins anew at another URL'

/** Whether a caller may have told what is of a merchant; what is of none is for those who may act as all. */
export const mayTell = (caller: Caller | undefined, merchantId: string | null): boolean =>
  merchantId === null ? caller !== undefined && caller.merchants === undefined : mayActAs(caller, merchantId)
