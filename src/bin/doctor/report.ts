import type { Localized } from '../../lib/localized.ts'
import type { Language } from '../command-line/language.ts'
import { plainText } from '../command-line/plain-text.ts'
import type { Finding, Status } from './finding.ts'

const STATUS: Readonly<Record<Status, Localized>> = {
  ok: { en: 'OK', ko: '정상' },
  warning: { en: 'WARNING', ko: '주의' },
  missing: { en: 'MISSING', ko: '필요' },
}

/** The findings for people, what has to be put right last. */
export function reportText(findings: readonly Finding[], language: Language): string {
  const order: readonly Status[] = ['ok', 'warning', 'missing']
  const sorted = findings.toSorted((one, other) => order.indexOf(one.status) - order.indexOf(other.status))
  const lines = sorted.map(({ status, subject, text, page }) => {
    const more = status === 'ok' ? '' : `\n  → ${page[language]}`
    return `${STATUS[status][language]}  ${plainText(`${subject}: ${text[language]}`)}${more}`
  })
  return `${lines.join('\n')}\n\n${summary(findings, language)}\n`
}

/** The findings for programs. */
export function reportJson(findings: readonly Finding[], language: Language): string {
  const shown = findings.map(({ status, subject, text, page }) => ({
    status,
    subject,
    message: text[language],
    docs: page[language],
  }))
  return `${JSON.stringify({ ready: isReady(findings), findings: shown }, null, 2)}\n`
}

/** Whether nothing has to be put right. */
export const isReady = (findings: readonly Finding[]): boolean => !findings.some(({ status }) => status === 'missing')

function summary(findings: readonly Finding[], language: Language): string {
  const count = (status: Status) => findings.filter((finding) => finding.status === status).length
  const [right, doubtful, wrong] = [count('ok'), count('warning'), count('missing')]
  const verdict = isReady(findings)
    ? { en: 'Nothing has to be put right before going live.', ko: '운영 전환 전에 반드시 고쳐야 할 것이 없습니다.' }
    : { en: 'Put right what is missing before going live.', ko: '운영 전환 전에 "필요" 항목을 고치십시오.' }
  const counts = {
    en: `${right} OK, ${doubtful} to think about (WARNING), ${wrong} to put right (MISSING).`,
    ko: `정상 ${right}, 주의 ${doubtful}, 필요 ${wrong}.`,
  }
  return `${counts[language]} ${verdict[language]}`
}
