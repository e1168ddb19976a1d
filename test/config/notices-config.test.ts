import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../src/config/index.ts'

const ADDRESS = { kind: 'deposit', mid: 'welcometst', token: '0123456789abcdef' }

const notices = (...given: object[]) => ({ PAYAPI_NOTICES: JSON.stringify(given) })

const problemsOf = (env: Readonly<Record<string, string>>): string => {
  try {
    readConfig(env)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('addresses of notices', () => {
  it('none are registered where nothing is set, and what settles is a person', () => {
    expect(readConfig({}).notices).toEqual({
      endpoints: [],
      addresses: undefined,
      settle: 'propose',
      rateLimitPerMinute: 6_000,
      trustedProxies: undefined,
    })
  })

  it.each([
    ['deposit', 'DEPOSIT'],
    ['n2', 'DEPOSIT'],
    ['escrow', 'ESCROW_CHANGE'],
    ['transaction', 'TRANSACTION'],
    ['mobile', 'MOBILE_RESULT'],
  ])('%s is the kind %s', (kind, expected) => {
    const { endpoints } = readConfig(notices({ ...ADDRESS, kind })).notices
    expect(endpoints).toMatchObject([{ kind: expected, merchantId: 'welcometst', charset: undefined }])
  })

  it('are read from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'notices-config-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'notices.json')
    writeFileSync(file, JSON.stringify([ADDRESS]))
    expect(readConfig({ PAYAPI_NOTICES_FILE: file }).notices.endpoints).toHaveLength(1)
    expect(problemsOf({ PAYAPI_NOTICES_FILE: file, ...notices(ADDRESS) })).toContain('set one of them, not both')
  })

  const TOKEN = 'must be 16 to 200 letters'
  it.each([
    ['of no kind', { ...ADDRESS, kind: 'refund' }, 'must be deposit, escrow, transaction or mobile'],
    ['with a token that is too short', { ...ADDRESS, token: '0123456789abcde' }, TOKEN],
    ['with a token that is no part of a path', { ...ADDRESS, token: '0123456789/abcdef' }, TOKEN],
    ['with a charset that the PG does not have', { ...ADDRESS, charset: 'latin1' }, 'must be euc-kr or utf-8'],
    ['with a field that there is none', { ...ADDRESS, secret: 'x' }, 'and nothing else'],
    ['of deposits with a mapping', { ...ADDRESS, fields: {} }, 'only for the kind transaction'],
    ['of deposits with an answer', { ...ADDRESS, answer: 'OK' }, 'an answer only for'],
    [
      'of escrow changes with an answer of another form',
      { ...ADDRESS, kind: 'escrow', answer: 'xml' },
      'form, json or ok',
    ],
    [
      'with a name of a field that there is none',
      { ...ADDRESS, kind: 'transaction', fields: { order: 'x' } },
      'field names by ours: merchantId, orderId',
    ],
    [
      'with a signature over nothing',
      { ...ADDRESS, kind: 'transaction', signature: { fields: [] } },
      'at least one field',
    ],
  ])('%s is refused, by name and without its value', (_, given, problem) => {
    const said = problemsOf(notices(given))
    expect(said).toContain('PAYAPI_NOTICES[0]')
    expect(said).toContain(problem)
    expect(said).not.toContain(given.token)
  })

  it('named twice, of a merchant that is not configured, or without a journal, are refused', () => {
    expect(problemsOf(notices(ADDRESS, ADDRESS))).toContain('names an address twice')
    expect(problemsOf({ ...notices(ADDRESS), PAYAPI_JOURNAL: 'off' })).toContain('PAYAPI_JOURNAL must be on')
    const merchant = { mid: 'shop', signKey: 'k', apiKey: 'a'.repeat(32), apiIv: 'b'.repeat(16) }
    expect(problemsOf({ ...notices(ADDRESS), PAYAPI_MERCHANTS: JSON.stringify([merchant]) })).toContain(
      'names a mid that is none of PAYAPI_MERCHANTS',
    )
  })
})

describe('addresses of the PG', () => {
  it.each(['118.129.171.152', '118.129.171.0/24, 2001:db8::/32', '::1'])('%s are read', (given) => {
    expect(readConfig({ PAYAPI_NOTICES_ADDRESSES: given }).notices.addresses).toBeDefined()
  })

  it.each(['pg.example', '1.2.3', '1.2.3.4/33', '::1/129', ''.padEnd(3, ',')])('%j are refused', (given) => {
    expect(problemsOf({ PAYAPI_NOTICES_ADDRESSES: given })).toContain('PAYAPI_NOTICES_ADDRESSES must')
    expect(problemsOf({ PAYAPI_TRUSTED_PROXIES: given })).toContain('PAYAPI_TRUSTED_PROXIES must')
  })

  it('are needed where verified notices settle', () => {
    expect(problemsOf({ PAYAPI_NOTICES_SETTLE: 'verified' })).toContain('needs PAYAPI_NOTICES_ADDRESSES')
    expect(problemsOf({ PAYAPI_NOTICES_SETTLE: 'verified', PAYAPI_NOTICES_ADDRESSES: '::1' })).toBe('')
  })

  it('match as addresses and networks, and an IPv4 address also in the clothes of IPv6', () => {
    const { addresses } = readConfig({ PAYAPI_NOTICES_ADDRESSES: '203.0.113.0/24,2001:db8::/32' }).notices
    const taken = ['203.0.113.9', '::ffff:203.0.113.9', '2001:db8::7', '203.0.114.1', '2001:db9::1', 'nowhere']
    expect(taken.map((address) => addresses?.includes(address))).toEqual([true, true, true, false, false, false])
  })
})
