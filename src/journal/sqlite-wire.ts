import type { SqliteReply, SqliteRequest } from './sqlite-protocol.ts'
import type { Claim } from './store.ts'

/**
 * How calls travel to the thread, and replies back: what is asked most lies flat in the list, value by value, because to
 * copy an object for another thread costs several times what its values do. Everything else lies in it as an object.
 */

const CLAIM = 1
const FINISH = 2

const GRANTED = 1
const RECORDED = 2

const GRANT: Claim = { granted: true }

/** Takes a list and a call; appends the call. */
export function putRequest(list: unknown[], request: SqliteRequest): void {
  const { seq, deadline } = request
  if (request.kind === 'claim') {
    const { operation: o, attempt } = request.input
    list.push(CLAIM, seq, deadline, attempt, o.id, o.service, o.merchantId, o.caller, o.idempotencyKey, o.fingerprint)
    list.push(o.orderId, o.transactionId, o.amount, o.claimsOrder, o.owner, o.createdAt, o.leaseUntil)
  } else if (request.kind === 'finish') {
    const { id, owner, finish: f } = request.input
    list.push(FINISH, seq, deadline, id, owner, f.state, f.result, f.finishedAt, f.keepsKey, f.keepsOrder)
  } else {
    list.push(request)
  }
}

/** Takes a list that `putRequest` filled; returns its calls, in their order. */
export function takeRequests(list: readonly unknown[]): SqliteRequest[] {
  const requests: SqliteRequest[] = []
  for (let at = 0; at < list.length; ) {
    const first = list[at++]
    // What was put is what is taken: the compiler cannot know that.
    // biome-ignore lint/suspicious/noExplicitAny: see above
    const next = (): any => list[at++]
    if (first === CLAIM) {
      const [seq, deadline, attempt] = [next(), next(), next()]
      const operation = {
        id: next(),
        service: next(),
        merchantId: next(),
        caller: next(),
        idempotencyKey: next(),
        fingerprint: next(),
        orderId: next(),
        transactionId: next(),
        amount: next(),
        claimsOrder: next(),
        owner: next(),
        createdAt: next(),
        leaseUntil: next(),
      }
      requests.push({ seq, deadline, kind: 'claim', input: { operation, attempt } })
    } else if (first === FINISH) {
      const [seq, deadline, id, owner] = [next(), next(), next(), next()]
      const finish = { state: next(), result: next(), finishedAt: next(), keepsKey: next(), keepsOrder: next() }
      requests.push({ seq, deadline, kind: 'finish', input: { id, owner, finish } })
    } else {
      requests.push(first as SqliteRequest)
    }
  }
  return requests
}

/** Takes a list and a reply; appends the reply. */
export function putReply(list: unknown[], reply: SqliteReply): void {
  const value = reply.outcome === 'DONE' ? reply.value : undefined
  if (value === true) list.push(RECORDED, reply.seq)
  else if (isGrant(value)) list.push(GRANTED, reply.seq)
  else list.push(reply)
}

const isGrant = (value: unknown): boolean =>
  typeof value === 'object' && (value as Partial<Claim> | null)?.granted === true

/** Takes a list that `putReply` filled; returns its replies, in their order. */
export function takeReplies(list: readonly unknown[]): SqliteReply[] {
  const replies: SqliteReply[] = []
  for (let at = 0; at < list.length; ) {
    const first = list[at++]
    if (first === GRANTED) replies.push({ seq: list[at++] as number, outcome: 'DONE', value: GRANT })
    else if (first === RECORDED) replies.push({ seq: list[at++] as number, outcome: 'DONE', value: true })
    else replies.push(first as SqliteReply)
  }
  return replies
}
