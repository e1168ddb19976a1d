import { decryptField } from './cipher.ts'
import type { ContractRequestField, ContractService } from './contract.ts'
import { FormFault } from './fault.ts'
import { type Form, showFieldName } from './form.ts'
import { parseKoreanTime } from './korean-time.ts'
import type { SandboxMerchant } from './merchants.ts'
import { FIELD_RULES } from './rules.ts'
import { expectedSignature } from './signature.ts'

const TIMESTAMP_WINDOW_MS = 10 * 60 * 1000

/** A form that passed every check of its service. */
export interface CheckedForm {
  readonly service: ContractService
  readonly merchant: SandboxMerchant
  /** When it came, epoch milliseconds by the sandbox's clock. */
  readonly at: number
  /** Takes a field's name, gives its clear value, or undefined where an optional field was left out. */
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
 * Takes a form, the service it was sent to, the merchants by mid and the time (epoch milliseconds); checks it against
 * the contract. Gives the clear values. Throws FormFault for the first thing that is wrong; the signature comes last,
 * so that a slip in a field is named as such.
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
