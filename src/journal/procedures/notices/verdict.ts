import type { NoticeException, NoticeState } from '../../records/notices.ts'

/** What becomes of a notice, as things stand now. */
export interface Verdict {
  readonly state: NoticeState
  readonly exception: NoticeException | null
  readonly matches: boolean | null
  readonly linkId: string | null
  readonly operationId: string | null
  /** Whether it moved a link itself. */
  readonly moved: boolean
  /** Whether it would settle the operation, were it trusted enough. */
  readonly settles: boolean
  /** Whether what it waits for ends soon. */
  readonly soon: boolean
}

/** Names of services by what notices say of them. */
export interface NoticeServices {
  readonly approvals: readonly string[]
  readonly cancels: readonly string[]
  readonly partialCancels: readonly string[]
  readonly byEscrowEvent: Readonly<Record<string, readonly string[]>>
}

const NONE: Omit<Verdict, 'state'> = {
  exception: null,
  matches: null,
  linkId: null,
  operationId: null,
  moved: false,
  settles: false,
  soon: false,
}

export const verdict = (state: NoticeState, what: Partial<Verdict> = {}): Verdict => ({ ...NONE, state, ...what })

/** A notice that fits nothing as it is: it has no effect, and a person looks. */
export const held = (exception: NoticeException, what: Partial<Verdict> = {}): Verdict =>
  verdict('HELD', { exception, matches: false, ...what })
