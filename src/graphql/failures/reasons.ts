import type { ConflictReason } from '../../journal/claims/conflict.ts'
import type { Localized } from '../../lib/localized.ts'
import type { TransportErrorReason } from '../../payapi/index.ts'
import type { RefundRefusalReason } from '../../payments/refunds/plan.ts'
import { type DescribedFailure, type FailureCase, unknown } from './guide.ts'

const notSent = (advice: Localized): readonly FailureCase[] => [{ outcome: 'NOT_PROCESSED', retryable: true, advice }]

const AGAIN: Localized = {
  en: 'Send it again after a pause.',
  ko: '잠시 후 다시 보내십시오.',
}

const checkNetwork = (en: string, ko: string): Localized => ({
  en: `${AGAIN.en} If it goes on, check ${en}.`,
  ko: `${AGAIN.ko} 계속되면 ${ko} 확인하십시오.`,
})

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
  ADDRESS_REFUSED: {
    about: {
      en: 'The address to approve a payment at leads into a private network. Not sent.',
      ko: '승인을 요청할 주소가 사설망을 가리킵니다. 전송하지 않았습니다.',
    },
    cases: notSent(checkNetwork('DNS: somebody may be forging names', 'DNS(이름 위조 여부)를')),
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
      en: 'The answer names another merchant, transaction, order or amount: it is not ours.',
      ko: '응답의 가맹점ID, 거래ID, 주문번호 또는 금액이 요청과 다릅니다. 이 요청의 응답이 아닙니다.',
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

const refused = (advice: Localized): readonly FailureCase[] => [{ outcome: 'NOT_PROCESSED', retryable: false, advice }]

/** The reasons of a `PayApiRefundRefused`. */
export const REFUND_REASONS: Readonly<Record<RefundRefusalReason, DescribedFailure>> = {
  PAYMENT_NOT_KNOWN: {
    about: {
      en: 'What was paid is not known here: the payment was never seen approved.',
      ko: '이 서버가 승인을 확인한 적이 없는 거래라서 결제금액을 알 수 없습니다.',
    },
    cases: refused({
      en: 'Check `merchantId` and `transactionId`. A payment that was made elsewhere is canceled with `cancelPayment` or `cancelPaymentPartially`.',
      ko: '`merchantId`와 `transactionId`를 확인하십시오. 다른 곳에서 결제된 거래는 `cancelPayment`나 `cancelPaymentPartially`로 취소하십시오.',
    }),
  },
  NOTHING_LEFT: {
    about: {
      en: 'Nothing remains of the payment: all of it was canceled.',
      ko: '이미 전액 취소되어 남은 금액이 없습니다.',
    },
    cases: refused({
      en: 'Nothing is to be done: `payment` shows when it was canceled.',
      ko: '더 할 일이 없습니다. 취소 내역은 `payment`로 조회하십시오.',
    }),
  },
  MORE_THAN_REMAINS: {
    about: {
      en: 'More was asked for than remains of the payment: `remainingAmount` says how much that is.',
      ko: '요청한 금액이 남은 금액보다 큽니다. 남은 금액은 `remainingAmount`에 있습니다.',
    },
    cases: refused({
      en: 'Ask for `remainingAmount` at most.',
      ko: '`remainingAmount` 이하의 금액으로 다시 요청하십시오.',
    }),
  },
  CANCEL_UNSETTLED: {
    about: {
      en: 'A cancel of the payment is under way, or nobody knows what became of it: `operationId` names it. How much remains depends on it.',
      ko: '이 거래의 취소가 진행 중이거나 그 결과를 알 수 없어(`operationId`) 남은 금액이 확정되지 않았습니다.',
    },
    cases: [
      {
        when: { en: 'A cancel is under way.', ko: '취소가 진행 중.' },
        outcome: 'NOT_PROCESSED',
        retryable: true,
        advice: { en: 'Ask again shortly, with the same key.', ko: '잠시 후 같은 키로 다시 요청하십시오.' },
      },
      {
        when: { en: 'The outcome of a cancel is `UNKNOWN`.', ko: '취소의 결과가 `UNKNOWN`.' },
        outcome: 'NOT_PROCESSED',
        retryable: false,
        advice: {
          en: 'Settle `operationId` first: look into the merchant console and record what it shows with `resolvePaymentOperation`. Then ask again.',
          ko: '먼저 `operationId`의 결과를 상점 관리자 페이지(PG 제공)에서 확인하여 `resolvePaymentOperation`으로 기록한 뒤 다시 요청하십시오.',
        },
      },
    ],
  },
}
