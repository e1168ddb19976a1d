import { createHash, createPublicKey, createSecretKey } from 'node:crypto'
import * as z from 'zod'
import type { ApiKey } from '../../auth/authenticator.ts'
import { JWT_ALGORITHMS } from '../../auth/jwt-config.ts'
import { SCOPES } from '../../auth/scopes.ts'
import { isLoopback } from '../../lib/network/url.ts'
import { documentation } from '../variables/documentation.ts'
import { json, readText, text } from '../variables/fields.ts'

const METHODS = ['jwt', 'api-key'] as const
type Method = (typeof METHODS)[number]

const methods = z.string().transform((given, context): readonly Method[] => {
  const names = given.split(',').map((name) => name.trim())
  if (given === 'none') return []
  if (names.every((name): name is Method => METHODS.some((method) => method === name))) return names
  context.addIssue('must be none, jwt, api-key, or jwt,api-key')
  return z.NEVER
})

/** What a variable that was not set is hashed to: with it, whoever sends an empty key would be let in. */
const HASH_OF_NOTHING = createHash('sha256').digest('hex')

const apiKey = z
  .strictObject(
    {
      id: text.regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores'),
      hash: text
        .regex(/^[0-9a-f]{64}$/i, 'must be the SHA-256 of the key, 64 hexadecimal digits')
        .refine((given) => given.toLowerCase() !== HASH_OF_NOTHING, 'is that of an empty key'),
      scopes: z.array(z.enum(SCOPES, `must be one of ${SCOPES.join(', ')}`), 'must be an array of scopes'),
      merchants: z.array(text, 'must be an array of merchant ids').optional(),
    },
    'must be an object of id, hash, scopes and perhaps merchants, and nothing else',
  )
  .transform((entry): ApiKey => ({ ...entry, hash: Buffer.from(entry.hash, 'hex') }))

/** The check of API keys. */
export const apiKeys = z
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

/** The variables of who may call. */
export const authVariables = {
  PAYAPI_AUTH: methods.optional().register(documentation, {
    en: 'How callers are known: `jwt`, `api-key`, `jwt,api-key` or `none`. Needed unless PayAPI is on this machine. In `test` and `production`, `none` is taken only with a `HOST` of this machine.',
    ko: '호출자 확인 방법: `jwt`, `api-key`, `jwt,api-key`, `none`. PayAPI가 같은 서버(루프백)에 있지 않으면 필수입니다. `test`와 `production`에서 `none`은 `HOST`가 같은 서버의 주소일 때만 쓸 수 있습니다.',
    unset: { en: 'in sandbox mode nobody is asked', ko: 'sandbox 모드에서는 확인하지 않음' },
    example: 'jwt',
  }),
  PAYAPI_JWT_JWKS_URL: z
    .string()
    .refine(isKeyAddress, 'must be an https URL without user; http only on this machine')
    .optional()
    .register(documentation, {
      en: 'Where the issuer publishes the keys of its tokens: https, or http on loopback only. Set one of the five: this one, `PAYAPI_JWT_PUBLIC_KEY`, `PAYAPI_JWT_SECRET` or the file of either.',
      ko: '발급자가 토큰의 키를 게시하는 주소. https만 쓸 수 있고, 루프백은 http도 됩니다. 이 변수, `PAYAPI_JWT_PUBLIC_KEY`, `PAYAPI_JWT_SECRET`과 두 변수의 파일 중 하나만 설정하십시오.',
      example: 'https://auth.example/.well-known/jwks.json',
    }),
  PAYAPI_JWT_PUBLIC_KEY: publicKey.optional().register(documentation, {
    en: 'The issuer’s public key in PEM, line ends as \\n.',
    ko: '발급자의 공개 키(PEM). 줄바꿈은 \\n으로 적습니다.',
  }),
  PAYAPI_JWT_PUBLIC_KEY_FILE: z.string().transform(readText).pipe(publicKey).optional().register(documentation, {
    en: 'A file that holds it.',
    ko: '공개 키를 담은 파일.',
    example: '/run/secrets/jwt.pem',
  }),
  PAYAPI_JWT_SECRET: secret.optional().register(documentation, {
    en: 'A secret shared with the issuer, at least as long as the hash: 32 bytes for HS256.',
    ko: '발급자와 공유하는 비밀값. 해시 길이 이상이어야 합니다(HS256은 32바이트).',
  }),
  PAYAPI_JWT_SECRET_FILE: z.string().transform(readText).pipe(secret).optional().register(documentation, {
    en: 'A file that holds it.',
    ko: '비밀값을 담은 파일.',
    example: '/run/secrets/jwt.secret',
  }),
  PAYAPI_JWT_ALGORITHMS: algorithms.optional().register(documentation, {
    en: 'Signatures that are taken, separated by commas.',
    ko: '허용할 서명 알고리즘. 쉼표로 구분합니다.',
    unset: {
      en: 'the key’s own: RS256 for RSA and JWKS, ES256, ES384 or ES512 by curve, EdDSA, HS256',
      ko: '키에 맞는 알고리즘: RSA와 JWKS는 RS256, 타원곡선은 곡선에 따라 ES256·ES384·ES512, EdDSA, 비밀값은 HS256',
    },
    example: 'RS256',
  }),
  PAYAPI_JWT_ISSUER: z.string().optional().register(documentation, {
    en: 'The issuer (`iss`) that a token must name. Needed for `jwt`.',
    ko: '토큰에 있어야 할 발급자(`iss`). `jwt`에는 필수입니다.',
    example: 'https://auth.example/',
  }),
  PAYAPI_JWT_AUDIENCE: z.string().optional().register(documentation, {
    en: 'The audience (`aud`) that a token must name. Needed for `jwt`.',
    ko: '토큰에 있어야 할 대상(`aud`). `jwt`에는 필수입니다.',
    example: 'payments',
  }),
  PAYAPI_API_KEYS: json.pipe(apiKeys).optional().register(documentation, {
    en: 'API keys as a JSON array: `id`, `hash` (SHA-256 of the key in hexadecimal digits), `scopes`, and perhaps `merchants`.',
    ko: 'API 키의 JSON 배열: `id`, `hash`(키의 SHA-256, 16진수), `scopes`, 그리고 생략할 수 있는 `merchants`.',
    example: '[{"id":"shop","hash":"…","scopes":["payments:charge"]}]',
  }),
  PAYAPI_API_KEYS_FILE: z.string().transform(readText).pipe(json).pipe(apiKeys).optional().register(documentation, {
    en: 'A file that holds the same as `PAYAPI_API_KEYS`. Set one of the two.',
    ko: '`PAYAPI_API_KEYS`와 같은 내용의 파일. 둘 중 하나만 설정하십시오.',
    example: '/run/secrets/api-keys.json',
  }),
}

/** Whether an address is one from which keys may be taken: nobody may put others in on the way. */
function isKeyAddress(given: string): boolean {
  if (!URL.canParse(given)) return false
  const { protocol, hostname, username, password } = new URL(given)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}
