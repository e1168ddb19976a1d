import type { HandOver } from '../../../src/sandbox/pages/buyer.ts'
import type { Sandbox } from '../../../src/sandbox/server.ts'
import { type Fields, MID, postExample } from './forms.ts'

/** What makes a card and a bank transfer wait for the merchant's approval. */
export const TWO_STEPS = 'twotrs_isp=Y&block_isp=Y&twotrs_isp_noti=N&twotrs_bank=Y'

const URLS = { P_RETURN_URL: 'http://shop.test/return?shop=1', P_NEXT_URL: 'http://shop.test/next' }

/** Asks for a link in two steps, in EUC-KR; returns the short URL. */
export async function makeLink(
  sandbox: Sandbox,
  order: string,
  payType: string,
  changes: Readonly<Record<string, string | undefined>> = {},
  headers: Fields = {},
): Promise<string> {
  const form = { payType, P_OID: order, P_RESERVED: TWO_STEPS, P_QUOTABASE: undefined, P_CHARSET: undefined, ...URLS }
  const { body } = await postExample(sandbox, '/smspay/makeUrl', { ...form, ...changes }, headers)
  return body['MsgSend'] ?? `refused: ${body['ResultMsg']}`
}

/** Asks for the approval as the merchant's server does, unless told otherwise. */
export async function approve(
  { fields: { P_REQ_URL: url = '', P_TID: tid = '' } }: HandOver,
  changes: Fields = {},
): Promise<{ readonly status: number; readonly type: string | null; readonly body: Buffer }> {
  const body = new URLSearchParams({ P_TID: tid, P_MID: MID, ...changes })
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' })
  const type = answer.headers.get('content-type')
  return { status: answer.status, type, body: Buffer.from(await answer.arrayBuffer()) }
}

/** Fields of `name=value` text: percent escapes and plus signs are taken back over the bytes of the charset. */
export function readPairs(body: Buffer, charset: 'euc-kr' | 'utf-8' = 'euc-kr'): Record<string, string> {
  const decoder = new TextDecoder(charset, { fatal: true })
  const unescaped = (text: string) =>
    text.replaceAll('+', ' ').replace(/%([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  const decode = (text: string) => decoder.decode(Buffer.from(unescaped(text), 'latin1'))
  const pairs = body.toString('latin1').split('&')
  return Object.fromEntries(pairs.map((pair) => [pair.split('=')[0], decode(pair.slice(pair.indexOf('=') + 1))]))
}
