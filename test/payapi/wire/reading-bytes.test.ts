import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { clientFor } from '../../support/payapi/client.ts'
import { call, meet } from '../../support/payapi/faults.ts'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'

// From the bytes of an answer to its text: whatever the charset, the code beside the message is read.

const MESSAGE = '카드사 승인거절'
/** The same in EUC-KR. */
const EUC_KR = Buffer.from('c4abb5e5bbe720bdc2c0ceb0c5c0fd', 'hex')
/** 똠방각하 in the extended code page of Windows, whose first syllable EUC-KR does not have. */
const CP949 = Buffer.from('8c63b9e6b0a2c7cf', 'hex')

const CP949_MESSAGE = '똠방각하'
const HONGCHEON = Buffer.from('c8abc3b5', 'hex')

/** A refusal whose message is these bytes. */
const refusal = (message: Buffer) =>
  Buffer.concat([Buffer.from('{"ResultCode":"2001","ResultMsg":"'), message, Buffer.from('"}')])

const TYPE = (charset: string) => ({ 'content-type': `application/json${charset}` })
const BOM = Buffer.from('efbbbf', 'hex')
const UTF_8 = refusal(Buffer.from(MESSAGE))

type Row = readonly [what: string, body: Buffer, headers: Readonly<Record<string, string>>, message: string]

const READ: readonly Row[] = [
  ['UTF-8 as the contract says', UTF_8, TYPE('; charset=utf-8'), MESSAGE],
  ['UTF-8 in capitals', UTF_8, TYPE('; charset=UTF-8'), MESSAGE],
  ['UTF-8 in quotes', UTF_8, TYPE('; charset="utf-8"'), MESSAGE],
  ['UTF-8 by its other name', UTF_8, TYPE('; charset=utf8'), MESSAGE],
  ['UTF-8 undeclared', UTF_8, TYPE(''), MESSAGE],
  ['UTF-8 without a content type', UTF_8, { 'content-type': '' }, MESSAGE],
  ['UTF-8 declared as a charset that nobody knows', UTF_8, TYPE('; charset=x-unknown'), MESSAGE],
  ['UTF-8 with a byte order mark', Buffer.concat([BOM, UTF_8]), TYPE('; charset=utf-8'), MESSAGE],
  ['UTF-8 with a byte order mark, undeclared', Buffer.concat([BOM, UTF_8]), TYPE(''), MESSAGE],
  ['EUC-KR declared', refusal(EUC_KR), TYPE('; charset=euc-kr'), MESSAGE],
  ['EUC-KR declared in capitals', refusal(EUC_KR), TYPE(';charset=EUC-KR'), MESSAGE],
  ['EUC-KR declared by its Windows name', refusal(EUC_KR), TYPE('; charset=ks_c_5601-1987'), MESSAGE],
  ...[
    'cp949',
    'MS949',
    'windows-949',
    'x-windows-949',
    'x-IBM949',
    'uhc',
    'EUC_KR',
    'euckr',
    'KSC5601',
    'ks_c_5601-1987',
  ].map(
    (label) =>
      [
        `the extended code page declared as ${label}`,
        refusal(CP949),
        TYPE(`; charset=${label}`),
        CP949_MESSAGE,
      ] as const,
  ),
  ['the extended code page undeclared', refusal(CP949), TYPE(''), CP949_MESSAGE],
  ['the extended code page declared as UTF-8', refusal(CP949), TYPE('; charset=utf-8'), CP949_MESSAGE],
  ['the extended code page declared as what nobody knows', refusal(CP949), TYPE('; charset=x-unknown'), CP949_MESSAGE],
  ['UTF-8 declared as EUC-KR', UTF_8, TYPE('; charset=euc-kr'), MESSAGE],
  ['UTF-8 declared as US-ASCII', UTF_8, TYPE('; charset=us-ascii'), MESSAGE],
  ['UTF-8 declared as Latin-1', UTF_8, TYPE('; charset=ISO-8859-1'), MESSAGE],
  ['UTF-8 in single quotes', UTF_8, TYPE("; charset='utf-8'"), MESSAGE],
  [
    'ASCII with a byte order mark, declared as EUC-KR',
    Buffer.concat([BOM, refusal(Buffer.from('no'))]),
    TYPE('; charset=euc-kr'),
    'no',
  ],
  ['UTF-8 with a byte order mark, declared as EUC-KR', Buffer.concat([BOM, UTF_8]), TYPE('; charset=euc-kr'), MESSAGE],
  [
    'UTF-16 declared',
    Buffer.from(refusal(Buffer.from(MESSAGE)).toString(), 'utf16le'),
    TYPE('; charset=utf-16le'),
    MESSAGE,
  ],
  ['syllables of EUC-KR that are UTF-8 as well', refusal(HONGCHEON), TYPE('; charset=euc-kr'), '홍천'],
  [
    'the extended code page in a gzip',
    gzipSync(refusal(CP949)),
    { ...TYPE('; charset=cp949'), 'content-encoding': 'gzip' },
    CP949_MESSAGE,
  ],
  ['EUC-KR undeclared', refusal(EUC_KR), TYPE(''), MESSAGE],
  ['EUC-KR declared as UTF-8', refusal(EUC_KR), TYPE('; charset=utf-8'), MESSAGE],
  ['gzip', gzipSync(UTF_8), { 'content-encoding': 'gzip' }, MESSAGE],
  ['gzip by its old name', gzipSync(UTF_8), { 'content-encoding': 'x-gzip' }, MESSAGE],
  ['gzip in capitals', gzipSync(UTF_8), { 'content-encoding': 'GZIP' }, MESSAGE],
  ['deflate', deflateSync(UTF_8), { 'content-encoding': 'deflate' }, MESSAGE],
  ['brotli', brotliCompressSync(UTF_8), { 'content-encoding': 'br' }, MESSAGE],
  ['no encoding, said aloud', UTF_8, { 'content-encoding': 'identity' }, MESSAGE],
  ['EUC-KR in a gzip', gzipSync(refusal(EUC_KR)), { ...TYPE('; charset=euc-kr'), 'content-encoding': 'gzip' }, MESSAGE],
]

