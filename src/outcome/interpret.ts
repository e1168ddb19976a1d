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

/** Of the fields of one answer, the one that asks for most care counts. */
const CARE: readonly OutcomeKind[] = ['checking', 'conflict', 'retry', 'refused', 'invalid', 'done']

export function judge(result: unknown): Verdict {
  const verdicts = findResults(result).map(judgeFound)
  return CARE.flatMap((kind) => verdicts.filter(({ outcome }) => outcome.kind === kind))[0] ?? unknown()
}

function judgeFound(found: Found): Verdict {
  return 'errors' in found ? judgeErrors(found.errors, found.hasData) : judgeMember(found.type, found.member)
}
