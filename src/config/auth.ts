import { createPublicKey, createSecretKey } from 'node:crypto'
import * as z from 'zod'
import type { ApiKey, AuthConfig } from '../auth/authenticator.ts'
import { SCOPES } from '../auth/caller.ts'
import { algorithmsFor, JWT_ALGORITHMS, type JwtConfig } from '../auth/jwt-config.ts'
import { isLoopback } from '../payapi/transport/transport.ts'
import { type Complain, json, readText, text } from './fields.ts'

const METHODS = ['jwt', 'api-key'] as const
type Method = (typeof METHODS)[number]

const methods = z.string().transform((given, context): readonly Method[] => {
  const names = given.split(',').map((name) => name.trim())
  if (given === 'none') return []
  if (names.every((name): name is Method => METHODS.some((method) => method === name))) return names
  context.addIssue('must be none, jwt, api-key, or jwt,api-key')
  return z.NEVER
})

const apiKey = z
  .strictObject(
    {
      id: text.regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores'),
      hash: text.regex(/^[0-9a-f]{64}$/i, 'must be the SHA-256 of the key, 64 hexadecimal digits'),
      scopes: z.array(z.enum(SCOPES, `must be one of ${SCOPES.join(', ')}`), 'must be an array of scopes'),
      merchants: z.array(text, 'must be an array of merchant ids').optional(),
    },
    'must be an object of id, hash, scopes and perhaps merchants, and nothing else',
  )
  .transform((entry): ApiKey => ({ ...entry, hash: Buffer.from(entry.hash, 'hex') }))

const apiKeys = z
  .array(apiKey, 'must be a JSON array of keys')
  .min(1, 'must hold at least one key')
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'names an id twice')

const publicKey = z.string().transform((pem, context) => {
  try {
    if (pem.includes('PRIVATE KEY')) throw new Error()
    return createPublicKey(pem.replaceAll('\\n', '\n'))
  } catch {
    context.addIssue('must be a public key in PEM')
    return z.NEVER
  }
})

const secret = z.string().transform((given) => createSecretKey(given.trim(), 'utf8'))

const algorithms = z
  .string()
  .transform((given) => given.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(JWT_ALGORITHMS, `must be of ${JWT_ALGORITHMS.join(', ')}`)))

/** The variables of who may call, for `config.ts`. */
export const authVariables = {
  PAYAPI_AUTH: methods.optional(),
  PAYAPI_JWT_JWKS_URL: z
    .string()
    .refine(isKeyAddress, 'must be an https URL without user; http only on this machine')
    .optional(),
  PAYAPI_JWT_PUBLIC_KEY: publicKey.optional(),
  PAYAPI_JWT_PUBLIC_KEY_FILE: z.string().transform(readText).pipe(publicKey).optional(),
  PAYAPI_JWT_SECRET: secret.optional(),
  PAYAPI_JWT_SECRET_FILE: z.string().transform(readText).pipe(secret).optional(),
  PAYAPI_JWT_ALGORITHMS: algorithms.optional(),
  PAYAPI_JWT_ISSUER: z.string().optional(),
  PAYAPI_JWT_AUDIENCE: z.string().optional(),
  PAYAPI_API_KEYS: json.pipe(apiKeys).optional(),
  PAYAPI_API_KEYS_FILE: z.string().transform(readText).pipe(json).pipe(apiKeys).optional(),
}

const shape = z.object(authVariables)
type Variables = z.infer<typeof shape>

/** Where the facade stands, as far as it matters for who may call it. */
export interface Deployment {
  readonly host: string
  /** Whether it can only reach a PayAPI of this machine, where no money is. */
  readonly localSandboxOnly: boolean
}

/**
 * Takes the variables, checked, where the facade stands, and who hears what is wrong; returns how callers are known,
 * undefined where everybody may do everything.
 */
