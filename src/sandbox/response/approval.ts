import type { IncomingMessage, ServerResponse } from 'node:http'
import { APPROVAL_PATH, approvalAnswer, type Fields, refusalAnswer } from '../notices/result-fields.ts'
import { Buyer, type BuyerWorld } from '../pages/buyer.ts'
import { parseForm } from '../request/form.ts'
import { readBody } from '../request/http.ts'
import type { Authentication } from '../state/authentications.ts'
import { deliverApproval } from './approval-deliveries.ts'
import { type ApprovalScenarioName, findApprovalScenario } from './approval-scenarios.ts'

/** What answering approvals depends on. */
export interface ApprovalWorld extends BuyerWorld {
  /** How long `slow` waits, milliseconds. */
  readonly slowMs: number
  /** The name of a random fault, for a buyer who chose none. */
  readonly drawFault: () => string | undefined
}

/** The id in the path of a request for an approval; undefined where it is none. */
export function approvalId(target: string): string | undefined {
  return target.startsWith(`${APPROVAL_PATH}/`) ? target.slice(APPROVAL_PATH.length + 1) : undefined
}

/** Answers a merchant's server that asks to approve what a buyer has authenticated: once for each authentication. */
export async function serveApproval(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  world: ApprovalWorld,
): Promise<void> {
  const { state, slowMs } = world
  state.countRequest(APPROVAL_PATH)
  const form = request.method === 'POST' ? parseForm(await readBody(request)) : new Map<string, string>()
  const found = state.authentications.find(id)
  const deliver = (answer: Fields, scenario?: ApprovalScenarioName) => {
    const charset = found?.payment.request.charset ?? 'euc-kr'
    deliverApproval(scenario, { request, response, answer, charset, slowMs })
  }
  const refusal = refuse(found, form)
  if (found === undefined || refusal !== undefined) return deliver(refusalAnswer(found?.payment, refusal ?? ''))
  const scenario = findApprovalScenario(found.scenario ?? world.drawFault() ?? '')
  if (scenario?.processed !== false) {
    deliver(approve(found, scenario?.name, world), scenario?.name)
  } else {
    // A card company that declined is not asked again; whatever else is not processed has not arrived.
    if (scenario.name === 'decline') found.isUsed = true
    deliver(refusalAnswer(found.payment, '카드사에서 승인을 거절하였습니다.'), scenario.name)
  }
}

/** Why an approval is refused; undefined where it is not. */
function refuse(found: Authentication | undefined, form: ReadonlyMap<string, string>): string | undefined {
  if (found === undefined) return '존재하지 않는 인증입니다.'
  if (form.get('P_MID') !== found.payment.mid) return '다른 가맹점의 인증입니다.'
  if (form.get('P_TID') !== found.tid) return '인증 거래번호가 맞지 않습니다.'
  return found.isUsed ? '이미 승인 처리된 인증입니다.' : undefined
}

function approve(
  authentication: Authentication,
  scenario: ApprovalScenarioName | undefined,
  world: ApprovalWorld,
): Fields {
  const { payment, choice } = authentication
  const { state, clock } = world
  authentication.isUsed = true
  const at = clock()
  const amount = scenario === 'charged-other-amount' ? String(BigInt(payment.price) + 1n) : payment.price
  const tid = new Buyer(payment, world).charge(at, amount)
  const approvalNumber = state.ids.approval()
  const billingKey = payment.payType === 'hpp' ? state.billingKeys.issue(payment.mid, at, 'mobile') : undefined
  return approvalAnswer({ payment, tid, amount, at, choice, approvalNumber }, billingKey)
}
