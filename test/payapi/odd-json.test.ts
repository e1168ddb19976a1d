import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { expectLost, KINDS, meet } from '../support/payapi/faults.ts'
import { answering, httpAnswer } from '../support/payapi/raw-server.ts'

// Answers that are all there and break a rule of JSON or HTTP that leaves one meaning only: they are read.

const SUCCESS = '{"ResultCode":"00","ResultMsg":"ok","tid":"TID-1"}'

/** A refusal with this between the quotes of its message. */
const refusal = (message: string) => `{"ResultCode":"2001","ResultMsg":"${message}","Etc":"e"}`

const MESSAGES: readonly [what: string, raw: string, message: string][] = [
  ['a line feed', 'a\nb', 'a\nb'],
  ['a line feed and a carriage return', 'a\r\nb', 'a\r\nb'],
  ['a tab', 'a\tb', 'a\tb'],
  ['a NUL', 'a\0b', 'a\0b'],
  ['a form feed, an escape and a unit separator', '\fa\u001b\u001fb', 'a\u001b\u001fb'],
  ["an escaped '", "can\\'t", "can't"],
  ["an escaped ' beside the escapes of JSON", '\\"\\\\\\\'\\/\\u00e9\\n!', '"\\\'/é\n!'],
  ['a backslash in front of the closing quote, escaped', 'a\tb\\\\', 'a\tb\\'],
  ['a line feed and what looks like JSON', 'a\n{,}[:]', 'a\n{,}[:]'],
]

for (const [what, raw, message] of MESSAGES) {
  test(`a message with ${what} is read`, async () => {
    const { ending } = await meet({ what, serve: answering(() => httpAnswer(200, refusal(raw))) }, 'charge')
    expect(ending).toMatchObject({ type: 'PgFailure', resultCode: '2001', resultMessage: message })
  })

  test(`a success whose message has ${what} is a success`, async () => {
    const body = `{"ResultMsg":"${raw}","ResultCode":"00","tid":"TID-1"}`
    const { ending } = await meet({ what, serve: answering(() => httpAnswer(200, body)) }, 'charge')
    expect(ending).toMatchObject({ type: 'CardPayment', transactionId: 'TID-1' })
  })

  test(`words with ${what} are read beside a 500 too`, async () => {
    const { ending } = await meet({ what, serve: answering(() => httpAnswer(500, refusal(raw))) }, 'charge')
    expect(ending).toMatchObject({ outcome: 'UNKNOWN', resultCode: '2001', resultMessage: message })
  })
}

const AROUND: readonly [what: string, body: string][] = [
  ['a NUL behind it', `${SUCCESS}\0`],
  ['NULs behind it', SUCCESS + '\0'.repeat(500)],
  ['NULs, blanks and lines behind it', `${SUCCESS} \r\n\0\0 \n\0`],
  ['blanks around it that JSON does not know', `\u00a0\u3000${SUCCESS}\u000b\f\u2003`],
  ['lines around it', `\r\n\t${SUCCESS}\r\n\r\n`],
  ['lines within it', '{\r\n\t"ResultCode" : "00",\r\n\t"ResultMsg" : "ok",\r\n\t"tid" : "TID-1"\r\n}\r\n'],
  [
    'lines within it and within its message',
    '{\r\n\t"ResultCode": "00",\r\n\t"ResultMsg": "a\n\tb",\r\n\t"tid": "TID-1"\r\n}',
  ],
  ['a byte order mark before it and NULs behind', `\ufeff${SUCCESS}\0\0`],
]

for (const [what, body] of AROUND) {
  test(`a success with ${what} is read`, async () => {
    const { ending } = await meet({ what, serve: answering(() => httpAnswer(200, body)) }, 'charge')
    expect(ending).toMatchObject({ type: 'CardPayment', transactionId: 'TID-1' })
  })
}

const NO_ENCODINGS = [
  'UTF-8',
  'utf8',
  '"utf-8"',
  'charset=utf-8',
  'EUC-KR',
  'ms949',
  'iso-8859-1',
  'identity',
  'none',
  '',
  'binary',
  '8bit',
  'identity, UTF-8',
  'application/json',
]

