import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { createIdempotencyKey, type IdempotencyKey, type KeyStorage, type Outcome } from '../outcome/index.ts'

export interface ChargeOptions<Args extends readonly unknown[]> {
  /** What is to be paid, under a name that is the same after a reload: `pay ORDER-1042`. */
  readonly intent: string
  /** Sends the request, with any client: the key, then what `charge` was called with. */
  send(idempotencyKey: string, ...args: Args): Promise<unknown>
  /** Where the key is kept; `sessionStorage` where it is left out. */
  readonly storage?: KeyStorage
}

/** A request of which nobody knows yet what became of it: what to ask `usePaymentStatus` for. */
export interface Unsettled {
  /** Null where the answer was lost: then ask by the key. */
  readonly operationId: string | null
  readonly idempotencyKey: string
}

export interface Charge<Args extends readonly unknown[]> {
  /** Sends once, however often it is called meanwhile, and never throws. What it was given is kept nowhere. */
  charge(...args: Args): Promise<Outcome>
  readonly isSending: boolean
  /** How the last try ended. */
  readonly outcome: Outcome | undefined
  /** After a reload too; null where all is known. */
  readonly unsettled: Unsettled | null
  /** Takes what `usePaymentStatus` found out. */
  learn(status: unknown): void
}

/** Charges once: with an idempotency key that outlives a reload, and an outcome for the buyer. */
export function useCharge<Args extends readonly unknown[]>(options: ChargeOptions<Args>): Charge<Args> {
  const { intent, storage } = options
  const key = useMemo(() => createIdempotencyKey(intent, storage === undefined ? {} : { storage }), [intent, storage])
  const [isSending, setSending] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>()
  const [unsettled, setUnsettled] = useState<Unsettled | null>(null)
  const send = useRef(options.send)
  const running = useRef<{ readonly key: IdempotencyKey; readonly ended: Promise<Outcome> }>(undefined)
  const shown = useRef(key)

  useEffect(() => {
    send.current = options.send
    shown.current = key
  })
  useEffect(() => {
    const pending = key.pending()
    setOutcome(undefined)
    setSending(running.current?.key === key)
    setUnsettled(pending === undefined ? null : { operationId: null, idempotencyKey: pending })
  }, [key])

  const charge = useCallback(
    (...args: Args) => {
      const once = async () => {
        setSending(true)
        const ended = await key.run((idempotencyKey) => send.current(idempotencyKey, ...args))
        if (running.current?.key === key) running.current = undefined
        // By now another intent may be shown.
        if (shown.current !== key) return ended
        const pending = key.pending()
        const isOpen = ended.kind === 'checking' || ended.kind === 'conflict'
        setOutcome(ended)
        setUnsettled(
          isOpen && pending !== undefined ? { operationId: ended.operationId, idempotencyKey: pending } : null,
        )
        setSending(false)
        return ended
      }
      if (running.current?.key !== key) running.current = { key, ended: once() }
      return running.current.ended
    },
    [key],
  )

  const learn = useCallback(
    (status: unknown) => {
      const pending = key.pending()
      if (pending === undefined) return
      setOutcome(key.learn(pending, status))
      if (key.pending() === undefined) setUnsettled(null)
    },
    [key],
  )
  return { charge, isSending, outcome, unsettled, learn }
}
