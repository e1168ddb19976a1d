import { describe, expect, test } from 'vitest'
import { clientFor } from '../../support/payapi/client.ts'

// The address at which a payment is approved comes with a buyer's browser, so that anybody may have written it.

const read = (text: string, options: { baseUrl?: string; sandbox?: boolean } = {}) => {
  const answer = clientFor(options.baseUrl ?? 'https://payapi.paywelcome.co.kr', options).approvalAddress(text)
  return answer instanceof URL ? answer.href : answer
}

describe('an address of the PG is taken', () => {
  const TAKEN = [
    ['https://ksmobile.paywelcome.co.kr/smart/pay_req_url.php', undefined],
    ['https://paywelcome.co.kr/approve?a=1&b=%EA%B0%80', undefined],
    ['https://a.b.paywelcome.co.kr', 'https://a.b.paywelcome.co.kr/'],
    ['HTTPS://KSMOBILE.PayWelcome.CO.KR/x', 'https://ksmobile.paywelcome.co.kr/x'],
    ['https://fcmobile.paywelcome.co.kr:443/x', 'https://fcmobile.paywelcome.co.kr/x'],
    ['https://m.paywelcome.co.kr/x?to=https://evil.example/', undefined],
    ['https://m.paywelcome.co.kr/@evil.example/', undefined],
  ] as const
  test.each(TAKEN)('%s', (text, href) => expect(read(text)).toBe(href ?? text))
})

describe("anybody else's is not", () => {
  const REFUSED = [
    ['another host', 'https://evil.example/approve', 'HOST'],
    ['the domain within another', 'https://paywelcome.co.kr.evil.example/', 'HOST'],
    ['the domain behind a hyphen', 'https://evil-paywelcome.co.kr/', 'HOST'],
    ['the domain without its dot', 'https://evilpaywelcome.co.kr/', 'HOST'],
    ['another domain of the country', 'https://paywelcome.or.kr/', 'HOST'],
    ['the suffix alone', 'https://co.kr/', 'HOST'],
    ['a digit for a letter', 'https://m.paywe1come.co.kr/', 'HOST'],
    ['a letter of another script', 'https://m.p\u0430ywelcome.co.kr/', 'MALFORMED'],
    ['the same in punycode', 'https://m.xn--pywelcome-y2g.co.kr/', 'HOST'],
    ['letters of full width', 'https://m.paywelcome.co.\uff4br/', 'MALFORMED'],
    ['an ideographic full stop', 'https://evil.example\u3002paywelcome.co.kr/', 'MALFORMED'],
    ['a percent-encoded dot', 'https://evil%2epaywelcome.co.kr/', 'HOST'],
    ['a percent-encoded slash', 'https://evil.example%2f.paywelcome.co.kr/', 'MALFORMED'],
    ['a dot behind the name', 'https://m.paywelcome.co.kr./', 'HOST'],
    ['two dots in the name', 'https://m..paywelcome.co.kr/', 'HOST'],
    ['a dot before the domain', 'https://.paywelcome.co.kr/', 'HOST'],
    ['an underscore', 'https://a_b.paywelcome.co.kr/', 'HOST'],
    ['plain HTTP', 'http://m.paywelcome.co.kr/', 'NOT_HTTPS'],
    ['plain HTTP to the port of HTTPS', 'http://m.paywelcome.co.kr:443/', 'NOT_HTTPS'],
    ['another scheme', 'ftp://m.paywelcome.co.kr/', 'NOT_HTTPS'],
    ['no scheme', '//m.paywelcome.co.kr/', 'MALFORMED'],
    ['a path alone', '/approve', 'MALFORMED'],
    ['a scheme without slashes', 'https:m.paywelcome.co.kr/', 'MALFORMED'],
    ['a script', 'javascript:alert(1)//m.paywelcome.co.kr/', 'MALFORMED'],
    ['another port', 'https://m.paywelcome.co.kr:8443/', 'PORT'],
    ['port 0', 'https://m.paywelcome.co.kr:0/', 'PORT'],
    ['a port with a zero before it', 'https://m.paywelcome.co.kr:0443/', 'PORT'],
    ['a port that is none', 'https://m.paywelcome.co.kr:99999/', 'MALFORMED'],
    ['a user', 'https://m.paywelcome.co.kr@evil.example/', 'USER_INFO'],
    ['a user at the PG', 'https://evil@m.paywelcome.co.kr/', 'USER_INFO'],
    ['a user and a password', 'https://m.paywelcome.co.kr:443@evil.example/', 'USER_INFO'],
    ['an empty user', 'https://@m.paywelcome.co.kr/', 'USER_INFO'],
    ['a backslash for a slash', 'https://evil.example\\.paywelcome.co.kr/', 'MALFORMED'],
    ['a backslash before the host', 'https:/\\m.paywelcome.co.kr/', 'MALFORMED'],
    ['a fragment', 'https://m.paywelcome.co.kr/#x', 'MALFORMED'],
    ['a host behind a fragment', 'https://evil.example#.paywelcome.co.kr/', 'MALFORMED'],
    ['a space before it', ' https://m.paywelcome.co.kr/', 'MALFORMED'],
    ['a space in it', 'https://m.paywelcome.co.kr/a b', 'MALFORMED'],
    ['a tab in the host', 'https://m.pay\twelcome.co.kr/', 'MALFORMED'],
    ['a line break', 'https://m.paywelcome.co.kr/\r\nHost: evil.example', 'MALFORMED'],
    ['a NUL', 'https://m.paywelcome.co.kr\0.evil.example/', 'MALFORMED'],
    ['loopback', 'https://127.0.0.1/', 'HOST'],
    ['localhost', 'https://localhost/', 'HOST'],
    ['a number for an address', 'https://2130706433/', 'HOST'],
    ['a hexadecimal address', 'https://0x7f.0.0.1/', 'HOST'],
    ['loopback in IPv6', 'https://[::1]/', 'HOST'],
    ['an IPv4 address within IPv6', 'https://[::ffff:169.254.169.254]/', 'HOST'],
    ["the cloud's metadata", 'https://169.254.169.254/latest/meta-data/', 'HOST'],
    ['nothing', '', 'MALFORMED'],
    ['a text without end', `https://m.paywelcome.co.kr/${'a'.repeat(5_000)}`, 'MALFORMED'],
  ] as const
  test.each(REFUSED)('%s', (_, text, fault) => expect(read(text)).toBe(fault))
})

describe('before a sandbox', () => {
  const sandbox = { baseUrl: 'http://127.0.0.1:4010', sandbox: true }
  test.each(['http://127.0.0.1:4010/smspay/approve/1', 'http://127.0.0.1:4010'])('the sandbox is taken: %s', (text) =>
    expect(read(text, sandbox)).toBe(new URL(text).href),
  )

  test.each([
    ['the PG', 'https://m.paywelcome.co.kr/', 'HOST'],
    ['another port', 'http://127.0.0.1:4011/', 'HOST'],
    ['another scheme', 'https://127.0.0.1:4010/', 'HOST'],
    ['another name of this machine', 'http://localhost:4010/', 'HOST'],
    ['another host behind a user', 'http://127.0.0.1:4010@evil.example/', 'USER_INFO'],
    ['a user', 'http://a:b@127.0.0.1:4010/', 'USER_INFO'],
    ['a line break', 'http://127.0.0.1:4010/\n', 'MALFORMED'],
  ] as const)('%s is not', (_, text, fault) => expect(read(text, sandbox)).toBe(fault))
})
