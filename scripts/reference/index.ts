import { configuration } from './configuration.ts'
import { envExample } from './env-example.ts'
import { events } from './events.ts'
import { failures } from './failures.ts'
import { LANGUAGES, type Page, printPage } from './markdown.ts'
import { metrics } from './metrics.ts'
import { scenarios } from './scenarios.ts'
import { scopes } from './scopes.ts'

const PAGES: Readonly<Record<string, Page>> = { configuration, failures, scenarios, metrics, scopes, events }

/** The files that are made from the code's own data, by their paths: the reference in both languages, and `.env.example`. */
export function referenceFiles(): Readonly<Record<string, string>> {
  const pages = Object.entries(PAGES).flatMap(([name, page]) =>
    LANGUAGES.map((language) => [
      `docs/reference/${name}.${language === 'en' ? 'md' : 'ko.md'}`,
      printPage(name, page, language),
    ]),
  )
  return Object.fromEntries([...pages, ['.env.example', envExample()]])
}
