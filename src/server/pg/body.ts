import type { IncomingMessage } from 'node:http'
import type { Rewrite } from '../../lib/kept-body.ts'
import { readBody } from '../http/request/body.ts'

/** The longest that the manual describes fits, percent-encoded three times over. */
const MAX_BYTES = 64 * 1_024

/** What the PG, or a buyer's browser for it, sends; undefined where the sender hung up. */
export async function readPgBody(
  request: IncomingMessage,
  rewrite?: Rewrite,
): Promise<Buffer | 'TOO_LARGE' | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) return 'TOO_LARGE'
  const body = await readBody(request, MAX_BYTES, rewrite)
  return body !== undefined && body.length > MAX_BYTES ? 'TOO_LARGE' : body
}
