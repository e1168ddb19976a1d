import type { Localized } from '../../lib/localized.ts'

export type Language = keyof Localized

export const LANGUAGES: readonly Language[] = ['en', 'ko']

/** That of the environment's locale, as POSIX has it: the first of three variables that is set. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return /^ko(?![a-z])/i.test(locale) ? 'ko' : 'en'
}
