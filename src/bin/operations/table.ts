import type { Localized } from '../../lib/localized.ts'
import type { Language } from '../command-line/language.ts'
import { plainText } from '../command-line/plain-text.ts'

const COLUMNS: Readonly<Record<keyof ShownOperation, Localized>> = {
  id: { en: 'ID', ko: '작업 ID' },
  state: { en: 'STATE', ko: '상태' },
  service: { en: 'MUTATION', ko: '뮤테이션' },
  merchantId: { en: 'MERCHANT', ko: '가맹점' },
  orderId: { en: 'ORDER', ko: '주문번호' },
  transactionId: { en: 'TRANSACTION', ko: '거래ID' },
  amount: { en: 'AMOUNT', ko: '금액' },
  createdAt: { en: 'CREATED', ko: '기록 시각' },
  finishedAt: { en: 'FINISHED', ko: '완료 시각' },
}

const NONE: Localized = { en: 'No operations.\n', ko: '작업이 없습니다.\n' }

/** Operations as a table for a terminal. */
export function shownTable(operations: readonly ShownOperation[], language: Language): string {
  if (operations.length === 0) return NONE[language]
  const names = Object.keys(COLUMNS) as (keyof ShownOperation)[]
  const rows = [
    names.map((name) => COLUMNS[name][language]),
    ...operations.map((operation) => names.map((name) => plainText(operation[name] ?? '-'))),
  ]
  const widths = names.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))))
  const padded = rows.map((row) => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))))
  return `${padded.map((row) => row.join('  ').trimEnd()).join('\n')}\n`
}

/** A terminal shows Hangul twice as wide as Latin letters. */
const width = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[\p{Script=Hangul}\p{Script=Han}]/u.test(character) ? 2 : 1), 0)

/** What is shown of an operation. Nothing of it is sealed in the journal. */
export interface ShownOperation {
  readonly id: string
  readonly service: string | null
  readonly state: string
  readonly merchantId: string | null
  readonly orderId: string | null
  readonly transactionId: string | null
  readonly amount: string | null
  readonly createdAt: string
  readonly finishedAt: string | null
}
