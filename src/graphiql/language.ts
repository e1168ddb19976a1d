import { createContext, useContext } from 'react'
import type { Localized } from '../lib/localized.ts'
import { TEXTS } from './texts.ts'

export type Language = keyof Localized

const KEY = 'payapi-graphiql:language'

/** The language chosen before, else the browser's: Korean where that is asked for before English. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(KEY)
  if (chosen === 'en' || chosen === 'ko') return chosen
  const known = navigator.languages.map((name) => name.slice(0, 2)).find((name) => name === 'ko' || name === 'en')
  return known === 'ko' ? 'ko' : 'en'
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(KEY, language)
}

export const LanguageContext = createContext<Language>('en')

/** The texts of the page in the language that is shown, and what turns others into it. */
export function useTexts(): {
  readonly language: Language
  t(name: keyof typeof TEXTS): string
  local(text: Localized): string
} {
  const language = useContext(LanguageContext)
  return { language, t: (name) => TEXTS[name][language], local: (text) => text[language] }
}
