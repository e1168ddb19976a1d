import { useEffect, useRef, useState } from 'react'
import { interpretStatus, type Outcome } from '../outcome/index.ts'
import { isAbsent } from '../outcome/interpret.ts'
import { type StatusListener, type Watch, watchPayment } from './watch-payment.ts'

export interface PaymentStatusOptions<Subject> extends Pick<Watch, 'askAfterMs' | 'patienceMs'> {
  /** Asks once, with any client: for `paymentOperation`, `paymentOperationByKey`, `smsPayment` or `payment`. */
  ask(subject: Subject, signal: AbortSignal): Promise<unknown>
  /**
   * Subscribes to the changes of the same, and returns what ends that. Without it, while it tells nothing, and once it has
   * broken off, it is asked for.
   */
  subscribe?(subject: Subject, listener: StatusListener): () => void
  /** Gets the status that ends it, once; `learn` of `useCharge` takes it. */
  onSettled?(status: unknown): void
}

export interface PaymentStatus {
  /** `checking` as long as it is not known what became of it; null where there is nothing to be asked for. */
  readonly outcome: Outcome | null
  /** False once it was asked for and there is none: a request with the same key may be sent, and no other. */
  readonly isFound: boolean | undefined
}

/** What becomes of a payment, until that is known. `subject` is what to ask for, null where there is nothing. */
export function usePaymentStatus<Subject>(
  subject: Subject | null,
  options: PaymentStatusOptions<Subject>,
): PaymentStatus {
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  // Of the same content, it is the same subject.
  const identity = JSON.stringify(subject)
  const [seen, setSeen] = useState<{ of: string; outcome: Outcome; isFound: boolean }>()

  useEffect(() => {
    const asked = JSON.parse(identity) as Subject | null
    if (asked === null) return undefined
    const { askAfterMs, patienceMs, subscribe } = latest.current
    return watchPayment({
      ...(askAfterMs !== undefined && { askAfterMs }),
      ...(patienceMs !== undefined && { patienceMs }),
      ...(subscribe && { subscribe: (listener) => subscribe(asked, listener) }),
      ask: (signal) => latest.current.ask(asked, signal),
      onResult(result, isLast) {
        setSeen({ of: identity, outcome: interpretStatus(result), isFound: !isAbsent(result) })
        if (isLast) latest.current.onSettled?.(result)
      },
    })
  }, [identity])

  if (subject === null) return { outcome: null, isFound: undefined }
  return seen?.of === identity ? seen : { outcome: interpretStatus(undefined), isFound: undefined }
}
