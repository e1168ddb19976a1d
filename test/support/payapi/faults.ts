import type { TlsOptions } from 'node:tls'
import { expect } from 'vitest'
import type { CallResult, PayApiOptions, TransportErrorReason } from '../../../src/payapi/index.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { CERTIFICATE } from './certificates.ts'
import { clientFor, watchStarts } from './client.ts'
import type { Inbox } from './inbox.ts'
import { type RawConnection, type RawServer, startRawServer } from './raw-server.ts'

/** One way in which a server can misbehave. */
export interface Fault {
  readonly what: string
  /** What happens to each connection. `starts` tells when undici begins to write a request. */
  readonly serve: (connection: RawConnection, starts: Inbox<'started'>) => unknown
  readonly tls?: TlsOptions
  /** Calls it by another scheme than the one it serves. */
  readonly scheme?: 'https'
  readonly pauseOnConnect?: boolean
  readonly options?: Partial<PayApiOptions>
}

/** A charge, where money may move, and a lookup, where nothing can. */
export const KINDS = ['charge', 'lookup'] as const

export type Kind = (typeof KINDS)[number]

/** How a call met a fault. */
export interface Met {
  readonly ending: CallResult
  readonly server: RawServer
  /** How often undici began to write a request. */
  readonly starts: number
}

/** Makes one call of a kind on a client. */
export const call = (client: ReturnType<typeof clientFor>, kind: Kind): Promise<CallResult> =>
  kind === 'charge'
    ? client.chargeKeyedInCard(FIXTURES.chargeKeyedInCard.minimal.input)
    : client.lookUpCardPrefix(FIXTURES.lookUpCardPrefix.minimal.input)

/** Makes one call to a server that has a fault. */
export async function meet(fault: Fault, kind: Kind): Promise<Met> {
  const server = await startRawServer((connection) => fault.serve(connection, starts), fault)
  const url = fault.scheme === undefined ? server.url : server.urlAs(fault.scheme)
  const starts = watchStarts(url)
  const ending = await call(clientFor(url, { ca: CERTIFICATE, ...fault.options }), kind)
  return { ending, server, starts: starts.all.length }
}

/** Checks a call that was never begun: nothing was processed, and it may be made again. */
export function expectNotSent({ ending, server, starts }: Met, reason: TransportErrorReason): void {
  expect(ending).toMatchObject({
    type: 'PayApiTransportError',
    reason,
    outcome: 'NOT_PROCESSED',
    retryable: true,
    message: expect.stringContaining('was not sent'),
  })
  expect(starts).toBe(0)
  expect(server.requests.all).toEqual([])
}

/** Checks a call that was begun and has no answer: unknown for a charge, harmless for a lookup. */
export function expectLost({ ending, starts }: Met, kind: Kind, reason: TransportErrorReason): void {
  const isLookup = kind === 'lookup'
  expect(ending).toMatchObject({
    type: 'PayApiTransportError',
    reason,
    outcome: isLookup ? 'NOT_PROCESSED' : 'UNKNOWN',
    retryable: isLookup,
    message: expect.stringContaining(isLookup ? 'Nothing can have changed' : 'It may have been processed'),
  })
  expect(ending).not.toHaveProperty('httpStatus')
  expect(starts).toBe(1)
}
