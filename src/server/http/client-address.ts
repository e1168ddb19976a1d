import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/**
 * Under which address the sender of a request is counted; the request is undefined where it came without a connection.
 * Of an IPv6 address that is the network: whoever has one has all of its addresses.
 */
export function addressOf(request: IncomingMessage | undefined): string {
  const address = request?.socket.remoteAddress ?? 'nowhere'
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1]
  return mapped ?? networkOf(address)
}

const HEXTETS = 8
const NETWORK_HEXTETS = 4

function networkOf(address: string): string {
  const [before = '', after] = address.split('::')
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const gap = after === undefined ? 0 : HEXTETS - groups(before).length - groups(after).length
  const all = [...groups(before), ...new Array<string>(gap).fill('0'), ...groups(after)]
  return `${all.slice(0, NETWORK_HEXTETS).join(':')}::/64`
}
