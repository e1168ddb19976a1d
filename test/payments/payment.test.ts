import { describe, expect, it } from 'vitest'
import type { OperationState } from '../../src/journal/store.ts'
import { SERVICES, type Service } from '../../src/payapi/index.ts'
import { paymentOf } from '../../src/payments/payment.ts'
import type { PaymentNotice, PaymentOperation } from '../../src/payments/payment-records.ts'
import { Random } from '../support/payapi/random.ts'

const KEY = { merchantId: 'welcometst', transactionId: 'T-1' }
const START = Date.UTC(2026, 0, 1)

let count = 0

function operation(
  step: PaymentOperation['step'],
  amount: string | null,
  state: OperationState = 'SUCCEEDED',
  more: Partial<PaymentOperation> = {},
): PaymentOperation {
  const id = `op-${++count}`
  return {
    step,
    paymentMethod: step === 'APPROVAL' ? 'CARD' : null,
    currency: step === 'APPROVAL' ? 'KRW' : null,
    success: state === 'SUCCEEDED' ? {} : undefined,
    records: [],
    ...more,
    operation: {
      id,
      service: 'any',
      ...KEY,
      caller: 'shop',
      fingerprint: '',
      orderId: step === 'APPROVAL' ? 'ORDER-1' : null,
      amount,
      claimsOrder: false,
      owner: 'owner',
      createdAt: START + count,
      idempotencyKeyPrefix: null,
      state,
      finishedAt: null,
      result: null,
      resolution: null,
      request: null,
      unreadable: null,
    },
  }
}

const notice = (effect: PaymentNotice['effect'], amount: string | null = '3000'): PaymentNotice => ({
  id: `notice-${++count}`,
  kind: 'DEPOSIT',
  at: START + count,
  effect,
  amount,
  transactionId: KEY.transactionId,
  orderId: 'ORDER-2',
  paymentMethod: 'VIRTUAL_ACCOUNT',
  approvalNumber: null,
  occurredAt: null,
})

const known = (operations: readonly PaymentOperation[], notices: readonly PaymentNotice[] = []) => {
  const payment = paymentOf(KEY, operations, notices)
  if (payment === undefined) throw new Error('nothing is known of the payment')
  return payment
}

const approved = (amount = '10000') => operation('APPROVAL', amount)
const partly = (amount: string, state?: OperationState, success: Record<string, unknown> = {}) =>
  operation('PARTIAL_CANCEL', amount, state, state === undefined || state === 'SUCCEEDED' ? { success } : {})