for (const [what, body, headers, message] of READ) {
  test(`an answer in ${what} is read`, async () => {
    const { ending } = await meet({ what, serve: answering(() => httpAnswer(200, body, headers)) }, 'charge')
    expect(ending).toMatchObject({ type: 'PgFailure', resultCode: '2001', resultMessage: message })
  })
}

test('an answer that arrives byte by byte is put together before it is decoded', async () => {
  const server = await startRawServer(async (connection) => {
    await connection.request()
    for (const byte of httpAnswer(200, UTF_8)) await connection.send(Buffer.of(byte))
  })
  expect(await call(clientFor(server.url), 'charge')).toMatchObject({ resultCode: '2001', resultMessage: MESSAGE })
})

const BROKEN: readonly [what: string, bytes: Buffer, charset: string][] = [
  ['no character in any charset', Buffer.from('ffff', 'hex'), ''],
  ['a character cut in half', Buffer.from(MESSAGE).subarray(0, -1), '; charset=utf-8'],
  ['a character of EUC-KR cut in half', EUC_KR.subarray(0, -1), '; charset=euc-kr'],
  ['a syllable of the extended code page', CP949, '; charset=euc-kr'],
  ['a lone byte of the second half', Buffer.from('80', 'hex'), '; charset=utf-8'],
]

for (const [what, bytes, charset] of BROKEN) {
  test(`a message with ${what} costs the message something and never the code`, async () => {
    const answer = httpAnswer(200, refusal(bytes), TYPE(charset))
    const { ending } = await meet({ what, serve: answering(() => answer) }, 'charge')
    expect(ending).toMatchObject({ type: 'PgFailure', resultCode: '2001', outcome: 'NOT_PROCESSED' })
  })

  test(`a success whose message has ${what} is a success`, async () => {
    const body = Buffer.concat([
      Buffer.from('{"ResultMsg":"'),
      bytes,
      Buffer.from('","ResultCode":"00","tid":"TID-1","Price":"1004"}'),
    ])
    const { ending } = await meet({ what, serve: answering(() => httpAnswer(200, body, TYPE(charset))) }, 'charge')
    expect(ending).toMatchObject({ type: 'CardPayment', transactionId: 'TID-1', amount: '1004' })
  })
}

/** A message of which one character is cut, and what is left of it. */
const CUT: readonly [what: string, bytes: Buffer, charset: string, message: string][] = [
  ['EUC-KR', EUC_KR.subarray(0, -1), '; charset=euc-kr', '카드사 승인거\ufffd'],
  ['EUC-KR, undeclared', EUC_KR.subarray(0, -1), '', '카드사 승인거\ufffd'],
  ['EUC-KR, declared as UTF-8', EUC_KR.subarray(0, -1), '; charset=utf-8', '카드사 승인거\ufffd'],
  [
    'the extended code page',
    Buffer.from('bdc2c0ce89e7bdc0b4cfb4d98c', 'hex'),
    '; charset=euc-kr',
    '승인됬습니다\ufffd',
  ],
  ['the extended code page, undeclared', Buffer.from('bdc2c0ce89e7bdc0b4cfb4d98c', 'hex'), '', '승인됬습니다\ufffd'],
  ['UTF-8', Buffer.from(MESSAGE).subarray(0, -1), '; charset=utf-8', '카드사 승인거\ufffd'],
  ['UTF-8, undeclared', Buffer.from(MESSAGE).subarray(0, -2), '', '카드사 승인거\ufffd'],
  ['UTF-8, declared as EUC-KR', Buffer.from(MESSAGE).subarray(0, -1), '; charset=euc-kr', '카드사 승인거\ufffd'],
]

describe('of a message with a character that is cut in half, the rest is read', () => {
  for (const [what, bytes, charset, message] of CUT) {
    for (const status of [200, 400, 500]) {
      test(`in ${what}, with HTTP ${status}`, async () => {
        const answer = httpAnswer(status, refusal(bytes), TYPE(charset))
        const { ending } = await meet({ what, serve: answering(() => answer) }, 'charge')
        expect(ending).toMatchObject({ resultCode: '2001', resultMessage: message })
      })
    }
  }
})

test('whatever byte stands alone at the end of a message, the code behind it is read', async () => {
  let last = 0x7f
  const server = await startRawServer(
    answering(() => {
      last++
      const body = Buffer.concat([
        Buffer.from('{"ResultMsg":"'),
        EUC_KR,
        Buffer.of(last),
        Buffer.from('","ResultCode":"00"}'),
      ])
      return httpAnswer(200, body, TYPE('; charset=euc-kr'))
    }),
  )
  const client = clientFor(server.url)
  while (last < 0xff) expect(await call(client, 'charge')).toMatchObject({ type: 'CardPayment' })
})
