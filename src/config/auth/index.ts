import * as z from 'zod'
import type { ApiKey, AuthConfig } from '../../auth/authenticator.ts'
import { algorithmsFor, type JwtConfig } from '../../auth/jwt-config.ts'
import { isLoopback } from '../../lib/network/url.ts'
import type { Complain } from '../variables/fields.ts'
import { authVariables } from './variables.ts'

const shape = z.object(authVariables)
type Variables = z.infer<typeof shape>

/** Where the facade stands, as far as it matters for who may call it. */
interface Deployment {
  readonly host: string
  /** Whether it can only reach a PayAPI of this machine, where no money is. */
  readonly localSandboxOnly: boolean
}

/** Undefined where everybody may do everything. */
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