describe('amounts of a payment', () => {
  it.each(Array.from({ length: 200 }, (_, seed) => [seed]))(
    'amount = canceled + remaining, and each is what a ledger says, whatever happens (%i)',
    (seed) => {
      const random = new Random(seed)
      const amount = BigInt(random.digits(1 + random.below(20))) + 1n
      const operations = [approved(String(amount))]
      let [left, waiting] = [amount, 0n]
      for (let round = random.below(12); round > 0 && left > 0n; round--) {
        const part = (left * BigInt(random.below(101))) / 100n
        const cancel = part === left ? 'CANCEL' : 'PARTIAL_CANCEL'
        const state = random.pick(['SUCCEEDED', 'FAILED', 'UNKNOWN', 'IN_PROGRESS'] as const)
        operations.push(operation(cancel, String(part), state))
        if (state === 'SUCCEEDED') left -= part
        if (state === 'UNKNOWN' || state === 'IN_PROGRESS') waiting += part
      }
      expect(known(operations)).toMatchObject({
        amount: String(amount),
        canceledAmount: String(amount - left),
        remainingAmount: String(left),
        unsettledAmount: String(waiting < left ? waiting : left),
        status: left === amount ? 'APPROVED' : left === 0n ? 'CANCELED' : 'PARTIALLY_CANCELED',
      })
    },
  )

  it('a full cancel takes back all that there is, whatever amount it was asked with', () => {
    expect(known([approved(), partly('1000'), operation('CANCEL', '9000')])).toMatchObject({ remainingAmount: '0' })
    expect(known([approved(), operation('CANCEL', '1')])).toMatchObject({ canceledAmount: '10000', status: 'CANCELED' })
  })

  it('what PayAPI says remains counts where less remains than we know of: something was canceled elsewhere', () => {
    expect(known([approved(), partly('1000', 'SUCCEEDED', { remainingAmount: '8500' })])).toMatchObject({
      canceledAmount: '1500',
      remainingAmount: '8500',
    })
    expect(known([approved(), partly('1000', 'SUCCEEDED', { remainingAmount: '9999' })])).toMatchObject({
      remainingAmount: '9000',
    })
  })

  it('where more was canceled than was taken, nothing remains', () => {
    expect(known([approved('100'), partly('60'), partly('60')])).toMatchObject({
      canceledAmount: '100',
      remainingAmount: '0',
      status: 'CANCELED',
    })
  })

  it('of a payment that was never seen approved, only what was canceled is known', () => {
    expect(known([partly('12.50'), partly('0.50'), partly('1', 'UNKNOWN')])).toMatchObject({
      amount: null,
      remainingAmount: null,
      canceledAmount: '13',
      unsettledAmount: '1',
      status: 'PARTIALLY_CANCELED',
    })
    expect(known([operation('CANCEL', '50000')])).toMatchObject({ status: 'CANCELED', amount: null })
    expect(known([operation('CANCEL', '50000', 'FAILED')])).toMatchObject({ status: null, canceledAmount: '0' })
    expect(known([partly('1', 'SUCCEEDED', { remainingAmount: '0' })])).toMatchObject({ status: 'CANCELED' })
  })

  it('a charge whose outcome is not known (again) took nothing', () => {
    expect(known([operation('APPROVAL', '10000', 'UNKNOWN')])).toMatchObject({ status: null, amount: null })
  })
})

