import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { Keyring } from '../../src/journal/keyring.ts'
import type { OperationStore } from '../../src/journal/store.ts'
import { aCharge, startJournaledFacade } from './facade.ts'
import { temporaryFolder } from './support.ts'

describe('where the journal cannot be written', () => {
  it('sends nothing and says so', async () => {
    const blocked = join(temporaryFolder(), 'a-folder', 'journal.db')
    mkdirSync(blocked, { recursive: true })
    const { mutate, sandbox } = await startJournaledFacade({ storeUrl: pathToFileURL(blocked).href })
    expect(await mutate('chargeCardBillingKey', aCharge({ idempotencyKey: 'key-1' }))).toMatchObject({
      __typename: 'PayApiTransportError',
      reason: 'JOURNAL_UNAVAILABLE',
      outcome: 'NOT_PROCESSED',
      retryable: true,
      operationId: null,
    })
    expect(sandbox.books.requests['/billing/billpay']).toBe(0)
  })

  it('still looks things up', async () => {
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
    const { data, errors } = await send('{ operation(id: "1") { id } }')
    expect(data).toEqual({ operation: null })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'JOURNAL_UNAVAILABLE' })
  })
})

describe('where the end of a call cannot be written', () => {
  it('tells the caller the truth, and writes it as soon as it can', async () => {
    const facade = await startJournaledFacade()
    const store = facade.journal.operations as OperationStore
    const { finish } = store
    let failures = 0
    store.finish = async (...end) => {
      if (++failures < 3) throw new Error('the disk is away')
      return finish.apply(store, end)
    }
    const answer = await facade.mutate('chargeCardBillingKey', aCharge())
    expect(answer).toMatchObject({ __typename: 'CardPayment' })
    await expect
      .poll(async () => (await store.get(answer['operationId'] as string))?.state, { timeout: 10_000 })
      .toBe('SUCCEEDED')
    expect(facade.events.filter(({ kind }) => kind === 'finish-delayed')).toHaveLength(2)
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
  it('is unknown once its lease has run out, and its key says so', async () => {
    const facade = await startJournaledFacade()
    const store = facade.journal.operations as OperationStore
    const charge = aCharge({ idempotencyKey: 'key-1' })
    // Another process claims and is never heard of again: its end is not written, its lease runs out.
    store.finish = async () => false
    await facade.mutate('chargeCardBillingKey', charge)
    const later = await facade.another({ now: () => Date.now() + 10 * 60_000 })
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
  it('is not sent', async () => {
    let minutes = 0
    const facade = await startJournaledFacade({ now: () => Date.now() + minutes * 60_000 })
    const store = facade.journal.operations as OperationStore
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
    expect(after.matches('an input', before.fingerprint('an input'))).toBe(true)
    expect(new Keyring([fresh]).open(sealed, 'operation 1')).toBeUndefined()
    expect(before.open(after.seal('text', 'operation 1'), 'operation 1')).toBeUndefined()
  })
})
