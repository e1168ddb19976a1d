import type { JournalEvent } from '../../journal/journal.ts'
import type { Localized } from '../../lib/localized.ts'

/** What a metric says, and each of its labels. */
export interface MetricTexts {
  readonly about: Localized
  readonly labels: Readonly<Record<string, Localized>>
}

const SERVICE: Localized = { en: 'The mutation’s name.', ko: '뮤테이션 이름.' }

/** The metrics, beside those that the metrics library has of every process. */
export const METRICS = {
  payapi_graphql_calls_total: {
    about: {
      en: 'Calls to PayAPI that ended, also those that could not be sent. A rejected input is no call.',
      ko: '끝난 PayAPI 호출 수. 전송하지 못한 호출도 포함합니다. 입력이 거절된 요청은 호출이 아닙니다.',
    },
    labels: {
      service: SERVICE,
      ending: { en: 'The type of the result.', ko: '결과 타입.' },
      outcome: { en: '`SUCCESS`, `NOT_PROCESSED` or `UNKNOWN`.', ko: '`SUCCESS`, `NOT_PROCESSED`, `UNKNOWN` 중 하나.' },
      reason: {
        en: 'That of a `PayApiTransportError`, else empty.',
        ko: '`PayApiTransportError`의 `reason`. 그 밖에는 빈 값.',
      },
    },
  },
  payapi_graphql_call_duration_seconds: {
    about: {
      en: 'How long PayAPI took, from the first attempt to connect to the last byte of its answer.',
      ko: '처음 연결을 시도한 때부터 응답의 마지막 바이트까지 PayAPI 호출에 걸린 시간.',
    },
    labels: { service: SERVICE },
  },
  payapi_graphql_calls_in_flight: {
    about: { en: 'Calls to PayAPI under way.', ko: '진행 중인 PayAPI 호출 수.' },
    labels: {
      effect: {
        en: '`change` for calls that change something, `lookup` for lookups.',
        ko: '상태를 바꾸는 호출은 `change`, 조회는 `lookup`.',
      },
    },
  },
  payapi_graphql_request_duration_seconds: {
    about: {
      en: 'How long a request for GraphQL took, from its headers to the end of its answer, PayAPI included.',
      ko: '헤더부터 응답이 끝날 때까지 GraphQL 요청에 걸린 시간. PayAPI 호출을 포함합니다.',
    },
    labels: {
      operation: {
        en: '`query`, `mutation`, `subscription`, or `none` where it did not come to an operation.',
        ko: '`query`, `mutation`, `subscription`, 또는 오퍼레이션이 실행되지 않은 `none`.',
      },
      status: {
        en: '`2xx` to `5xx`, or `hung_up` where the caller went before the answer.',
        ko: '`2xx`~`5xx`, 또는 응답 전에 호출자가 연결을 끊은 `hung_up`.',
      },
    },
  },
  payapi_graphql_streams_open: {
    about: { en: 'Streams of subscriptions that are open.', ko: '열려 있는 구독 스트림 수.' },
    labels: {},
  },
  payapi_graphql_journal_ready: {
    about: {
      en: 'Whether the journal’s store can be written: 1, or 0 where nothing can be sent.',
      ko: '저널의 저장소에 기록할 수 있으면 1, 기록할 수 없어 아무것도 보내지 못하면 0.',
    },
    labels: {},
  },
  payapi_graphql_operations_unknown: {
    about: {
      en: 'Operations of unknown outcome in the journal. The same in every instance that shares a store: take the maximum. Not there while the store does not answer.',
      ko: '저널에서 결과를 알 수 없는 작업 수. 저장소를 함께 쓰는 인스턴스는 모두 같은 값을 내므로 최댓값을 사용하십시오. 저장소가 응답하지 않는 동안에는 나오지 않습니다.',
    },
    labels: { state: { en: '`UNKNOWN`.', ko: '`UNKNOWN`.' } },
  },
  payapi_graphql_journal_events_total: {
    about: {
      en: 'What the journal of operations reported: repeated requests, conflicts, and faults of its store.',
      ko: '저널에서 일어난 일: 반복된 요청, 충돌, 저장소 장애.',
    },
    labels: { kind: { en: 'See the events below.', ko: '아래 이벤트 목록 참고.' } },
  },
  payapi_graphql_notices_total: {
    about: {
      en: 'Notices of the PG. Of one that comes several times, the first is `received` and the others are `duplicate`.',
      ko: 'PG의 통보(노티) 수. 여러 번 온 통보는 처음 한 번이 `received`, 나머지는 `duplicate`입니다.',
    },
    labels: {
      kind: {
        en: 'Its kind, e.g. `DEPOSIT`; `none` where it came to no address of ours.',
        ko: '통보 종류. 예: `DEPOSIT`. 등록되지 않은 주소로 오면 `none`.',
      },
      result: {
        en: '`received`, `duplicate`, `unmatched` (it fits nothing so far) or `refused`.',
        ko: '`received`, `duplicate`, `unmatched`(맞는 거래가 아직 없음), `refused` 중 하나.',
      },
    },
  },
  payapi_graphql_notice_apply_seconds: {
    about: {
      en: 'From the first arrival of a notice until it had its effect.',
      ko: '통보가 처음 도착한 때부터 반영될 때까지 걸린 시간.',
    },
    labels: { kind: { en: 'Its kind.', ko: '통보 종류.' } },
  },
  payapi_graphql_webhooks_total: {
    about: {
      en: 'Attempts to deliver a webhook.',
      ko: '웹훅 전송 시도 수.',
    },
    labels: {
      endpoint: { en: 'Its `id` in `PAYAPI_WEBHOOKS_FILE`.', ko: '`PAYAPI_WEBHOOKS_FILE`의 `id`.' },
      type: { en: 'That of the event.', ko: '이벤트 타입.' },
      result: {
        en: '`delivered`, `failed` (it is tried again) or `given_up`.',
        ko: '`delivered`, `failed`(다시 시도함), `given_up`(포기함) 중 하나.',
      },
    },
  },
  payapi_graphql_webhook_delivery_seconds: {
    about: {
      en: 'From when an event was written down until an endpoint had taken it.',
      ko: '이벤트가 기록된 때부터 엔드포인트가 받을 때까지 걸린 시간.',
    },
    labels: { endpoint: { en: 'Its `id` in `PAYAPI_WEBHOOKS_FILE`.', ko: '`PAYAPI_WEBHOOKS_FILE`의 `id`.' } },
  },
  payapi_graphql_webhooks_pending: {
    about: {
      en: 'Webhooks that are to be delivered still. The same in every instance that shares a store: take the maximum. Not there while the store does not answer.',
      ko: '아직 전송하지 못한 웹훅 수. 저장소를 함께 쓰는 인스턴스는 모두 같은 값을 내므로 최댓값을 사용하십시오. 저장소가 응답하지 않는 동안에는 나오지 않습니다.',
    },
    labels: { endpoint: { en: 'Its `id` in `PAYAPI_WEBHOOKS_FILE`.', ko: '`PAYAPI_WEBHOOKS_FILE`의 `id`.' } },
  },
  payapi_graphql_cache_lookups_total: {
    about: {
      en: 'Looks into a cache of answers, and whether it held what was looked for.',
      ko: '캐시를 조회한 횟수와 결과.',
    },
    labels: {
      cache: { en: '`card_prefix`.', ko: '`card_prefix`.' },
      result: { en: '`hit` or `miss`.', ko: '`hit` 또는 `miss`.' },
    },
  },
} as const satisfies Readonly<Record<string, MetricTexts>>

