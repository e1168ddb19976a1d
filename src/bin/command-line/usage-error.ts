import type { Localized } from '../../lib/localized.ts'
import { nearName } from '../../lib/near-name.ts'

/** A command line that cannot be understood: told in one sentence, and the program ends with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly text: Localized

  constructor(text: Localized) {
    super(text.en)
    this.text = text
  }
}

/** Names what somebody may have meant. */
export function unknownName(en: string, ko: string, given: string, known: readonly string[]): UsageError {
  const near = nearName(
    given.replace(/^-+/, ''),
    known.map((name) => name.replace(/^-+/, '')),
  )
  const meant = known.find((name) => name.replace(/^-+/, '') === near)
  return new UsageError({
    en: `Unknown ${en}: ${given}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    ko: `알 수 없는 ${ko}: ${given}.${meant === undefined ? '' : ` ${meant}을(를) 뜻하셨습니까?`}`,
  })
}
