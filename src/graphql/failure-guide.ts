import type { ConflictReason, IdempotencyConflict } from '../journal/claims/conflict.ts'
import type { Localized } from '../lib/localized.ts'
import type { Failure, Outcome, TransportErrorReason } from '../payapi/index.ts'

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

const unknown: FailureCase = { outcome: 'UNKNOWN', retryable: false, advice: LOOK_UP }

const notSent = (advice: Localized): readonly FailureCase[] => [{ outcome: 'NOT_PROCESSED', retryable: true, advice }]

const AGAIN: Localized = {
  en: 'Send it again after a pause.',
  ko: '잠시 후 다시 보내십시오.',
}

const checkNetwork = (en: string, ko: string): Localized => ({
  en: `${AGAIN.en} If it goes on, check ${en}.`,
  ko: `${AGAIN.ko} 계속되면 ${ko} 확인하십시오.`,
})

/** The types of failure; what has a `reason` is told by that. */
export const FAILURES: Readonly<Record<Failure['type'] | IdempotencyConflict['type'], DescribedFailure>> = {
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
}

/** The reasons of a `PayApiTransportError`. */
export const TRANSPORT_REASONS: Readonly<Record<TransportErrorReason, DescribedFailure>> = {
  NAME_NOT_FOUND: {
    about: {
      en: "PayAPI's host name was not found. Not sent.",
      ko: 'PayAPI의 호스트 이름을 찾지 못했습니다. 전송하지 않았습니다.',
    },
    cases: notSent(checkNetwork('DNS and `PAYAPI_BASE_URL`', 'DNS와 `PAYAPI_BASE_URL`을')),
  },
  CONNECTION_REFUSED: {
    about: {
      en: 'No connection to PayAPI could be made. Not sent.',
      ko: 'PayAPI에 연결하지 못했습니다. 전송하지 않았습니다.',
    },
    cases: notSent(checkNetwork('network and firewall', '네트워크와 방화벽을')),
  },
  CONNECT_TIMEOUT: {
    about: {
      en: 'No connection to PayAPI could be made in time. Not sent.',
      ko: '제한 시간 안에 PayAPI에 연결하지 못했습니다. 전송하지 않았습니다.',
    },
    cases: notSent(checkNetwork('network and firewall', '네트워크와 방화벽을')),
  },
  TLS_FAILURE: {
    about: {
      en: 'No secure connection to PayAPI could be made. Not sent.',
      ko: 'PayAPI와 TLS 연결을 맺지 못했습니다. 전송하지 않았습니다.',
    },
    cases: notSent(checkNetwork('certificates, clock and whatever stands between', '인증서, 시계, 중간 장비를')),
  },
  OVERLOADED: {
    about: {
      en: "The facade's own bound on calls, under way or of one request, was reached. Not sent.",
      ko: '서버의 호출 한도(진행 중인 호출 수 또는 한 요청의 조회 수)에 도달했습니다. 전송하지 않았습니다.',
    },
    cases: notSent({
      en: `${AGAIN.en} If it goes on, see \`PAYAPI_MAX_IN_FLIGHT\` and \`PAYAPI_MAX_LOOKUPS_PER_REQUEST\`.`,
      ko: `${AGAIN.ko} 계속되면 \`PAYAPI_MAX_IN_FLIGHT\`와 \`PAYAPI_MAX_LOOKUPS_PER_REQUEST\`를 확인하십시오.`,
    }),
  },
  SHUTTING_DOWN: {
    about: {
      en: 'The facade is about to stop and begins no further call. Not sent.',
      ko: '서버가 종료 중이라 새 호출을 시작하지 않습니다. 전송하지 않았습니다.',
    },
    cases: notSent(AGAIN),
  },
  CONNECTION_LOST: {
    about: {
      en: 'The connection was lost after the request was sent.',
      ko: '요청을 보낸 뒤 연결이 끊겼습니다.',
    },
    cases: [unknown],
  },
  TIMEOUT: {
    about: {
      en: 'No complete answer came in time after the request was sent.',
      ko: '요청을 보낸 뒤 제한 시간 안에 응답을 끝까지 받지 못했습니다.',
    },
    cases: [unknown],
  },
  JOURNAL_UNAVAILABLE: {
    about: {
      en: 'The journal of operations could not be written. Not sent. Under its idempotencyKey an earlier request may have been processed, so ask again with the same key.',
      ko: '저널(처리 기록)에 쓸 수 없어 전송하지 않았습니다. 같은 멱등키의 앞선 요청이 처리되었을 수 있으므로 같은 키로 다시 요청하십시오.',
    },
    cases: [
      {
        when: {
          en: 'Without an idempotency key, and not a charge that the order guard checks.',
          ko: '멱등키가 없고, 주문 중복 승인 방지의 대상도 아닌 요청.',
        },
        outcome: 'NOT_PROCESSED',
        retryable: true,
        advice: {
          en: `${AGAIN.en} The operator looks at the journal’s disk or database.`,
          ko: `${AGAIN.ko} 운영자는 저널의 디스크나 데이터베이스를 확인하십시오.`,
        },
      },
      {
        when: {
          en: 'With an idempotency key, or a charge that the order guard checks: an earlier request may have been processed.',
          ko: '멱등키가 있거나 주문 중복 승인 방지의 대상인 요청: 앞선 요청이 처리되었을 수 있습니다.',
        },
        outcome: 'UNKNOWN',
        retryable: true,
        advice: {
          en: 'Ask again after a pause, with the same key and order and with no others. The operator looks at the journal’s disk or database.',
          ko: '잠시 후 반드시 같은 키와 같은 주문번호로 다시 요청하십시오. 운영자는 저널의 디스크나 데이터베이스를 확인하십시오.',
        },
      },
    ],
  },
  INTERRUPTED: {
    about: {
      en: 'The facade itself stopped while the call was under way.',
      ko: '호출이 진행되는 동안 서버 프로세스가 비정상 종료되었습니다.',
    },
    cases: [unknown],
  },
  UNREADABLE_RESPONSE: {
    about: {
      en: 'What came back is no answer of PayAPI (HTML, nothing, half a JSON, a redirect), or one that may mean success as well as failure (`0000`, two codes that differ).',
      ko: '돌아온 것이 PayAPI 응답이 아니거나(HTML, 빈 응답, 잘린 JSON, 리다이렉트), 성공인지 실패인지 구별할 수 없는 응답입니다(`0000`, 서로 다른 두 코드).',
    },
    cases: [unknown],
  },
  MISMATCHED_RESPONSE: {
    about: {
      en: 'The answer names another merchant or transaction: it is not ours.',
      ko: '응답의 가맹점ID나 거래ID가 요청과 다릅니다. 이 요청의 응답이 아닙니다.',
    },
    cases: [unknown],
  },
}

