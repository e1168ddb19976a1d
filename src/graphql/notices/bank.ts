import type { NoticeAccount } from '../../journal/records/notices.ts'
import { BANKS } from '../../payapi/definition/code-tables.ts'

/** The bank of an account, by the name of the contract's table, else by the one that PayAPI sent. Null where it names none. */
export function bankOf({
  bankCode,
  bankName,
}: Pick<NoticeAccount, 'bankCode' | 'bankName'>): { code: string; name: string | null } | null {
  if (bankCode === null) return null
  return { code: bankCode, name: (Object.hasOwn(BANKS, bankCode) ? BANKS[bankCode] : undefined) ?? bankName }
}
