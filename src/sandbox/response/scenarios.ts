/** The request header that names a scenario. */
export const SCENARIO_HEADER = 'x-sandbox-scenario'

/**
 * What a caller may rightly conclude about a request that changes something. A lookup changes nothing, whatever it
 * meets.
 */
export type ScenarioOutcome = 'SUCCESS' | 'NOT_PROCESSED' | 'UNKNOWN'

/** One way in which the sandbox can behave for one request, whichever the service. */
export interface Scenario {
  readonly name: string
  readonly description: string
  /** Whether the request is carried out and stands in the books. */
  readonly processed: boolean
  readonly outcome: ScenarioOutcome
}

const scenario = <Name extends string>(
  name: Name,
  processed: boolean,
  outcome: ScenarioOutcome,
  description: string,
): Scenario & { readonly name: Name } => ({ name, processed, outcome, description })

const kept = 'Processed'
const lost = 'Not processed'

/** All scenarios. A form with a mistake gets its own answer first, so that no scenario hides it. */
export const SCENARIOS = [
  scenario('decline', false, 'NOT_PROCESSED', `${lost}: HTTP 200 with the refusal 1001.`),
  scenario('http-400', false, 'NOT_PROCESSED', `${lost}: HTTP 400 with a result code.`),
  scenario('http-404-html', false, 'NOT_PROCESSED', `${lost}: HTTP 404 with a page in HTML.`),
  scenario('http-408', false, 'UNKNOWN', `${lost}: HTTP 408, which says too little about what happened.`),
  scenario('http-500', false, 'UNKNOWN', `${lost}: HTTP 500 with a result code.`),
  scenario('http-500-processed', true, 'UNKNOWN', `${kept}, then HTTP 500 with a result code.`),
  scenario('http-502-html', true, 'UNKNOWN', `${kept}, then HTTP 502 with a proxy's page in HTML.`),
  scenario('timeout', true, 'UNKNOWN', `${kept}, then silence until the caller hangs up.`),
  scenario('timeout-unprocessed', false, 'UNKNOWN', `${lost}: silence until the caller hangs up.`),
  scenario('reset', true, 'UNKNOWN', `${kept}, then the connection is reset (RST).`),
  scenario('reset-unprocessed', false, 'UNKNOWN', `${lost}: the connection is reset (RST).`),
  scenario('close', true, 'UNKNOWN', `${kept}, then the connection is closed (FIN) without an answer.`),
  scenario('close-unprocessed', false, 'UNKNOWN', `${lost}: the connection is closed (FIN) without an answer.`),
  scenario('truncated', true, 'UNKNOWN', `${kept}, then half the body, less than its Content-Length, and the end.`),
  scenario('unreadable', true, 'UNKNOWN', `${kept}, then HTTP 200 with a page in HTML.`),
  scenario('empty', true, 'UNKNOWN', `${kept}, then HTTP 200 with nothing in it.`),
  scenario('no-result-code', true, 'UNKNOWN', `${kept}, then HTTP 200 with the answer less its ResultCode.`),
  scenario(
    'too-large',
    true,
    'UNKNOWN',
    `${kept}, then HTTP 200 with the answer and a field that takes it over 64 KiB.`,
  ),
  scenario('drip', true, 'UNKNOWN', `${kept}, then HTTP 200 with a body of one byte each 100 ms, without end.`),
  scenario(
    'slow',
    true,
    'SUCCESS',
    `${kept} at once; the answer comes after a while (2 seconds unless set otherwise).`,
  ),
  scenario('mismatch', true, 'UNKNOWN', `${kept}, then a success that names another Mid and Tid.`),
  scenario('redirect', false, 'UNKNOWN', `${lost}: HTTP 302 to the same path.`),
  scenario('redirect-307', false, 'UNKNOWN', `${lost}: HTTP 307 to the same path, which asks for the form once more.`),
  scenario('euc-kr', true, 'SUCCESS', `${kept}; the answer is in EUC-KR and its header says so.`),
  scenario('euc-kr-undeclared', true, 'SUCCESS', `${kept}; the answer is in EUC-KR and its header names no charset.`),
  scenario('euc-kr-mislabelled', true, 'SUCCESS', `${kept}; the answer is in EUC-KR and its header says UTF-8.`),
  scenario(
    'cp949',
    true,
    'SUCCESS',
    `${kept}; the message has syllables that only code page 949 has, and its header says EUC-KR.`,
  ),
  scenario('cp949-cut', true, 'SUCCESS', `${kept}; the same, with the last character of the message cut in half.`),
  scenario('numbers', true, 'SUCCESS', `${kept}; numbers where strings are documented, the ResultCode excepted.`),
  scenario(
    'extra-fields',
    true,
    'SUCCESS',
    `${kept}; the answer has fields of every JSON type that nobody documented.`,
  ),
  scenario('missing-fields', true, 'SUCCESS', `${kept}; the answer is the ResultCode alone.`),
  scenario('bom', true, 'SUCCESS', `${kept}; the answer begins with an UTF-8 byte order mark.`),
  scenario(
    'odd-json',
    true,
    'SUCCESS',
    `${kept}; raw control characters and an escaped ' in the message, NULs behind the JSON, Content-Encoding: UTF-8.`,
  ),
  scenario('zero-code', true, 'UNKNOWN', `${kept}, then HTTP 200 with the undocumented result code 0000.`),
  scenario('two-codes', true, 'UNKNOWN', `${kept}, then HTTP 200 with two result codes that contradict each other.`),
  scenario('continue', true, 'SUCCESS', `${kept}; an unasked 100 Continue comes before the answer.`),
  scenario('gzip', true, 'SUCCESS', `${kept}; the answer is compressed (Content-Encoding: gzip).`),
  scenario(
    'answer-too-many',
    true,
    'SUCCESS',
    `${kept}; a second answer, a success that names nothing, comes behind the first on the same connection. ` +
      'Whoever uses that connection again may read it as the answer to the next request.',
  ),
  scenario(
    'answer-too-many-late',
    true,
    'SUCCESS',
    `${kept}; the same, but the second answer comes when the next request begins on that connection, before its own.`,
  ),
] as const

/** The names of the scenarios. */
export type ScenarioName = (typeof SCENARIOS)[number]['name']

/** A scenario of the list. */
export type KnownScenario = Scenario & { readonly name: ScenarioName }

const BY_NAME: ReadonlyMap<string, KnownScenario> = new Map(SCENARIOS.map((each) => [each.name, each]))

/** Takes the value of the header, gives the scenario, or undefined for a name that is none. */
export function findScenario(name: string): KnownScenario | undefined {
  return BY_NAME.get(name)
}
