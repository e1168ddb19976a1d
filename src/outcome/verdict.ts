import { MESSAGES, type Message } from './texts.ts'
import type { Outcome, OutcomeField, OutcomeKind } from './types.ts'

/** What a result says of the idempotency key that it was sent with. */
export type KeyEffect =
  /** Its request has come to its end: the next one is another. */
  | 'spent'
  /** This request has not taken it; an earlier one may have. */
  | 'untouched'
  /** A request may have taken it, or may come again with it. */
  | 'kept'

/** An outcome, with what only this room has to know. */
export interface Verdict {
  readonly outcome: Outcome
  readonly key: KeyEffect
}

export type Fields = Readonly<Record<string, unknown>>

export function verdict(
  kind: OutcomeKind,
  { title, text }: Message,
  key: KeyEffect,
  operationId: unknown = null,
  fields: readonly OutcomeField[] = [],
): Verdict {
  return {
    outcome: { kind, title, text, fields, operationId: typeof operationId === 'string' ? operationId : null },
    key,
  }
}

/** Of whatever does not say surely that it was, or was not, processed. */
export const unknown = (operationId?: unknown): Verdict => verdict('checking', MESSAGES.checking, 'kept', operationId)
