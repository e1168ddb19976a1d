import type { NoticeServices } from '../../journal/procedures/notices/verdict.ts'
import type { ESCROW_EVENT } from '../../payapi/definition/enums.ts'
import { ALL_SERVICES, type PaymentStep, type Service, type ServiceName } from '../../payapi/index.ts'

const named = (fits: (service: Service) => boolean): readonly string[] =>
  Object.values<Service>(ALL_SERVICES)
    .filter(fits)
    .map(({ name }) => name)

const ofStep = (wanted: PaymentStep) => named(({ step }) => step === wanted)

/** What an escrow change of ours is reported as. Of a cancel, cancels are looked for. */
const BY_ESCROW_EVENT: Readonly<Record<keyof typeof ESCROW_EVENT.values, readonly ServiceName[]>> = {
  DELIVERY_REGISTERED: ['registerEscrowDelivery'],
  CONFIRMED: ['confirmEscrowPurchase'],
  CONFIRMED_AUTOMATICALLY: [],
  CONFIRMED_BY_FORCE: [],
  DENIED: ['denyEscrowPurchase'],
  CANCELED: [],
  DENIAL_CONFIRMED: ['confirmEscrowDenial'],
}

/** Which services a notice may speak of. */
export const NOTICE_SERVICES: NoticeServices = {
  approvals: named(({ effect }) => effect === 'charge'),
  cancels: ofStep('CANCEL'),
  partialCancels: ofStep('PARTIAL_CANCEL'),
  byEscrowEvent: BY_ESCROW_EVENT,
}
