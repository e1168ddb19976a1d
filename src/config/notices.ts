import * as z from 'zod'
import type { NoticeKind } from '../journal/records/notices.ts'
import { AddressList } from '../lib/network/addresses.ts'
import { charsetNamed } from '../payapi/wire/charset.ts'
import type { NoticesSettle } from '../payments/notices/applier.ts'
import type { NoticeEndpoint } from '../payments/notices/endpoints.ts'
import {
  ESCROW_ANSWERS,
  NOTICE_KINDS,
  TRANSACTION_FIELDS,
  type TransactionFieldName,
  transactionShape,
} from '../payments/notices/kinds.ts'
import { documentation } from './variables/documentation.ts'
import { type Complain, json, readText, text, wholeNumber } from './variables/fields.ts'

/** How notices of the PG are taken in. */
export interface NoticesConfig {
  /** The addresses that are registered once per merchant. */
  readonly endpoints: readonly NoticeEndpoint[]
  /** From where the PG sends; undefined where nobody has told us. */
  readonly addresses: AddressList | undefined
  readonly settle: NoticesSettle
  /** Notices to one address, and wrong tokens of one sender, in a minute; 0 for any number. */
  readonly rateLimitPerMinute: number
  /** Whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: AddressList | undefined
}

const kinds = Object.fromEntries(
  Object.entries(NOTICE_KINDS).flatMap(([kind, { names }]) => names.map((name) => [name, kind as NoticeKind])),
)

const fieldNames = z.partialRecord(
  z.enum(Object.keys(TRANSACTION_FIELDS) as [TransactionFieldName]),
  text.min(1, 'must not be empty'),
  `must be an object of the PG’s field names by ours: ${Object.keys(TRANSACTION_FIELDS).join(', ')}`,
)

const signature = z.strictObject(
  {
    fields: z.array(text, 'must be an array of field names').min(1, 'must name at least one field'),
    form: z.enum(['pairs', 'values'], 'must be pairs or values').default('pairs'),
  },
  'must be an object of fields and perhaps form, and nothing else',
)

const charset = text.transform((name, context) => {
  const known = charsetNamed(name)
  if (known === undefined) context.addIssue('must be euc-kr or utf-8')
  return known ?? z.NEVER
})

const endpoint = z
  .strictObject(
    {
      kind: z
        .enum(Object.keys(kinds), 'must be deposit, escrow, transaction or mobile')
        .transform((name) => kinds[name] as NoticeKind),
      mid: text.regex(/^[\x21-\x7e]{1,10}$/, 'must be 1 to 10 characters'),
      token: text.regex(/^[\w-]{16,200}$/, 'must be 16 to 200 letters, digits, dashes or underscores'),
      charset: charset.optional(),
      answer: text.regex(/^[\x20-\x7e]{1,200}$/, 'must be 1 to 200 ASCII characters').optional(),
      format: z.enum(['form', 'json'], 'must be form or json').optional(),
      fields: fieldNames.optional(),
      signature: signature.optional(),
    },
    'must be an object of kind, mid, token and perhaps charset, answer, format, fields and signature, and nothing else',
  )
  .superRefine(({ kind, answer, format, fields, signature }, context) => {
    if (kind !== 'TRANSACTION' && (format ?? fields ?? signature) !== undefined)
      context.addIssue('may have format, fields and signature only for the kind transaction')
    if (
      answer !== undefined &&
      kind !== 'TRANSACTION' &&
      !(kind === 'ESCROW_CHANGE' && Object.hasOwn(ESCROW_ANSWERS, answer))
    )
      context.addIssue('may have an answer only for the kind transaction, and form, json or ok for escrow')
  })
  .transform(({ kind, mid, token, charset, answer, format, fields, signature }): NoticeEndpoint => {
    const shapes = NOTICE_KINDS[kind].shapes
    const escrowAnswer = ESCROW_ANSWERS[(answer ?? 'form') as keyof typeof ESCROW_ANSWERS]
    return {
      kind,
      merchantId: mid,
      token,
      charset,
      format,
      signature,
      shapes:
        kind === 'TRANSACTION'
          ? [transactionShape(fields, answer)]
          : kind === 'ESCROW_CHANGE'
            ? shapes.map((shape) => (shape.has === undefined ? { ...shape, answer: escrowAnswer } : shape))
            : shapes,
    }
  })

/** The check of the addresses that are registered once. */
export const endpoints = z
  .array(endpoint, 'must be a JSON array of addresses')
  .refine(
    (list) => new Set(list.map(({ kind, merchantId, token }) => `${kind} ${merchantId} ${token}`)).size === list.length,
    'names an address twice',
  )

const addresses = z.string().transform((given, context) => {
  try {
    return new AddressList(given.split(',').map((entry) => entry.trim()))
  } catch (error) {
    context.addIssue((error as Error).message)
    return z.NEVER
  }
})

/** The variables of notices. */
export const noticesVariables = {
  PAYAPI_NOTICES: json.pipe(endpoints).optional().register(documentation, {
    en: 'Addresses for notices that are registered with the PG once per merchant, as a JSON array: `kind` (`deposit`, `escrow`, `transaction`; `mobile` for links made in the merchant console), `mid` and `token`, a secret of 16 characters or more. The PG sends to `/pg/notices/<kind>/<mid>/<token>`. Perhaps `charset` (`euc-kr`, `utf-8`) and `answer` (`form`, `json` or `ok` for escrow changes; any text for transaction notices); for transaction notices also `format` (`form`, `json`), `fields` (the PG’s names by ours) and `signature` (`fields` in their order, `signKey` and `mkey` among them, and `form`: `pairs` or `values`). Links of `createSmsPaymentUrl` have addresses of their own.',
    ko: '가맹점마다 PG에 한 번 등록하는 통보 수신 주소의 JSON 배열: `kind`(`deposit` 입금통보, `escrow` 에스크로, `transaction` 거래알림, `mobile` 상점 관리자 페이지에서 만든 링크), `mid`, `token`(16자 이상의 비밀값). PG는 `/pg/notices/<kind>/<mid>/<token>`으로 보냅니다. 필요하면 `charset`(`euc-kr`, `utf-8`), `answer`(에스크로는 `form`, `json`, `ok`, 거래알림은 임의의 문자열), 거래알림에는 `format`(`form`, `json`), `fields`(PG의 필드 이름), `signature`(`fields`에 서명 순서대로 이름을 적으며 `signKey`와 `mkey`를 쓸 수 있음, `form`은 `pairs`, `values`)를 함께 설정합니다. `createSmsPaymentUrl`의 링크는 각자의 주소를 씁니다.',
    example: '[{"kind":"deposit","mid":"…","token":"…"}]',
  }),
  PAYAPI_NOTICES_FILE: z.string().transform(readText).pipe(json).pipe(endpoints).optional().register(documentation, {
    en: 'A file that holds the same as `PAYAPI_NOTICES`. Set one of the two.',
    ko: '`PAYAPI_NOTICES`와 같은 내용의 파일. 둘 중 하나만 설정하십시오.',
    example: '/run/secrets/notices.json',
  }),
  PAYAPI_NOTICES_ADDRESSES: addresses.optional().register(documentation, {
    en: 'Addresses and networks from which the PG sends notices, separated by commas. Ask the PG for them. Others are taken in as well, and shown as such; they settle nothing.',
    ko: 'PG가 통보를 보내는 IP 주소와 대역. 쉼표로 구분하며 PG에 확인하십시오. 다른 주소의 통보도 받아서 그렇게 표시하지만, 그 통보로 결과를 확정하지는 않습니다.',
    unset: { en: 'nobody can tell', ko: '확인하지 않음' },
    example: '118.129.171.152,118.129.171.153',
  }),
  PAYAPI_NOTICES_SETTLE: z
    .enum(['never', 'propose', 'verified'], 'must be never, propose or verified')
    .default('propose')
    .register(documentation, {
      en: 'Whether a notice may settle an operation of unknown outcome. `propose`: it is shown as `evidence`, and a person confirms it. `verified`: a notice from one of `PAYAPI_NOTICES_ADDRESSES` that fits in everything, and is signed where it is a transaction notice, settles that it was processed; that it was not is only ever proposed.',
      ko: '결과를 알 수 없는 작업을 통보로 확정할지 정합니다. `propose`: `evidence`로 보여 주고 담당자가 확인 결과를 기록합니다. `verified`: `PAYAPI_NOTICES_ADDRESSES`에서 왔고 모든 값이 일치하는 통보(거래알림은 서명까지 맞는 통보)로 처리되었음을 확정합니다. 처리되지 않았다는 통보는 항상 제안만 합니다.',
    }),
  PAYAPI_NOTICES_RATE_LIMIT_PER_MINUTE: wholeNumber(0, 100_000_000).default(6_000).register(documentation, {
    en: 'Notices to one address, and wrong tokens of one sender, in a minute; 0 for any number. Each process counts for itself. What is refused, the PG sends again.',
    ko: '수신 주소 하나의 분당 통보 수와, 발신자 하나의 분당 잘못된 토큰 수. 0이면 제한하지 않습니다. 프로세스마다 따로 세며, 거절된 통보는 PG가 다시 보냅니다.',
  }),
  PAYAPI_TRUSTED_PROXIES: addresses.optional().register(documentation, {
    en: 'Addresses and networks of the proxies before the server, separated by commas: of a notice they pass on, `X-Forwarded-For` says where it came from.',
    ko: '서버 앞에 있는 프록시의 IP 주소와 대역. 쉼표로 구분합니다. 이 프록시가 전달한 통보는 `X-Forwarded-For`에서 발신 주소를 읽습니다.',
    unset: { en: 'the connection’s own address counts', ko: '연결의 주소를 사용' },
    example: '10.0.0.0/8',
  }),
}

const shape = z.object(noticesVariables)

/** How notices are taken in, of variables that were checked one by one; tells what does not fit together. */
export function noticesConfig(
  data: z.infer<typeof shape>,
  { merchantIds, journaled }: { readonly merchantIds: readonly string[] | undefined; readonly journaled: boolean },
  complain: Complain,
): NoticesConfig {
  if (data.PAYAPI_NOTICES && data.PAYAPI_NOTICES_FILE) {
    complain('PAYAPI_NOTICES and PAYAPI_NOTICES_FILE: set one of them, not both')
  }
  const given = data.PAYAPI_NOTICES ?? data.PAYAPI_NOTICES_FILE ?? []
  if (given.length > 0 && !journaled) complain('PAYAPI_NOTICES needs the journal: PAYAPI_JOURNAL must be on')
  if (given.some(({ merchantId }) => merchantIds?.includes(merchantId) === false)) {
    complain('PAYAPI_NOTICES names a mid that is none of PAYAPI_MERCHANTS', 'PAYAPI_MERCHANTS', 'PAYAPI_MERCHANTS_FILE')
  }
  if (data.PAYAPI_NOTICES_SETTLE === 'verified' && data.PAYAPI_NOTICES_ADDRESSES === undefined) {
    complain('PAYAPI_NOTICES_SETTLE=verified needs PAYAPI_NOTICES_ADDRESSES', 'PAYAPI_NOTICES_ADDRESSES')
  }
  return {
    endpoints: given,
    addresses: data.PAYAPI_NOTICES_ADDRESSES,
    settle: data.PAYAPI_NOTICES_SETTLE,
    rateLimitPerMinute: data.PAYAPI_NOTICES_RATE_LIMIT_PER_MINUTE,
    trustedProxies: data.PAYAPI_TRUSTED_PROXIES,
  }
}
