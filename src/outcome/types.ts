/** A text in both languages. */
export interface Localized {
  readonly ko: string
  readonly en: string
}

/**
 * What to do about a result:
 * - `done`: it was processed;
 * - `refused`: this request surely was not processed, and would not be if it came again as it is;
 * - `invalid`: the same, for what stands in `fields`;
 * - `retry`: this request surely was not processed, and may come again as it is, with the same key;
 * - `checking`: it may have been processed. Ask what became of it; never send it as a new one;
 * - `conflict`: an earlier request stands in the way, which may have been processed. Ask what became of that.
 */
export type OutcomeKind = 'done' | 'refused' | 'invalid' | 'retry' | 'checking' | 'conflict'

/** One field that is wrong, for the form that it was filled into. */
export interface OutcomeField {
  /** Where, from the input downwards: `['card', 'number']`. */
  readonly path: readonly string[]
  /** A value of `PayApiInputIssueCode`, or one that a later version has added. */
  readonly code: string
  readonly label: Localized
  readonly text: Localized
}

/** A result, for a buyer to read. */
export interface Outcome {
  readonly kind: OutcomeKind
  readonly title: Localized
  readonly text: Localized
  /** Filled where the kind is `invalid`. */
  readonly fields: readonly OutcomeField[]
  /** What to ask `paymentOperation` for; null where the result names none. */
  readonly operationId: string | null
}