describe('what a notice makes of a payment', () => {
  it('an issue is not money, a deposit is, and a withdrawn one is gone', () => {
    expect(known([], [notice('AWAITS_DEPOSIT')])).toMatchObject({ status: 'AWAITING_DEPOSIT', amount: null })
    const deposited = [notice('AWAITS_DEPOSIT'), notice('APPROVES')]
    expect(known([], deposited)).toMatchObject({
      status: 'APPROVED',
      amount: '3000',
      currency: 'KRW',
      orderId: 'ORDER-2',
      paymentMethod: 'VIRTUAL_ACCOUNT',
    })
    expect(known([partly('1000')], deposited)).toMatchObject({ status: 'PARTIALLY_CANCELED', remainingAmount: '2000' })
    expect(known([], [...deposited, notice('WITHDRAWS_DEPOSIT')])).toMatchObject({
      status: 'DEPOSIT_WITHDRAWN',
      canceledAmount: '3000',
      remainingAmount: '0',
    })
  })

  it('what happened last counts: a deposit after a withdrawal stands, under the same id or another', () => {
    const [first, gone, second] = [notice('APPROVES'), notice('WITHDRAWS_DEPOSIT'), notice('APPROVES')]
    expect(known([], [first, gone, second])).toMatchObject({ status: 'APPROVED', remainingAmount: '3000' })
    const other = { ...second, transactionId: 'T-2' }
    const withdrawal = { ...gone, transactionId: 'T-W' }
    expect(known([], [first, withdrawal, other])).toMatchObject({ status: 'DEPOSIT_WITHDRAWN' })
    const key = { ...KEY, transactionId: 'T-2' }
    expect(paymentOf(key, [], [first, withdrawal, other])).toMatchObject({ status: 'APPROVED' })
    const again = { ...notice('WITHDRAWS_DEPOSIT'), transactionId: 'T-W2' }
    expect(paymentOf(key, [], [first, withdrawal, other, again])).toMatchObject({ status: 'DEPOSIT_WITHDRAWN' })
  })

  it('a withdrawal that came first takes back what happened before it, and not what happened after', () => {
    const [gone, deposit] = [notice('WITHDRAWS_DEPOSIT'), notice('APPROVES')]
    const at = (each: PaymentNotice, occurredAt: number) => ({ ...each, occurredAt })
    expect(known([], [at(gone, 2), at(deposit, 1)])).toMatchObject({ status: 'DEPOSIT_WITHDRAWN' })
    expect(known([], [at(gone, 1), at(deposit, 1)])).toMatchObject({ status: 'DEPOSIT_WITHDRAWN' })
    expect(known([], [at(gone, 1), at(deposit, 2)])).toMatchObject({ status: 'APPROVED' })
  })

  it('a withdrawal of another amount or order, or of what a charge took, takes nothing back', () => {
    const deposit = notice('APPROVES')
    const withdrawals = [notice('WITHDRAWS_DEPOSIT', '1'), { ...notice('WITHDRAWS_DEPOSIT'), orderId: 'ORDER-3' }]
    for (const withdrawal of withdrawals) expect(known([], [deposit, withdrawal])).toMatchObject({ status: 'APPROVED' })
    expect(known([approved('3000')], [notice('WITHDRAWS_DEPOSIT')])).toMatchObject({ status: 'APPROVED' })
  })

  it('a withdrawal takes back the deposit that it names, also where another came after it', () => {
    const other = { ...notice('APPROVES'), transactionId: 'T-2' }
    const withdrawal = { ...notice('WITHDRAWS_DEPOSIT'), transactionId: 'T-2' }
    const deposit = { ...notice('APPROVES'), at: withdrawal.at - 0.5 }
    expect(known([], [other, deposit, withdrawal])).toMatchObject({ status: 'APPROVED' })
  })

  it('a deposit that notices of two kinds tell of, each under its own id, is taken back whole', () => {
    const deposit = notice('APPROVES')
    const copy: PaymentNotice = { ...notice('APPROVES'), kind: 'TRANSACTION', transactionId: 'T-2' }
    const withdrawal = { ...notice('WITHDRAWS_DEPOSIT'), transactionId: 'T-W' }
    expect(known([], [deposit, copy, withdrawal])).toMatchObject({ status: 'DEPOSIT_WITHDRAWN' })
  })

  it('one that is not trusted moves nothing, and stands in the history', () => {
    const payment = known([], [notice(null)])
    expect(payment).toMatchObject({ status: null, amount: null })
    expect(payment.history).toMatchObject([{ kind: 'NOTICE', amount: '3000' }])
  })

  it('nothing is known where nothing names the payment', () => {
    expect(paymentOf(KEY, [], [])).toBeUndefined()
  })
})

it('the history is in the order of time, with what was recorded of an operation', () => {
  const at = (ms: number) => new Date(START + ms).toISOString()
  const record = { kind: 'RESOLUTION', at: at(3_600_000), by: 'ops', processed: true, note: null } as const
  const charge = approved()
  const lost = { ...partly('1000'), records: [record] }
  const { history } = known([charge, lost, operation('ESCROW', '10000')], [notice(null)])
  expect(history.map(({ kind, amount }) => [kind, amount])).toEqual([
    ['APPROVAL', '10000'],
    ['PARTIAL_CANCEL', '1000'],
    ['ESCROW', null],
    ['NOTICE', '3000'],
    ['RESOLUTION', null],
  ])
  expect(history.at(-1)).toMatchObject({ operation: { id: lost.operation.id }, record })
})

it('every service whose success names a payment says which step of it that is', () => {
  const steps = Object.values<Service>(SERVICES).filter(({ effect }) => effect !== 'lookup')
  const naming = steps.filter(({ effect, request }) => effect === 'charge' || request['transactionId'] !== undefined)
  expect(naming.filter(({ step }) => step === undefined)).toEqual([])
  expect(steps.filter((service) => service.step !== undefined && !naming.includes(service))).toEqual([])
})
