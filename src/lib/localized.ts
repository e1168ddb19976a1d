/** A text for people, in both languages of the documents. Markdown. */
export interface Localized {
  readonly en: string
  readonly ko: string
}
