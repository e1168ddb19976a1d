/** A merchant that the sandbox knows, with the keys of the real thing's form and no real one's value. */
export interface SandboxMerchant {
  /** Merchant id, up to 10 characters. */
  readonly mid: string
  /** Key of the signature. */
  readonly signKey: string
  /** AES-256 key of the card fields, 32 ASCII characters. */
  readonly apiKey: string
  /** Initialization vector of the card fields, 16 ASCII characters. */
  readonly apiIv: string
}

/**
 * The merchants that a sandbox started from the command line knows. The first has the published demonstration signKey.
 */
export const DEMO_MERCHANTS: readonly [SandboxMerchant, SandboxMerchant] = [
  {
    mid: 'welcometst',
    signKey: 'SU5JTElURV9UUklQTEVERVNfS0VZU1RS',
    apiKey: '0123456789abcdef0123456789abcdef',
    apiIv: 'fedcba9876543210',
  },
  {
    mid: 'welcometwo',
    signKey: 'U0FOREJPWF9TRUNPTkRfU0lHTktFWV9f',
    apiKey: 'fedcba9876543210fedcba9876543210',
    apiIv: '0123456789abcdef',
  },
]

const FORMS: readonly (readonly [keyof SandboxMerchant, RegExp, string])[] = [
  ['mid', /^[\x21-\x7e]{1,10}$/, '1 to 10 characters'],
  ['signKey', /^[\s\S]+$/, 'a text that is not empty'],
  ['apiKey', /^[\x20-\x7e]{32}$/, '32 characters'],
  ['apiIv', /^[\x20-\x7e]{16}$/, '16 characters'],
]

/**
 * Throws a TypeError that names the entry and the field, never a value, where the candidate is no list of at least one
 * merchant with distinct mids.
 */
export function checkMerchants(candidate: unknown): readonly SandboxMerchant[] {
  if (!Array.isArray(candidate) || candidate.length === 0) {
    throw new TypeError('merchants must be an array of at least one {mid, signKey, apiKey, apiIv}')
  }
  const merchants = candidate.map((entry: unknown, index): SandboxMerchant => {
    const record = new Map<string, unknown>(typeof entry === 'object' && entry !== null ? Object.entries(entry) : [])
    const [mid = '', signKey = '', apiKey = '', apiIv = ''] = FORMS.map(([name, form, meaning]) => {
      const value = record.get(name)
      if (typeof value === 'string' && form.test(value)) return value
      throw new TypeError(`merchant ${index + 1}: ${name} must be ${meaning}`)
    })
    return { mid, signKey, apiKey, apiIv }
  })
  if (new Set(merchants.map(({ mid }) => mid)).size !== merchants.length) {
    throw new TypeError('merchants must have distinct mids')
  }
  return merchants
}