export function authConfig(
  data: Variables,
  { host, localSandboxOnly }: Deployment,
  complain: Complain,
): AuthConfig | undefined {
  const { PAYAPI_AUTH: asked } = data
  if (asked === undefined && !localSandboxOnly) {
    complain(
      'PAYAPI_AUTH is needed: jwt, api-key or jwt,api-key; none only with a HOST of this machine, e.g. 127.0.0.1',
      'PAYAPI_AUTH',
    )
  }
  if (asked?.length === 0 && !localSandboxOnly && !isLoopback(host)) {
    complain('PAYAPI_AUTH cannot be none here unless HOST is of this machine, e.g. 127.0.0.1')
  }
  const used = asked ?? []
  for (const [method, given] of Object.entries({ jwt: jwtSettings(data), 'api-key': apiKeySettings(data) })) {
    // Whoever sets a key believes that it is asked for.
    if (given[0] !== undefined && !used.some((name) => name === method)) {
      complain(`${given[0]} is set, but PAYAPI_AUTH does not name ${method}`, 'PAYAPI_AUTH')
    }
  }
  if (used.length === 0) return undefined
  return {
    jwt: used.includes('jwt') ? jwtConfig(data, complain) : undefined,
    apiKeys: used.includes('api-key') ? keysOf(data, complain) : undefined,
  }
}

const settings = (pattern: RegExp) => (data: Variables) =>
  Object.keys(data).filter((name) => pattern.test(name) && data[name as keyof Variables] !== undefined)
const jwtSettings = settings(/^PAYAPI_JWT_/)
const apiKeySettings = settings(/^PAYAPI_API_KEYS/)

function keysOf(data: Variables, complain: Complain): readonly ApiKey[] | undefined {
  if (data.PAYAPI_API_KEYS && data.PAYAPI_API_KEYS_FILE) {
    complain('PAYAPI_API_KEYS and PAYAPI_API_KEYS_FILE: set one of them, not both')
  }
  const keys = data.PAYAPI_API_KEYS ?? data.PAYAPI_API_KEYS_FILE
  if (keys === undefined) {
    const line = 'PAYAPI_API_KEYS (or PAYAPI_API_KEYS_FILE) is needed for PAYAPI_AUTH=api-key'
    complain(line, 'PAYAPI_API_KEYS', 'PAYAPI_API_KEYS_FILE')
  }
  return keys
}

function jwtConfig(data: Variables, complain: Complain): JwtConfig | undefined {
  const { PAYAPI_JWT_ISSUER: issuer, PAYAPI_JWT_AUDIENCE: audience, PAYAPI_JWT_ALGORITHMS: named } = data
  if (issuer === undefined) complain('PAYAPI_JWT_ISSUER is needed for PAYAPI_AUTH=jwt')
  if (audience === undefined) complain('PAYAPI_JWT_AUDIENCE is needed for PAYAPI_AUTH=jwt')
  const sources = {
    PAYAPI_JWT_JWKS_URL: data.PAYAPI_JWT_JWKS_URL === undefined ? undefined : new URL(data.PAYAPI_JWT_JWKS_URL),
    PAYAPI_JWT_PUBLIC_KEY: data.PAYAPI_JWT_PUBLIC_KEY,
    PAYAPI_JWT_PUBLIC_KEY_FILE: data.PAYAPI_JWT_PUBLIC_KEY_FILE,
    PAYAPI_JWT_SECRET: data.PAYAPI_JWT_SECRET,
    PAYAPI_JWT_SECRET_FILE: data.PAYAPI_JWT_SECRET_FILE,
  }
  const [source, another] = Object.entries(sources).filter(([, key]) => key !== undefined)
  const [variable, key] = source ?? []
  if (key === undefined || another !== undefined) {
    complain(
      'PAYAPI_JWT_JWKS_URL, PAYAPI_JWT_PUBLIC_KEY(_FILE) or PAYAPI_JWT_SECRET(_FILE): set one of them for PAYAPI_AUTH=jwt',
      ...(key === undefined ? Object.keys(sources) : []),
    )
    return undefined
  }
  const suitable = algorithmsFor(key)
  const [first] = suitable
  if (first === undefined) complain(`${variable}: the key is too short, or of a kind that is not taken here`)
  else if (named?.some((algorithm) => !suitable.includes(algorithm))) {
    complain(`PAYAPI_JWT_ALGORITHMS does not suit ${variable}: of ${suitable.join(', ')}`)
  }
  if (issuer === undefined || audience === undefined || first === undefined) return undefined
  return { key, algorithms: named ?? [first], issuer, audience }
}

/** Whether an address is one from which keys may be taken: nobody may put others in on the way. */
function isKeyAddress(given: string): boolean {
  if (!URL.canParse(given)) return false
  const { protocol, hostname, username, password } = new URL(given)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}
