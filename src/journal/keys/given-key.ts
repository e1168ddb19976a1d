import { type InputIssue, id, optional } from '../../payapi/index.ts'

/** The key of every mutation that changes something. */
export const IDEMPOTENCY_KEY = optional(
  id(
    // Not on the wire.
    '',
    '멱등키',
    'Chosen by the caller: the same key with the same input has the effect of one request, however often it is sent',
    255,
  ),
)

/** A caller's key as the journal compares it, or what is wrong with it. */
export function readKey(
  key: string | null | undefined,
  journaled: boolean,
): { key: string | null; issues: InputIssue[] } {
  if (key === null || key === undefined) return { key: null, issues: [] }
  const issue = (code: InputIssue['code'], message: string) => ({
    key: null,
    issues: [{ path: ['idempotencyKey'], code, message }],
  })
  // Without a journal a key would promise what is not kept.
  if (!journaled) return issue('UNSUPPORTED', 'No journal is kept here, so keys have no effect')
  const read = IDEMPOTENCY_KEY.schema.safeParse(key)
  if (read.success) return { key: read.data, issues: [] }
  return issue('INVALID_FORMAT', 'must be 1 to 255 visible characters, without white space around them')
}