/** The reasons of a `PayApiIdempotencyConflict`. */
export const CONFLICT_REASONS: Readonly<Record<ConflictReason, DescribedFailure>> = {
  IN_PROGRESS: {
    about: {
      en: 'A request with the same key is still under way. Ask again with the same key.',
      ko: '같은 키의 요청이 아직 진행 중입니다.',
    },
    cases: notSent({ en: 'Ask again shortly, with the same key.', ko: '잠시 후 같은 키로 다시 요청하십시오.' }),
  },
  DIFFERENT_INPUT: {
    about: {
      en: 'The key was used for another input. A new request needs a new key.',
      ko: '같은 키를 다른 입력에 사용했습니다.',
    },
    cases: [
      {
        outcome: 'NOT_PROCESSED',
        retryable: false,
        advice: {
          en: 'The caller has a bug: a new request takes a new key.',
          ko: '호출자의 버그입니다. 새 요청에는 새 키를 사용하십시오.',
        },
      },
    ],
  },
  CANNOT_BE_COMPARED: {
    about: {
      en: 'The key was used before, but the server lacks the journal key to tell whether for the same input. The earlier request may have been processed: take no new key.',
      ko: '전에 사용한 키이지만, 서버에 저널 키가 없어 같은 입력인지 판별할 수 없습니다. 앞선 요청이 처리되었을 수 있습니다.',
    },
    cases: [
      {
        outcome: 'UNKNOWN',
        retryable: false,
        advice: {
          en: 'Take no new key: look the operation up with `paymentOperation(id:)`, or ask again with the same key once the operator has given the server its journal key.',
          ko: '새 키를 쓰지 마십시오. `paymentOperation(id:)`로 조회하거나, 운영자가 서버에 빠진 저널 키를 추가한 뒤 같은 키로 다시 요청하십시오.',
        },
      },
    ],
  },
  SAME_ORDER: {
    about: {
      en: 'The order was, or may have been, charged before.',
      ko: '이미 승인되었거나 승인되었을 수 있는 주문번호입니다.',
    },
    cases: [
      {
        outcome: 'NOT_PROCESSED',
        retryable: false,
        advice: {
          en: 'Look up with `paymentOperation(id:)` what became of the earlier operation; if that is `UNKNOWN`, the operator resolves it.',
          ko: '`paymentOperation(id:)`로 앞선 작업의 결과를 조회하십시오. `UNKNOWN`이면 운영자가 확인 결과를 기록합니다.',
        },
      },
    ],
  },
}
