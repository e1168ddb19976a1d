import type { IdempotencyConflict } from '../../journal/claims/conflict.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Failure, Outcome } from '../../payapi/index.ts'
import type { RefundRefused } from '../../payments/refunds/refunds.ts'

// What each failure means to a caller, for the schema's descriptions and the reference. Of calls that change something: of
// a lookup nothing can have moved.

/** One case of a failure, and what to do about it. */
export interface FailureCase {
  /** Which case it is, where there are several. */
  readonly when?: Localized
  readonly outcome: Outcome
  readonly retryable: boolean
  readonly advice: Localized
}

/** A failure, or a reason of one. */
export interface DescribedFailure {
  readonly about: Localized
  readonly cases: readonly FailureCase[]
}

const LOOK_UP: Localized = {
  en: 'Do not send it again. Keep `operationId`, tell the buyer that the payment is being checked, and have the payment looked up in the merchant console.',
  ko: '다시 보내지 마십시오. `operationId`를 보관하고, 구매자에게 결제 확인 중이라고 안내하고, 상점 관리자 페이지(PG 제공)에서 거래를 확인하십시오.',
}

/** The case of what may have been processed. */
export const unknown: FailureCase = { outcome: 'UNKNOWN', retryable: false, advice: LOOK_UP }

/** The types of failure; those that have a `reason` are told by that, in `reasons.ts`. */
export const FAILURES: Readonly<Record<(Failure | IdempotencyConflict | RefundRefused)['type'], DescribedFailure>> = {
  PayApiInvalidInput: {
    about: {
      en: 'The facade rejected the input; nothing was sent. Correct it and send it again.',
      ko: '입력값이 잘못되어 거절했습니다. 전송하지 않았습니다.',
    },
    cases: [
      {
        outcome: 'NOT_PROCESSED',
        retryable: false,
        advice: {
          en: 'Show `issues` (`path`, `code` and `message` of everything that is wrong), correct the input, send it again.',
          ko: '`issues`(위반 항목마다 `path`, `code`, `message`)를 보여 주고, 입력을 고쳐 다시 보내십시오.',
        },
      },
    ],
  },
  PgFailure: {
    about: {
      en: 'PayAPI refused the request: a declined card, an unknown transaction and so on. Nothing was processed.',
      ko: 'PayAPI가 거절했습니다(HTTP 200, 성공이 아닌 결과코드). 카드 거절, 없는 거래, 이미 취소된 거래(`01`) 등이며, 처리되지 않았습니다.',
    },
    cases: [
      {
        outcome: 'NOT_PROCESSED',
        retryable: false,
        advice: {
          en: 'Show or log `resultCode` and `resultMessage`. The same request will most likely be refused again: change something, and take a new key.',
          ko: '`resultCode`와 `resultMessage`를 보여 주거나 기록하십시오. 같은 요청은 다시 거절될 가능성이 크므로 내용을 고쳐 새 키로 보내십시오.',
        },
      },
    ],
  },
  PayApiHttpClientError: {
    about: {
      en: 'PayAPI answered HTTP 4XX: something about the request is wrong. Not processed, except for 408 and where its code may mean success.',
      ko: 'PayAPI가 HTTP 4XX로 응답했습니다. 408이거나 결과코드가 성공으로 읽힐 수 있는 경우를 제외하면 처리되지 않았습니다.',
    },
    cases: [
      {
        when: {
          en: 'Any other than below.',
          ko: '아래 경우를 제외한 4XX.',
        },
        outcome: 'NOT_PROCESSED',
        retryable: false,
        advice: {
          en: 'A matter of set-up. The operator checks mid, keys, `PAYAPI_BASE_URL`, and what is agreed with the PG.',
          ko: '설정 문제입니다. 운영자가 mid, 키, `PAYAPI_BASE_URL`, PG와의 계약 내용을 확인하십시오.',
        },
      },
      {
        ...unknown,
        when: {
          en: 'HTTP 408, or a result code that says or may say success (`00`, `0000`, two codes that differ).',
          ko: 'HTTP 408이거나, 결과코드가 성공이거나 성공으로 읽힐 수 있는 경우(`00`, `0000`, 서로 다른 두 코드).',
        },
      },
    ],
  },
  PayApiHttpServerError: {
    about: {
      en: 'PayAPI answered HTTP 5XX: it had an internal error, and may or may not have processed the request.',
      ko: 'PayAPI가 HTTP 5XX로 응답했습니다. PG 내부 오류이며, 처리되었는지 알 수 없습니다.',
    },
    cases: [
      {
        ...unknown,
        advice: { en: `${LOOK_UP.en} If it goes on, call the PG.`, ko: `${LOOK_UP.ko} 계속되면 PG에 문의하십시오.` },
      },
    ],
  },
  PayApiTransportError: {
    about: {
      en: 'No answer of PayAPI to go by: the request could not be sent, or what came back cannot be read.',
      ko: '근거로 삼을 PayAPI 응답이 없습니다. 전송하지 못했거나, 돌아온 응답을 읽을 수 없습니다.',
    },
    cases: [],
  },
  PayApiIdempotencyConflict: {
    about: {
      en: 'An earlier operation stands in the way: `operationId` names it. Nothing was sent for this request; what became of the earlier one, `paymentOperation` tells.',
      ko: '앞선 작업과 충돌했습니다. `operationId`가 그 작업을 가리킵니다. 이번 요청은 전송하지 않았으며, 앞선 작업의 결과는 `paymentOperation`으로 조회합니다.',
    },
    cases: [],
  },
  PayApiRefundRefused: {
    about: {
      en: 'The refund does not fit what is known of the payment: `reason` says why. Nothing was sent.',
      ko: '환불 요청이 이 서버가 아는 거래 상태와 맞지 않습니다(`reason`). 전송하지 않았습니다.',
    },
    cases: [],
  },
}
