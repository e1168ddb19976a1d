import { describe, expect, it, vi } from 'vitest'
import { createIdempotencyKey, type KeyStorage } from '../../src/outcome/index.ts'

const INTENT = 'pay ORDER-1042'

const done = { __typename: 'CardPayment' }
const declined = { __typename: 'PgFailure', outcome: 'NOT_PROCESSED', retryable: false }
const invalid = { __typename: 'PayApiInvalidInput', outcome: 'NOT_PROCESSED', retryable: false }
const notSent = { __typename: 'PayApiTransportError', outcome: 'NOT_PROCESSED', retryable: true }
const unknown = { __typename: 'PayApiTransportError', outcome: 'UNKNOWN', retryable: false }
const conflict = { __typename: 'PayApiIdempotencyConflict', outcome: 'NOT_PROCESSED', retryable: false }
const underWay = { __typename: 'PayApiIdempotencyConflict', outcome: 'NOT_PROCESSED', retryable: true }
const forbidden = { errors: [{ message: 'x', extensions: { code: 'FORBIDDEN' } }] }

function storageOf(kept = new Map<string, string>()): KeyStorage & { readonly kept: Map<string, string> } {
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  }
}

/** Sends once with each result, and tells which keys were sent, as letters in the order of their first use. */
function keysOf(...results: readonly unknown[]): string {
  const storage = storageOf()
  const seen: string[] = []
  return results
    .map((result) => {
      // After each a reload.
      const intent = createIdempotencyKey(INTENT, { storage })
      const key = intent.take()
      if (!seen.includes(key)) seen.push(key)
      intent.settle(key, result)
      return 'abcdef'[seen.indexOf(key)]
    })
    .join('')
}

describe('the key of an intent', () => {
  it.each([
    ['done', done],
    ['declined', declined],
    ['invalid', invalid],
    ['refused before it was sent', forbidden],
  ])('is another after one that was %s', (_, result) => {
    expect(keysOf(result, done)).toBe('ab')
  })

  it.each([
    ['unknown', unknown],
    ['lost on the way', new TypeError('Failed to fetch')],
    ['not sent, and may come again', notSent],
    ['of an earlier request', conflict],
    ['under way', underWay],
    ['of a later version', { __typename: 'Later' }],
    ['null', { data: { chargeKeyedInCard: null } }],
    ['still unknown when it was asked for', { __typename: 'PayApiOperation', state: 'UNKNOWN' }],
  ])('is the same after one whose result was %s', (_, result) => {
    expect(keysOf(result, result, done)).toBe('aaa')
  })

  it('is the same when what could not be read comes again wrong: the first may have been processed', () => {
    expect(keysOf(unknown, invalid, forbidden, invalid, done)).toBe('aaaaa')
  })

  it('is another once the unknown one was found out', () => {
    expect(keysOf(unknown, invalid, declined, done, invalid)).toBe('aaabc')
  })

  it('is another once it is known what became of its request, and not because that could not be asked for', () => {
    const intent = createIdempotencyKey(INTENT, { storage: storageOf() })
    const key = intent.take()
    expect(intent.settle(key, unknown).kind).toBe('checking')
    for (const status of [
      forbidden,
      { data: { paymentOperation: null } },
      { data: { paymentOperation: { state: 'UNKNOWN' } } },
    ])
      expect(intent.learn(key, status).kind).toBe('checking')
    expect(intent.pending()).toBe(key)
    expect(intent.learn('another', { data: { paymentOperation: { state: 'FAILED' } } }).kind).toBe('refused')
    expect(intent.pending()).toBe(key)
    expect(intent.learn(key, { data: { paymentOperation: { state: 'FAILED' } } }).kind).toBe('refused')
    expect(intent.pending()).toBeUndefined()
  })

  it('is the same after a reload while a request is under way', () => {
    const storage = storageOf()
    const key = createIdempotencyKey(INTENT, { storage }).take()
    const after = createIdempotencyKey(INTENT, { storage })
    expect(after.pending()).toBe(key)
    expect(after.take()).toBe(key)
    after.settle(key, invalid)
    expect(after.take()).toBe(key)
  })

  it('is renewed once by two answers', () => {
    const intent = createIdempotencyKey(INTENT, { storage: storageOf() })
    const [one, other] = [intent.take(), intent.take()]
    expect(other).toBe(one)
    intent.settle(one, done)
    const next = intent.take()
    intent.settle(other, done)
    expect(intent.take()).toBe(next)
  })

  it('is seen alike by all that have the same intent, and another for another intent', () => {
    const storage = storageOf()
    const [one, other] = [createIdempotencyKey(INTENT, { storage }), createIdempotencyKey(INTENT, { storage })]
    const key = one.take()
    expect(other.take()).toBe(key)
    other.settle(key, done)
    expect(one.pending()).toBeUndefined()
    expect(one.take()).not.toBe(key)
    expect(createIdempotencyKey('pay ORDER-1043', { storage }).pending()).toBeUndefined()
  })

  it('is of letters alone, which hold no digit of a card, and random', () => {
    const keys = Array.from({ length: 200 }, () => createIdempotencyKey(INTENT, { storage: storageOf() }).take())
    expect(keys.filter((key) => !/^[a-z]{32}$/.test(key))).toEqual([])
    expect(new Set(keys).size).toBe(200)
    expect(new Set(keys.join('')).size).toBe(26)
  })
})

