import type { Localized } from '../../lib/localized.ts'

/** The request header that names a scenario. */
export const SCENARIO_HEADER = 'x-sandbox-scenario'

/**
 * What a caller may rightly conclude about a request that changes something. A lookup changes nothing, whatever it
 * meets.
 */
type ScenarioOutcome = 'SUCCESS' | 'NOT_PROCESSED' | 'UNKNOWN'

/** One way in which the sandbox can behave for one request, whichever the service. */
interface Scenario {
  readonly name: string
  readonly description: Localized
  /** Whether the request is carried out and stands in the books. */
  readonly processed: boolean
  readonly outcome: ScenarioOutcome
}

const scenario = <Name extends string>(
  name: Name,
  processed: boolean,
  outcome: ScenarioOutcome,
  description: Localized,
): Scenario & { readonly name: Name } => ({ name, processed, outcome, description })

/** All scenarios. A form with a mistake gets its own answer first, so that no scenario hides it. */
export const SCENARIOS = [
  scenario('decline', false, 'NOT_PROCESSED', {
    en: 'Not processed: HTTP 200 with the refusal 1001.',
    ko: '처리 안 함. HTTP 200, 거절 코드 1001.',
  }),
  scenario('http-400', false, 'NOT_PROCESSED', {
    en: 'Not processed: HTTP 400 with a result code.',
    ko: '처리 안 함. HTTP 400과 결과코드.',
  }),
  scenario('http-404-html', false, 'NOT_PROCESSED', {
    en: 'Not processed: HTTP 404 with a page in HTML.',
    ko: '처리 안 함. HTTP 404와 HTML 페이지.',
  }),
  scenario('http-408', false, 'UNKNOWN', {
    en: 'Not processed: HTTP 408, which says too little about what happened.',
    ko: '처리 안 함. 처리 여부를 알 수 없는 HTTP 408.',
  }),
  scenario('http-500', false, 'UNKNOWN', {
    en: 'Not processed: HTTP 500 with a result code.',
    ko: '처리 안 함. HTTP 500과 결과코드.',
  }),
  scenario('http-500-processed', true, 'UNKNOWN', {
    en: 'Processed, then HTTP 500 with a result code.',
    ko: '처리됨. HTTP 500과 결과코드.',
  }),
  scenario('http-502-html', true, 'UNKNOWN', {
    en: "Processed, then HTTP 502 with a proxy's page in HTML.",
    ko: '처리됨. HTTP 502와 프록시의 HTML 페이지.',
  }),
  scenario('timeout', true, 'UNKNOWN', {
    en: 'Processed, then silence until the caller hangs up.',
    ko: '처리됨. 호출자가 연결을 끊을 때까지 응답 없음.',
  }),
  scenario('timeout-unprocessed', false, 'UNKNOWN', {
    en: 'Not processed: silence until the caller hangs up.',
    ko: '처리 안 함. 호출자가 연결을 끊을 때까지 응답 없음.',
  }),
  scenario('reset', true, 'UNKNOWN', {
    en: 'Processed, then the connection is reset (RST).',
    ko: '처리됨. 연결 리셋(RST).',
  }),
  scenario('reset-unprocessed', false, 'UNKNOWN', {
    en: 'Not processed: the connection is reset (RST).',
    ko: '처리 안 함. 연결 리셋(RST).',
  }),
  scenario('close', true, 'UNKNOWN', {
    en: 'Processed, then the connection is closed (FIN) without an answer.',
    ko: '처리됨. 응답 없이 연결 종료(FIN).',
  }),
  scenario('close-unprocessed', false, 'UNKNOWN', {
    en: 'Not processed: the connection is closed (FIN) without an answer.',
    ko: '처리 안 함. 응답 없이 연결 종료(FIN).',
  }),
  scenario('truncated', true, 'UNKNOWN', {
    en: 'Processed, then half the body, less than its Content-Length, and the end.',
    ko: '처리됨. Content-Length보다 짧은 본문 절반을 보내고 연결 종료.',
  }),
  scenario('unreadable', true, 'UNKNOWN', {
    en: 'Processed, then HTTP 200 with a page in HTML.',
    ko: '처리됨. HTTP 200과 HTML 페이지.',
  }),
  scenario('empty', true, 'UNKNOWN', {
    en: 'Processed, then HTTP 200 with nothing in it.',
    ko: '처리됨. HTTP 200과 빈 본문.',
  }),
  scenario('no-result-code', true, 'UNKNOWN', {
    en: 'Processed, then HTTP 200 with the answer less its ResultCode.',
    ko: '처리됨. HTTP 200, ResultCode가 빠진 응답.',
  }),
  scenario('too-large', true, 'UNKNOWN', {
    en: 'Processed, then HTTP 200 with the answer and a field that takes it over 64 KiB.',
    ko: '처리됨. HTTP 200, 항목 하나 때문에 64 KiB가 넘는 응답.',
  }),
  scenario('drip', true, 'UNKNOWN', {
    en: 'Processed, then HTTP 200 with a body of one byte each 100 ms, without end.',
    ko: '처리됨. HTTP 200, 본문을 100 ms마다 1바이트씩 끝없이 보냄.',
  }),
  scenario('slow', true, 'SUCCESS', {
    en: 'Processed at once; the answer comes after a while (2 seconds unless set otherwise).',
    ko: '처리됨. 따로 설정하지 않으면 2초 뒤 응답.',
  }),
  scenario('mismatch', true, 'UNKNOWN', {
    en: 'Processed, then a success that names another Mid and Tid.',
    ko: '처리됨. 다른 Mid와 Tid가 적힌 성공 응답.',
  }),
  scenario('redirect', false, 'UNKNOWN', {
    en: 'Not processed: HTTP 302 to the same path.',
    ko: '처리 안 함. 같은 경로로 HTTP 302.',
  }),
  scenario('redirect-307', false, 'UNKNOWN', {
    en: 'Not processed: HTTP 307 to the same path, which asks for the form once more.',
    ko: '처리 안 함. 같은 경로로 전문을 다시 보내라는 HTTP 307.',
  }),
  scenario('euc-kr', true, 'SUCCESS', {
    en: 'Processed; the answer is in EUC-KR and its header says so.',
    ko: '처리됨. EUC-KR 응답, 헤더에 명시.',
  }),
  scenario('euc-kr-undeclared', true, 'SUCCESS', {
    en: 'Processed; the answer is in EUC-KR and its header names no charset.',
    ko: '처리됨. EUC-KR 응답, 헤더에 문자셋 없음.',
  }),
  scenario('euc-kr-mislabelled', true, 'SUCCESS', {
    en: 'Processed; the answer is in EUC-KR and its header says UTF-8.',
    ko: '처리됨. EUC-KR 응답인데 헤더는 UTF-8.',
  }),
  scenario('cp949', true, 'SUCCESS', {
    en: 'Processed; the message has syllables that only code page 949 has, and its header says EUC-KR.',
    ko: '처리됨. 메시지에 CP949(확장 완성형)에만 있는 음절, 헤더는 EUC-KR.',
  }),
  scenario('cp949-cut', true, 'SUCCESS', {
    en: 'Processed; the same, with the last character of the message cut in half.',
    ko: '처리됨. 위와 같은 메시지의 마지막 글자가 반만 옴.',
  }),
  scenario('numbers', true, 'SUCCESS', {
    en: 'Processed; numbers where strings are documented, the ResultCode excepted.',
    ko: '처리됨. 문자열이어야 할 값이 숫자(ResultCode 제외).',
  }),
  scenario('extra-fields', true, 'SUCCESS', {
    en: 'Processed; the answer has fields of every JSON type that nobody documented.',
    ko: '처리됨. 규격에 없는 모든 JSON 타입의 항목이 섞인 응답.',
  }),
  scenario('missing-fields', true, 'SUCCESS', {
    en: 'Processed; the answer is the ResultCode alone.',
    ko: '처리됨. ResultCode만 있는 응답.',
  }),
  scenario('bom', true, 'SUCCESS', {
    en: 'Processed; the answer begins with an UTF-8 byte order mark.',
    ko: '처리됨. 응답 앞에 UTF-8 BOM.',
  }),
  scenario('odd-json', true, 'SUCCESS', {
    en: "Processed; raw control characters and an escaped ' in the message, NULs behind the JSON, Content-Encoding: UTF-8.",
    ko: "처리됨. 메시지에 제어 문자와 이스케이프한 ', JSON 뒤에 NUL, Content-Encoding: UTF-8.",
  }),
  scenario('zero-code', true, 'UNKNOWN', {
    en: 'Processed, then HTTP 200 with the undocumented result code 0000.',
    ko: '처리됨. HTTP 200, 문서에 없는 결과코드 0000.',
  }),
  scenario('two-codes', true, 'UNKNOWN', {
    en: 'Processed, then HTTP 200 with two result codes that contradict each other.',
    ko: '처리됨. HTTP 200, 서로 모순되는 결과코드 두 개.',
  }),
  scenario('continue', true, 'SUCCESS', {
    en: 'Processed; an unasked 100 Continue comes before the answer.',
    ko: '처리됨. 요청하지 않은 100 Continue가 응답보다 먼저 옴.',
  }),
  scenario('gzip', true, 'SUCCESS', {
    en: 'Processed; the answer is compressed (Content-Encoding: gzip).',
    ko: '처리됨. 압축된 응답(Content-Encoding: gzip).',
  }),
  scenario('answer-too-many', true, 'SUCCESS', {
    en: 'Processed; a second answer, a success that names nothing, comes behind the first on the same connection. Whoever uses that connection again may read it as the answer to the next request.',
    ko: '처리됨. 같은 연결에 아무 거래도 가리키지 않는 두 번째 성공 응답이 이어서 옴. 그 연결을 다시 쓰면 다음 요청의 응답으로 읽을 수 있음.',
  }),
  scenario('answer-too-many-late', true, 'SUCCESS', {
    en: 'Processed; the same, but the second answer comes when the next request begins on that connection, before its own.',
    ko: '처리됨. 위와 같되, 두 번째 응답이 그 연결의 다음 요청이 시작될 때 그 응답보다 먼저 옴.',
  }),
] as const

export type ScenarioName = (typeof SCENARIOS)[number]['name']

export type KnownScenario = Scenario & { readonly name: ScenarioName }

const BY_NAME: ReadonlyMap<string, KnownScenario> = new Map(SCENARIOS.map((each) => [each.name, each]))

/** Undefined for a name that is no scenario. */
export function findScenario(name: string): KnownScenario | undefined {
  return BY_NAME.get(name)
}
