import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { Keyring } from '../../src/journal/keys/keyring.ts'
import { openStore } from '../../src/journal/open-store.ts'
import type { OperationStore } from '../../src/journal/operation-store.ts'
import { StoreUnavailableError } from '../../src/journal/store.ts'
import { aCharge, scenario, startJournaledFacade } from '../support/journal/facade.ts'
import { temporaryFolder } from '../support/journal/store.ts'

const aCancel = () => ({ paymentMethod: 'CARD', transactionId: 'SANDBOX-CARD-1', amount: '50000', currency: 'KRW' })

describe('where the journal cannot be written', () => {
  it.each([
    ['a cancel without a key, which nothing earlier stands for', 'cancelPayment', aCancel(), 'NOT_PROCESSED'],
    ['a charge without a key, whose order may have been charged before', 'chargeCardBillingKey', aCharge(), 'UNKNOWN'],
  ])('sends nothing of %s, and says so', async (_, name, input, outcome) => {
    const blocked = join(temporaryFolder(), 'a-folder', 'journal.db')
    mkdirSync(blocked, { recursive: true })
    const { mutate, sandbox } = await startJournaledFacade({ storeUrl: pathToFileURL(blocked).href })
    expect(await mutate(name, input)).toMatchObject({
      __typename: 'PayApiTransportError',
      reason: 'JOURNAL_UNAVAILABLE',
      outcome,
      retryable: true,
      operationId: null,
    })
    expect(Object.values(sandbox.books.requests).every((count) => count === 0)).toBe(true)
  })

  it.each([
    ['chargeCardBillingKey', aCharge],
    ['chargeMobileBillingKey', () => aCharge({ billingKey: 'SANDBOX-MOBILEKEY-1' })],
  ])(
    'does not say of a key, of %s, that nothing was processed under it: only to ask again with it',
    async (name, input) => {
      const facade = await startJournaledFacade()
      const charge = { ...input(), idempotencyKey: 'key-1' }
      const first = await facade.mutate(name, charge)
      const blocked = join(temporaryFolder(), 'a-folder', 'journal.db')
      mkdirSync(blocked, { recursive: true })
      const away = await facade.another({
        store: openStore(pathToFileURL(blocked).href, { owner: 'another', keys: [randomBytes(32)] }),
      })
      const repeated = await away.mutate(name, charge)
      expect(repeated).toMatchObject({ reason: 'JOURNAL_UNAVAILABLE', outcome: 'UNKNOWN', retryable: true })
      expect(repeated['message']).toMatch(/Ask again with the same idempotencyKey, and with no other\.$/)
      expect(await facade.mutate(name, charge)).toEqual(first)
    },
  )

  it('lookups are answered where the journal cannot be written', async () => {
    const blocked = join(temporaryFolder(), 'a-folder', 'journal.db')
    mkdirSync(blocked, { recursive: true })
    const { send } = await startJournaledFacade({ storeUrl: pathToFileURL(blocked).href })
    const { data } = await send('{ cardPrefix(prefix: "949094") { __typename } }')
    expect(data?.['cardPrefix']).toEqual({ __typename: 'CardPrefix' })
  })

  it('tells an operator that asks for operations', async () => {
    const blocked = join(temporaryFolder(), 'a-folder', 'journal.db')
    mkdirSync(blocked, { recursive: true })
    const { send } = await startJournaledFacade({ storeUrl: pathToFileURL(blocked).href })
    const { data, errors } = await send('{ paymentOperation(id: "1") { id } }')
    expect(data).toEqual({ paymentOperation: null })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'JOURNAL_UNAVAILABLE' })
  })
})

it('a fault of our own while a call is sent leaves it unknown, and is told to the operator as such', async () => {
  const fault = new Error('a bug')
  const { mutate, events } = await startJournaledFacade({ send: () => Promise.reject(fault) })
  const answer = await mutate('chargeCardBillingKey', aCharge())
  expect(answer).toMatchObject({ reason: 'UNREADABLE_RESPONSE', outcome: 'UNKNOWN', retryable: false })
  expect(events).toContainEqual({ kind: 'send-failed', operationId: answer['operationId'], fault })
})

