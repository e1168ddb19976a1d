import { toKoreanTime } from '../request/korean-time.ts'
import { type Html, html } from './html.ts'
import { DELIVERIES, type Language, TEXTS } from './texts.ts'

export function showAmount(won: string, language: Language): string {
  const digits = won.replace(/\B(?=(\d{3})+$)/g, ',')
  return language === 'ko' ? `${digits}원` : `${digits} won`
}

export function showTime(epochMs: number): Html {
  const { date, time } = toKoreanTime(epochMs)
  const day = [date.slice(0, 4), date.slice(4, 6), date.slice(6)].join('-')
  return html`<time>${day} ${time.slice(0, 2)}:${time.slice(2, 4)} KST</time>`
}

/** A field to choose in. Options are values and what is shown of them; the first is chosen. */
export function choice(label: string, name: string, options: readonly (readonly [string, string])[]): Html {
  const shown = options.map(([value, text]) => html`<option value="${value}">${text}</option>`)
  return html`<label>${label}<select name="${name}">${shown}</select></label>`
}

export const deliveryChoice = (language: Language): Html =>
  choice(
    TEXTS.notice[language],
    'notice',
    Object.entries(DELIVERIES).map(([value, text]) => [value, text[language]]),
  )