for (const encoding of NO_ENCODINGS) {
  test(`the Content-Encoding '${encoding}' is none`, async () => {
    const answer = httpAnswer(200, SUCCESS, { 'content-encoding': encoding })
    const { ending } = await meet({ what: encoding, serve: answering(() => answer) }, 'charge')
    expect(ending).toMatchObject({ type: 'CardPayment', transactionId: 'TID-1' })
  })
}

for (const encoding of ['gzip, UTF-8', 'identity,gzip', 'none, GZIP', '"gzip"']) {
  test(`of the Content-Encoding '${encoding}' gzip alone is one`, async () => {
    const answer = httpAnswer(200, gzipSync(SUCCESS), { 'content-encoding': encoding })
    const { ending } = await meet({ what: encoding, serve: answering(() => answer) }, 'charge')
    expect(ending).toMatchObject({ type: 'CardPayment', transactionId: 'TID-1' })
  })
}

test('an answer that was compressed twice is read, the last encoding first', async () => {
  const answer = httpAnswer(200, brotliCompressSync(gzipSync(SUCCESS)), { 'content-encoding': 'gzip, br' })
  const { ending } = await meet({ what: 'twice', serve: answering(() => answer) }, 'charge')
  expect(ending).toMatchObject({ type: 'CardPayment', transactionId: 'TID-1' })
})

const NO_ANSWERS: readonly [what: string, body: string][] = [
  ['a message that is cut off at a line feed', '{"ResultCode":"00","ResultMsg":"a\n'],
  ['a cut and NULs behind it', `${SUCCESS.slice(0, -1)}\0\0\0`],
  ['a string without an end', '{"ResultCode":"00","ResultMsg":"a\tb}'],
  ['two documents', `${SUCCESS}\n${SUCCESS}`],
  ['two documents and NULs between and behind', `${SUCCESS}\0${SUCCESS}\0`],
  ['a document and a word', `${SUCCESS}\0ok`],
  ['NULs before it', `\0\0${SUCCESS}`],
  ['a quote that nobody escaped', '{"ResultCode":"00","ResultMsg":"the "card""}'],
  ['an escape that JSON does not have', '{"ResultCode":"00","ResultMsg":"C:\\path"}'],
  ['a backslash before a line feed', '{"ResultCode":"00","ResultMsg":"a\\\nb"}'],
  ["keys in '", "{'ResultCode':'00'}"],
  ["an escaped ' outside of a string", '{"ResultCode":"00",\\\'tid":"T"}'],
  ['a control character outside of a string', '{"ResultCode":\u0001"00"}'],
  ['a comma too many', '{"ResultCode":"00",}'],
  ['a code of two digits without quotes', '{"ResultCode":00}'],
  ['a name in front of it', `callback(${SUCCESS})`],
  ['a comment', `${SUCCESS}// ok`],
]

for (const kind of KINDS) {
  describe(kind === 'charge' ? 'a charge may have been processed' : 'a lookup changed nothing', () => {
    for (const [what, body] of NO_ANSWERS) {
      test(`where the answer has ${what}`, async () => {
        const met = await meet({ what, serve: answering(() => httpAnswer(200, body)) }, kind)
        expectLost(met, kind, 'UNREADABLE_RESPONSE')
      })
    }

    for (const encoding of ['utf-8, zstd9', 'compress', 'gzip', 'gzip, utf-8']) {
      test(`where the answer is not compressed as its Content-Encoding '${encoding}' says`, async () => {
        const answer = httpAnswer(200, SUCCESS, { 'content-encoding': encoding })
        expectLost(await meet({ what: encoding, serve: answering(() => answer) }, kind), kind, 'UNREADABLE_RESPONSE')
      })
    }
  })
}

for (const [what, unit] of [
  ['quotes that are escaped', '\\"'],
  ['quotes', '"'],
  ['brackets', '['],
  ['NULs between blanks', ' \0'],
  ['line feeds in strings', '"\n",'],
] as const) {
  test(`64 KiB of ${what} leave a charge unknown`, async () => {
    const body = `{"ResultCode":"00",${unit.repeat(Math.floor(65_000 / unit.length))}`
    expectLost(
      await meet({ what, serve: answering(() => httpAnswer(200, body)) }, 'charge'),
      'charge',
      'UNREADABLE_RESPONSE',
    )
  })
}
