import type { IncomingMessage } from 'node:http'
import { BodyAlreadyReadError, isUnread, keptBody, rewrittenForm } from '../../lib/kept-body.ts'
import { CONTRACT, type ContractService } from '../contract.ts'
import { FormFault } from '../errors.ts'
import { findScenario, type KnownScenario, SCENARIO_HEADER, SCENARIOS } from '../response/scenarios.ts'

/** The largest form that is read. */
const BODY_LIMIT_BYTES = 64 * 1024

/** Past this much the sandbox stops listening: an answer to one who talks on without end would never be read. */
const PATIENCE_BYTES = 16 * 1024 * 1024

const SERVICES: ReadonlyMap<string, ContractService> = new Map(CONTRACT.map((service) => [service.path, service]))

/** The service at a request's target. Throws FormFault for any other; the contract knows no query string. */
export function findService(target: string): ContractService {
  const service = SERVICES.get(target)
  if (!service) throw new FormFault('path', '존재하지 않는 URL입니다.')
  return service
}

function checkContentType(header: string | undefined): void {
  const [type = '', ...parameters] = (header ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))
  const readable = charset === undefined || /^charset="?utf-8"?$/.test(charset)
  if (type !== 'application/x-www-form-urlencoded' || !readable) {
    throw new FormFault('contentType', 'Content-Type은 application/x-www-form-urlencoded; charset=utf-8 이어야 합니다.')
  }
}

/** Checks method and content type. Throws FormFault. */
export function checkProtocol(request: IncomingMessage): void {
  if (request.method !== 'POST') throw new FormFault('method', 'POST 방식만 지원합니다.')
  checkContentType(request.headers['content-type'])
}

/** The scenario that the header of a request names; undefined without one. Throws FormFault for an unknown name. */
export function requestedScenario(request: IncomingMessage): KnownScenario | undefined {
  const header = request.headers[SCENARIO_HEADER]
  if (header === undefined) return undefined
  const found = findScenario(String(header))
  if (found) return found
  const names = SCENARIOS.map(({ name }) => name).join(', ')
  throw new FormFault('scenario', `${SCENARIO_HEADER}: 알 수 없는 시나리오입니다. 사용 가능: ${names}`)
}

/**
 * Rejects with FormFault for a body over the limit, once it has been read to its end, because an answer before that may
 * be lost; and with the stream's own error where the caller goes away. What the server has parsed that a page is mounted
 * in, is taken from there.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (request.destroyed && !request.readableEnded) throw new Error(WENT_AWAY)
  if (!isUnread(request)) return keptForm(request)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= BODY_LIMIT_BYTES) chunks.push(chunk)
      if (size > PATIENCE_BYTES) request.destroy()
    })
    request.on('end', () => {
      if (size <= BODY_LIMIT_BYTES) resolve(Buffer.concat(chunks))
      else reject(tooLarge())
    })
    request.on('error', reject)
    request.on('close', () => reject(new Error(WENT_AWAY)))
    request.resume()
  })
}

const WENT_AWAY = 'the caller went away'

const tooLarge = () => new FormFault('tooLarge', `요청 본문이 ${BODY_LIMIT_BYTES}바이트를 초과하였습니다.`)

function keptForm(request: IncomingMessage): Buffer {
  try {
    const body = keptBody(request, rewrittenForm)
    if (body.length > BODY_LIMIT_BYTES) throw tooLarge()
    return body
  } catch (error) {
    if (!(error instanceof BodyAlreadyReadError)) throw error
    throw new FormFault('alreadyRead', `요청 본문을 다른 곳에서 이미 읽었습니다. ${error.message}`)
  }
}
