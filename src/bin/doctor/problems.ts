import { type Finding, missing } from './finding.ts'

/** What is said in Korean of a problem of the configuration, by how it is said in English. */
const KOREAN: readonly (readonly [RegExp, string])[] = [
  [/is not known; did you mean (\w+)\?$/, '알 수 없는 변수입니다. $1을(를) 뜻하셨습니까?'],
  [/is not known; check how it is spelt$/, '알 수 없는 변수입니다. 철자를 확인하십시오.'],
  [/is needed/, '설정이 필요합니다.'],
  [/set one of them/, '하나만 설정하십시오.'],
  [/cannot be read \((\w+)\)$/, '파일을 읽을 수 없습니다($1).'],
  [/is not JSON$/, 'JSON이 아닙니다.'],
  [/was set by Kubernetes/, 'Kubernetes가 Service 때문에 설정한 변수입니다. enableServiceLinks: false로 설정하십시오.'],
]

/** A problem of the configuration as a finding. */
export function problemFinding(problem: string): Finding {
  const [subject = ''] = /^[^\s:,]+/.exec(problem) ?? []
  const text = problem.slice(subject.length).replace(/^[: ]+/, '')
  const [pattern, korean = '값이 맞지 않습니다'] = KOREAN.find(([known]) => known.test(problem)) ?? []
  // What has no translation is told as it is.
  const ko = pattern === undefined ? `${korean}: ${text}` : (pattern.exec(problem)?.[0] ?? '').replace(pattern, korean)
  return missing(subject, 'configuration', text, ko)
}
