import { describe, expect, test } from 'vitest'
import { accepted, expectRefused } from '../support/payapi/rejections.ts'

const FIELDS = [
  ['notificationUrl', 'P_NOTI_URL'],
  ['returnUrl', 'P_RETURN_URL'],
  ['nextUrl', 'P_NEXT_URL'],
] as const

const REFUSED = [
  ['a space before it', ' https://shop.example/'],
  ['a space behind it', 'https://shop.example/ '],
  ['an ideographic space within it', 'https://shop.example/a\u3000b'],
  ['a zero-width space', 'https://shop.example/\u200ba'],
  ['an override of direction', 'https://shop.example/\u202ea'],
  ['a soft hyphen in its host', 'https://shop\u00ad.example/'],
  ['a line break', 'https://shop.example/\na'],
  ['a tab', 'https://shop.example/\ta'],
  ['a DEL', 'https://shop.example/\u007fa'],
  ['a lone surrogate', 'https://shop.example/\ud83d'],
  ['a backslash', 'https://shop.example\\@other.example/'],
  ['a % without digits', 'https://shop.example/100%'],
  ['a % before one digit', 'https://shop.example/%2'],
  ['a % before letters that are no digits', 'https://shop.example/%zz'],
  ['a % beside what is encoded', 'https://shop.example/가?a=5%'],
  ['a space in its host', 'https://shop .example/'],
  ['a host of nothing but a port', 'https://:80/'],
] as const

const AS_WRITTEN = [
  'https://shop.example',
  'HTTPS://Shop.Example:443/a/../b',
  'http://shop.example:8080/a%20b?c[]=1&d=%EA%B0%80#e',
  "https://shop.example/-._~:@!$&'()*+,;=?/",
  'https://[2001:db8::1]/',
  'https://user@shop.example/',
]

const ENCODED = [
  ['a space in its path', 'https://shop.example/a b', 'https://shop.example/a%20b'],
  ['a space in its query', 'https://shop.example/?a=b c', 'https://shop.example/?a=b%20c'],
  ['a space in its fragment', 'https://shop.example/#a b', 'https://shop.example/#a%20b'],
  ['Korean in its path', 'https://shop.example/주문', 'https://shop.example/%EC%A3%BC%EB%AC%B8'],
  ['Korean in its query', 'https://shop.example/?a=가', 'https://shop.example/?a=%EA%B0%80'],
  ['a Korean host', 'https://쇼핑.kr/a', 'https://xn--hp4bo76a.kr/a'],
  ['quotes and brackets', 'https://shop.example/"<a>', 'https://shop.example/%22%3Ca%3E'],
  ['what a browser leaves in a query', 'https://shop.example/?a={b|c}^`', 'https://shop.example/?a=%7Bb%7Cc%7D%5E%60'],
  ['both what is encoded and what is not', 'https://shop.example/%41 b', 'https://shop.example/%41%20b'],
] as const

describe.each(FIELDS)('%s', (path, wire) => {
  test.each(REFUSED)('is refused with %s', (_, url) =>
    expectRefused('createSmsPaymentUrl', path, url, 'INVALID_FORMAT'),
  )

  test.each(AS_WRITTEN)('%s is sent as it was written', (url) => {
    expect(accepted('createSmsPaymentUrl', { [path]: url })[wire]).toBe(url)
  })

  test.each(ENCODED)('is encoded where it has %s', (_, url, sent) => {
    expect(accepted('createSmsPaymentUrl', { [path]: url })[wire]).toBe(sent)
  })

  test('a URL is counted as it is sent', () =>
    expectRefused('createSmsPaymentUrl', path, `https://shop.example/${'가'.repeat(9)}`, 'TOO_LONG'))
})
