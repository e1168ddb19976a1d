import { createDecipheriv, createHash } from 'node:crypto'
import type { ContractRequestField, ContractService } from '../contract.ts'
import { FormFault } from '../errors.ts'
import type { SandboxMerchant } from '../merchants.ts'
import { FIELD_RULES } from './field-rules.ts'
import { type Form, showFieldName } from './form.ts'
import { parseKoreanTime } from './korean-time.ts'

const TIMESTAMP_WINDOW_MS = 10 * 60 * 1000

/** A form that passed every check of its service. */
export interface CheckedForm {
  readonly service: ContractService
  readonly merchant: SandboxMerchant
  /** When it came, epoch milliseconds by the sandbox's clock. */
  readonly at: number
  /** The clear value of a field; undefined where an optional field was left out. */
  readonly find: (name: string) => string | undefined
  /** The same for a required field. Throws an Error for one that is not there, which only a bug asks for. */
  readonly get: (name: string) => string
}

const shown = (field: ContractRequestField): string => `${field.label}(${field.name})`

function checkNames(service: ContractService, form: Form): void {
  const known = new Set(service.request.map(({ name }) => name))
  for (const name of form.keys()) {
    if (!known.has(name)) throw new FormFault('unknownField', `${showFieldName(name)}: 정의되지 않은 항목입니다.`)
  }
  for (const field of service.request) {
    const value = form.get(field.name)
    // A field without a value is left out of the form, so an empty optional one is a mistake too.
    if (value === '' || (value === undefined && field.required)) {
      throw new FormFault('missingField', `${shown(field)} 값이 없습니다.`)
    }
  }
}

function decryptFields(service: ContractService, form: Form, merchant: SandboxMerchant): Form {
  const clear = new Map(form)
  for (const field of service.request) {
    const value = form.get(field.name)
    if (!field.encrypted || value === undefined) continue
    const text = decryptField(value, merchant)
    if (text === undefined) throw new FormFault('undecipherable', `${shown(field)} 복호화에 실패하였습니다.`)
    if (text === '') throw new FormFault('missingField', `${shown(field)} 값이 없습니다.`)
    clear.set(field.name, text)
  }
  return clear
}

function checkValue(field: ContractRequestField, clear: Form): void {
  const value = clear.get(field.name)
  if (value === undefined) return
  if (field.size !== null && [...value].length > field.size) {
    throw new FormFault('tooLong', `${shown(field)} 길이가 ${field.size}자를 초과하였습니다.`)
  }
  if (field.values && !field.values.includes(value)) {
    throw new FormFault('badValue', `${shown(field)} 허용되지 않은 값입니다.`)
  }
  const rule = FIELD_RULES.get(field.name)
  if (rule && !rule.holds(value, field, clear)) throw new FormFault('badValue', `${shown(field)} ${rule.reason}`)
}

function checkTimestamp(text: string, now: number): void {
  const at = parseKoreanTime(text)
  if (at === undefined) throw new FormFault('badTimestamp', '타임스탬프(timestamp) 형식이 올바르지 않습니다.')
  if (Math.abs(at - now) > TIMESTAMP_WINDOW_MS) {
    throw new FormFault('staleTimestamp', '타임스탬프(timestamp) 유효시간 10분을 벗어났습니다.')
  }
}

/**
 * Checks a form against the contract, at a time in milliseconds since 1970. Throws FormFault for the first thing that
 * is wrong; the signature comes last, so that a slip in a field is named as such.
 */
export function checkForm(
  service: ContractService,
  form: Form,
  merchants: ReadonlyMap<string, SandboxMerchant>,
  now: number,
): CheckedForm {
  checkNames(service, form)
  const merchant = merchants.get(form.get('mid') ?? '')
  if (!merchant) throw new FormFault('unknownMerchant', '가맹점ID(mid) 등록되지 않은 가맹점입니다.')
  const clear = decryptFields(service, form, merchant)
  for (const field of service.request) checkValue(field, clear)
  checkTimestamp(clear.get('timestamp') ?? '', now)
  if (clear.get('signature') !== expectedSignature(service.signature, clear, merchant.signKey)) {
    throw new FormFault('badSignature', '검증값(signature) 일치하지 않습니다.')
  }
  return {
    service,
    merchant,
    at: now,
    find: (name) => clear.get(name),
    get: (name) => {
      const value = clear.get(name)
      if (value === undefined) throw new Error(`${service.path} has no required field ${name}`)
      return value
    },
  }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const BLOCK_BYTES = 16

/**
 * The clear text of an encrypted field (Base64 over AES-256-CBC with PKCS7 padding); undefined where it is not Base64,
 * not whole blocks, badly padded or no UTF-8.
 */
export function decryptField(value: string, merchant: SandboxMerchant): string | undefined {
  if (!BASE64.test(value)) return undefined
  const encrypted = Buffer.from(value, 'base64')
  if (encrypted.length % BLOCK_BYTES !== 0) return undefined
  const key = Buffer.from(merchant.apiKey, 'ascii')
  const iv = Buffer.from(merchant.apiIv, 'ascii')
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, iv)
    const clear = Buffer.concat([decipher.update(encrypted), decipher.final()])
    return new TextDecoder('utf-8', { fatal: true }).decode(clear)
  } catch {
    return undefined
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/**
 * The signature that the form must carry, over the clear values in the order in which a service signs: lower-case hex
 * of SHA-256 (contract: "Common to all services").
 */
export function expectedSignature(
  order: readonly string[],
  clear: ReadonlyMap<string, string>,
  signKey: string,
): string {
  const pairs = order.map((name) => `${name}=${name === 'mkey' ? sha256(signKey) : (clear.get(name) ?? '')}`)
  return sha256(pairs.join('&'))
}
