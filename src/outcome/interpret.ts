import { judgeErrors } from './judge-errors.ts'
import { judgeMember } from './judge-member.ts'
import { type Found, findResults } from './result.ts'
import type { Outcome, OutcomeKind } from './types.ts'
import { unknown, type Verdict } from './verdict.ts'

/**
 * What a result means, with texts for a buyer. Takes it in any form in which a client hands it over: a member of a union,
 * the data, the whole answer, or the error that was thrown instead.
 */
export function interpret(result: unknown): Outcome {
  return judge(result).outcome
}

/**
 * What became of an operation or a payment that was asked for, as `paymentOperation`, `smsPayment` and `payment` answer. An
 * error says that it could not be asked for, not what became of it: then it is still being checked.
 */
export function interpretStatus(result: unknown): Outcome {
  return judgeStatus(result).outcome
}

export function judgeStatus(result: unknown): Verdict {
  const found = findResults(result)
  return found.every((each) => 'member' in each) ? judge(result) : unknown()
}

/** Whether it was asked for, and there is none. */
export function isAbsent(result: unknown): boolean {
  return findResults(result).every((found) => 'errors' in found && found.hasData && found.errors.length === 0)
}

/** Of the fields of one answer, the one that asks for most care counts. */
const CARE: readonly OutcomeKind[] = ['checking', 'conflict', 'retry', 'refused', 'invalid', 'done']

export function judge(result: unknown): Verdict {
  const verdicts = findResults(result).map(judgeFound)
  return CARE.flatMap((kind) => verdicts.filter(({ outcome }) => outcome.kind === kind))[0] ?? unknown()
}

function judgeFound(found: Found): Verdict {
  return 'errors' in found ? judgeErrors(found.errors, found.hasData) : judgeMember(found.type, found.member)
}