describe('where the end of a call cannot be written', () => {
  /** A facade whose store takes no ending until it is told to. */
  const withoutEndings = async (waitMs = 0) => {
    const facade = await startJournaledFacade({ waitMs })
    const store = facade.journal.store as OperationStore
    const { claim, finish } = store
    let isAway = true
    let claims = 0
    store.claim = (operation) => {
      claims++
      return claim.call(store, operation)
    }
    store.finish = async (...end) => {
      if (isAway) throw new StoreUnavailableError('the disk is away')
      return finish.apply(store, end)
    }
    return {
      ...facade,
      store,
      claims: () => claims,
      comeBack: () => {
        isAway = false
      },
    }
  }

  it('tells the caller the truth, and writes it as soon as it can', async () => {
    const { mutate, store, events, comeBack } = await withoutEndings()
    const answer = await mutate('chargeCardBillingKey', aCharge())
    expect(answer).toMatchObject({ __typename: 'CardPayment' })
    await expect.poll(() => events.filter(({ kind }) => kind === 'finish-delayed').length).toBeGreaterThan(1)
    comeBack()
    await expect.poll(async () => (await store.get(answer['operationId'] as string))?.state).toBe('SUCCEEDED')
  })

  it('answers its key from memory meanwhile, and never says that it is in progress', async () => {
    const { mutate, sandbox, store, comeBack } = await withoutEndings()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const first = await mutate('chargeCardBillingKey', charge)
    expect(first).toMatchObject({ __typename: 'CardPayment' })
    expect(await mutate('chargeCardBillingKey', charge)).toEqual(first)
    expect((await store.get(first['operationId'] as string))?.state).toBe('IN_PROGRESS')
    expect(await mutate('chargeCardBillingKey', { ...charge, amount: '2000' })).toMatchObject({
      __typename: 'PayApiIdempotencyConflict',
    })
    comeBack()
    await expect.poll(async () => (await store.get(first['operationId'] as string))?.state).toBe('SUCCEEDED')
    expect(await mutate('chargeCardBillingKey', charge)).toEqual(first)
    expect(sandbox.books.charges).toHaveLength(1)
  })

  it('answers the key of what never left accordingly, until it is free again', async () => {
    const { mutate, sandbox, claims, comeBack } = await withoutEndings(3_000)
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const notSent = { reason: 'CONNECTION_REFUSED', outcome: 'NOT_PROCESSED', retryable: true }
    expect(await mutate('chargeCardBillingKey', charge, scenario('refused'))).toMatchObject(notSent)
    expect(await mutate('chargeCardBillingKey', charge)).toMatchObject(notSent)
    expect(claims()).toBe(2)
    comeBack()
    await expect.poll(() => mutate('chargeCardBillingKey', charge)).toMatchObject({ __typename: 'CardPayment' })
    expect(sandbox.books.charges).toHaveLength(1)
  })

  it('an end that could not be written is tried once more before the process ends', async () => {
    const facade = await withoutEndings()
    const charge = aCharge({ idempotencyKey: 'key-1' })
    const first = await facade.mutate('chargeCardBillingKey', charge)
    facade.comeBack()
    await facade.journal.close()
    const next = await facade.another()
    expect(await next.mutate('chargeCardBillingKey', charge)).toEqual(first)
  })
})

describe('what lies on disk', () => {
  it('holds no card number, date of birth, password, or billing key', async () => {
    const folder = temporaryFolder()
    const facade = await startJournaledFacade({ storeUrl: pathToFileURL(join(folder, 'journal.db')).href })
    const { billingKey } = await facade.mutate('issueCardBillingKeyWithoutAuth', {
      buyer: { name: '홍길동' },
      card: { number: '4000000000000002', expiryYear: '29', expiryMonth: '12' },
      idempotencyKey: 'key-1',
    })
    expect(billingKey).toEqual(expect.any(String))
    const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
      .join()
    expect(bytes).toContain('key-1')
    for (const secret of ['4000000000000002', billingKey as string]) {
      expect(bytes).not.toContain(secret)
      expect(bytes).not.toContain(Buffer.from(secret).toString('base64').slice(0, 12))
    }
    // The key that was answered once is answered again: it was kept, only sealed.
    const again = await facade.mutate('issueCardBillingKeyWithoutAuth', {
      buyer: { name: '홍길동' },
      card: { number: '4000000000000002', expiryYear: '29', expiryMonth: '12' },
      idempotencyKey: 'key-1',
    })
    expect(again).toMatchObject({ billingKey })
  })
})

describe('a call that was under way when its process died', () => {
  it('is unknown from the next start on, and its key says so', async () => {
    const facade = await startJournaledFacade()
    const store = facade.journal.store as OperationStore
    const charge = aCharge({ idempotencyKey: 'key-1' })
    // A process claims and is never heard of again: its end is not written.
    store.finish = async () => false
    await facade.mutate('chargeCardBillingKey', charge)
    await facade.journal.close()
    const later = await facade.another()
    expect(await later.mutate('chargeCardBillingKey', charge)).toMatchObject({
      __typename: 'PayApiTransportError',
      reason: 'INTERRUPTED',
      outcome: 'UNKNOWN',
      orderId: charge.orderId,
    })
    expect(facade.sandbox.books.charges).toHaveLength(1)
  })
})

describe('a claim that took so long that its lease could end before the call', () => {
  it('a call whose claim took so long that its lease could end first is not sent', async () => {
    let minutes = 0
    const facade = await startJournaledFacade({ monotonicNow: () => performance.now() + minutes * 60_000 })
    const store = facade.journal.store as OperationStore
    const { claim } = store
    store.claim = async (operation) => {
      const granted = await claim.call(store, operation)
      minutes = 10
      return granted
    }
    expect(await facade.mutate('chargeCardBillingKey', aCharge())).toMatchObject({
      reason: 'JOURNAL_UNAVAILABLE',
      outcome: 'NOT_PROCESSED',
    })
    expect(facade.sandbox.books.charges).toHaveLength(0)
  })
})

describe('a key of the journal', () => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)]

  it('opens what it sealed, for what it was sealed for', () => {
    const keyring = new Keyring([old])
    const sealed = keyring.seal('a billing key', 'operation 1')
    expect(keyring.open(sealed, 'operation 1')).toBe('a billing key')
    expect(keyring.open(sealed, 'operation 2')).toBeUndefined()
    expect(keyring.open(`${sealed.slice(0, -2)}xx`, 'operation 1')).toBeUndefined()
    expect(sealed).not.toContain('billing')
  })

  it('can be replaced, and what it sealed still opens while it stands behind the new one', () => {
    const before = new Keyring([old])
    const after = new Keyring([fresh, old])
    const sealed = before.seal('a billing key', 'operation 1')
    expect(after.open(sealed, 'operation 1')).toBe('a billing key')
    expect(after.compare('an input', before.fingerprint('an input'))).toBe('SAME')
    expect(after.compare('another', before.fingerprint('an input'))).toBe('DIFFERENT')
    expect(before.compare('an input', after.fingerprint('an input'))).toBe('UNKNOWN_KEY')
    expect(new Keyring([fresh]).open(sealed, 'operation 1')).toBeUndefined()
    expect(before.open(after.seal('text', 'operation 1'), 'operation 1')).toBeUndefined()
  })
})