/** Name and help of a metric, as it is registered. */
export const named = <Name extends keyof typeof METRICS>(name: Name) => ({ name, help: METRICS[name].about.en })

/** The journal's events by their kinds. */
export const JOURNAL_EVENTS: Readonly<Record<JournalEvent['kind'], Localized>> = {
  replayed: {
    en: 'A request was answered with an earlier one’s result.',
    ko: '앞선 요청의 결과로 응답했습니다.',
  },
  conflict: {
    en: 'An earlier operation stood in the way of a request.',
    ko: '요청이 앞선 작업과 충돌했습니다.',
  },
  unavailable: {
    en: 'The store could not be used, so nothing was sent.',
    ko: '저장소를 쓸 수 없어 전송하지 않았습니다.',
  },
  'send-failed': {
    en: 'A fault of the server’s own while a request was being sent. What became of it is unknown.',
    ko: '요청을 보내는 중 서버 자체의 오류가 발생했습니다. 처리 결과는 알 수 없습니다.',
  },
  'finish-delayed': {
    en: 'A result could not be written yet. The caller was told of it; writing is tried again.',
    ko: '결과를 아직 기록하지 못했습니다. 호출자에게는 응답했으며, 기록을 다시 시도합니다.',
  },
  'finish-lost': {
    en: 'The process ended before a result could be written. The operation is `UNKNOWN` from then on, whatever its caller was told.',
    ko: '결과를 기록하지 못한 채 프로세스가 종료되었습니다. 호출자에게 응답한 내용과 관계없이 작업은 `UNKNOWN`이 됩니다.',
  },
  'finish-fenced': {
    en: 'A result was not taken, for a person had resolved the operation already.',
    ko: '담당자가 이미 확인 결과를 기록한 작업이라 결과를 기록하지 않았습니다.',
  },
  'store-crowded': {
    en: 'PostgreSQL had no room for one more connection: calls share those that there are.',
    ko: 'PostgreSQL에 연결할 자리가 모자라 있는 연결을 나누어 씁니다.',
  },
  interrupted: {
    en: 'A process ended while calls were under way. They are `UNKNOWN` now, and counted one by one.',
    ko: '호출이 진행되는 동안 프로세스가 비정상 종료되었습니다. 해당 작업은 `UNKNOWN`이 되며, 작업마다 하나씩 셉니다.',
  },
  resolved: {
    en: 'What became of an operation of unknown outcome was recorded.',
    ko: '결과를 알 수 없던 작업의 확인 결과가 기록되었습니다.',
  },
  reopened: {
    en: 'What was recorded of an operation was taken back: it is `UNKNOWN` again.',
    ko: '기록된 확인 결과가 취소되어 작업이 다시 `UNKNOWN`이 되었습니다.',
  },
  'settle-tried': {
    en: 'PayAPI was asked again what became of an operation of unknown outcome.',
    ko: '결과를 알 수 없는 작업의 결과를 PayAPI에 다시 확인했습니다.',
  },
  'settle-contradicted': {
    en: 'PayAPI showed something else of an operation than what was recorded of it meanwhile. A person has to look.',
    ko: 'PayAPI에서 확인한 결과가 그동안 기록된 확인 결과와 다릅니다. 담당자가 확인해야 합니다.',
  },
  'clock-doubt': {
    en: 'This machine’s clock jumped, or does not fit the journal’s times.',
    ko: '서버의 시계가 갑자기 바뀌었거나 저널의 시각과 맞지 않습니다.',
  },
  'upkeep-failed': {
    en: 'Expired leases or old operations could not be cleared away. It is tried again.',
    ko: '만료된 리스(lease)나 오래된 작업을 정리하지 못했습니다. 다시 시도합니다.',
  },
}
