import type { FailureTexts, Setup } from '../setup.ts'
import { isObject, parsedOrUndefined } from './paths.ts'

type Described = Pick<FailureTexts, 'about' | 'cases'>

/** A failure in an answer, with what is said of it. */
export interface ShownFailure {
  readonly type: string
  readonly reason: string | undefined
  readonly outcome: string | undefined
  readonly operationId: string | undefined
  /** Whether `operationId` names another operation, which stands in the way. */
  readonly standsInTheWay: boolean
  readonly about: Described['about']
  /** The cases that fit. */
  readonly cases: Described['cases']
}

/** What is refused because of another operation, if they name one. */
const REFUSED_FOR_ANOTHER: ReadonlySet<string> = new Set(['PayApiIdempotencyConflict', 'PayApiRefundRefused'])

/** The first failure of an answer; undefined where there is none that the page knows. */
export function failureIn(answer: string, { failures }: Setup): ShownFailure | undefined {
  const parsed = parsedOrUndefined(answer)
  return isObject(parsed) ? find(parsed['data'], failures) : undefined
}

function find(value: unknown, failures: Setup['failures']): ShownFailure | undefined {
  if (Array.isArray(value)) return first(value, failures)
  if (!isObject(value)) return undefined
  const texts = failures[String(value['__typename'])]
  return texts === undefined ? first(Object.values(value), failures) : describe(value, texts)
}

function first(values: readonly unknown[], failures: Setup['failures']): ShownFailure | undefined {
  for (const value of values) {
    const found = find(value, failures)
    if (found !== undefined) return found
  }
  return undefined
}

function describe(value: Record<string, unknown>, texts: FailureTexts): ShownFailure {
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : undefined)
  const [reason, outcome] = [text('reason'), text('outcome')]
  const { about, cases } = (reason !== undefined && texts.reasons?.[reason]) || texts
  const type = String(value['__typename'])
  return {
    type,
    reason,
    outcome,
    operationId: text('operationId'),
    standsInTheWay: REFUSED_FOR_ANOTHER.has(type),
    about,
    cases: cases.filter(
      (each) =>
        (outcome === undefined || each.outcome === outcome) &&
        (value['retryable'] === undefined || each.retryable === value['retryable']),
    ),
  }
}

/** The codes of the errors of an answer. */
export function errorCodes(answer: string): readonly string[] {
  const parsed = parsedOrUndefined(answer)
  const errors = isObject(parsed) && Array.isArray(parsed['errors']) ? parsed['errors'] : []
  return errors.flatMap((error: unknown) => {
    const extensions = isObject(error) ? error['extensions'] : undefined
    return isObject(extensions) && typeof extensions['code'] === 'string' ? [extensions['code']] : []
  })
}
