import type { IncomingMessage } from 'node:http'
import { memoizeOne } from '../../../lib/memoize.ts'

/**
 * The URL that a request names, on no particular host; undefined where it names none. A path that a URL has otherwise
 * than it was sent, e.g. with `..` in it, is none: whoever stands before the facade may have taken it for another.
 */
export function urlOf({ url: target = '' }: IncomingMessage): URL | undefined {
  const sent = target.startsWith('/') ? `http://localhost${target}` : target
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(sent) || !URL.canParse(sent)) return undefined
  const url = new URL(sent)
  const path = /^https?:\/\/[^/?#]*([^?#]*)/i.exec(sent)?.[1] || '/'
  return path === url.pathname && !sent.includes('#') ? url : undefined
}

/** Whether a request names its host, once and as a host is written. Only HTTP/1.0 may leave it out. */
export function hasValidHost(request: IncomingMessage): boolean {
  const hosts = request.headersDistinct['host'] ?? []
  const [host] = hosts
  if (host === undefined) return request.httpVersion === '1.0'
  return hosts.length === 1 && isHost(host)
}

/** Whether a text is a host as it stands in a URL, with or without a port. */
export const isHost = memoizeOne(
  (host: string): boolean =>
    /^(?:\[[\d.:a-f]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i.test(host) && URL.canParse(`http://${host}`),
)
