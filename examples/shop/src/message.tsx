import type { Outcome } from 'payapi-graphql/outcome'
import { useLanguage } from './texts.ts'

/** What an outcome says to the buyer. */
export function Message({ outcome }: { outcome: Outcome }) {
  const language = useLanguage()
  return (
    <div role="status" className="message" data-kind={outcome.kind}>
      <strong>{outcome.title[language]}</strong>
      <p>{outcome.text[language]}</p>
    </div>
  )
}