describe('run', () => {
  it('sends with the key and tells the outcome', async () => {
    const intent = createIdempotencyKey(INTENT, { storage: storageOf() })
    const sent: string[] = []
    const sendFor = (result: unknown) => async (key: string) => {
      sent.push(key)
      return result
    }
    expect(await intent.run(sendFor(unknown))).toMatchObject({ kind: 'checking' })
    expect(await intent.run(sendFor(done))).toMatchObject({ kind: 'done' })
    expect(sent[0]).toBe(sent[1])
    expect(intent.pending()).toBeUndefined()
  })

  it('tells what was thrown as an outcome, and keeps the key', async () => {
    const intent = createIdempotencyKey(INTENT, { storage: storageOf() })
    expect(await intent.run(() => Promise.reject(new TypeError('Failed to fetch')))).toMatchObject({ kind: 'checking' })
    expect(intent.pending()).toBeDefined()
    const { kind } = await intent.run(() => {
      throw new Error('before anything was sent')
    })
    expect(kind).toBe('checking')
  })
})

describe('where nothing can be stored', () => {
  const forbiddenStorage: KeyStorage = {
    getItem: () => fail(),
    setItem: () => fail(),
    removeItem: () => fail(),
  }
  const fail = () => {
    throw new DOMException('The quota has been exceeded', 'QuotaExceededError')
  }

  it.each([
    ['a server, which has no storage', {}],
    ['a browser that forbids it', { storage: forbiddenStorage }],
    ['a storage that is full', { storage: { ...storageOf(), setItem: fail } }],
    ['a storage that forgets', { storage: { getItem: () => null, setItem: fail, removeItem: () => {} } }],
  ])('%s keeps the key as long as the object lives', (_, options) => {
    const intent = createIdempotencyKey(INTENT, options)
    const key = intent.take()
    intent.settle(key, unknown)
    expect(intent.take()).toBe(key)
    intent.settle(key, done)
    expect(intent.take()).not.toBe(key)
  })

  it('buyers of one server have nothing of each other', () => {
    expect(createIdempotencyKey(INTENT).take()).not.toBe(createIdempotencyKey(INTENT).take())
  })

  it.each(['', 'null', '[]', '{}', '{"key":1,"open":1}', '{"key":"","open":1}', 'not JSON'])(
    'what somebody else has stored there (%j) is no key',
    (text) => {
      const storage = storageOf()
      createIdempotencyKey(INTENT, { storage }).take()
      for (const name of storage.kept.keys()) storage.kept.set(name, text)
      expect(createIdempotencyKey(INTENT, { storage }).take()).toMatch(/^[a-z]{32}$/)
    },
  )
})

it('sessionStorage is used in a page', () => {
  const storage = storageOf()
  vi.stubGlobal('document', {})
  vi.stubGlobal('sessionStorage', storage)
  try {
    const key = createIdempotencyKey(INTENT).take()
    expect([...storage.kept.values()].join()).toContain(key)
  } finally {
    vi.unstubAllGlobals()
  }
})
