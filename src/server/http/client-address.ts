import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6 } from 'node:net'
import { type AddressList, plainAddress } from '../../lib/network/addresses.ts'

/** Under which address the sender of a request is counted; the request is undefined where it came without a connection. */
export function addressOf(request: IncomingMessage | undefined): string {
  return networkOf(plainAddress(request?.socket.remoteAddress ?? 'nowhere'))
}

/** The address from which a request came: as proxies that are trusted tell it, else that of its connection. */
export function sourceAddressOf(request: IncomingMessage, proxies: AddressList | undefined): string {
  let address = plainAddress(request.socket.remoteAddress ?? 'nowhere')
  // Whoever is not trusted may have written what stands before his own address.
  for (const entry of String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .reverse()) {
    const before = plainAddress(entry.trim().replace(/^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/, '$1$2'))
    if (proxies?.includes(address) !== true || isIP(before) === 0) break
    address = before
  }
  return address
}

const HEXTETS = 8
const NETWORK_HEXTETS = 4

/** Of an IPv6 address the network: whoever has one has all of its addresses. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [before = '', after] = address.split('::')
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const gap = after === undefined ? 0 : HEXTETS - groups(before).length - groups(after).length
  const all = [...groups(before), ...new Array<string>(gap).fill('0'), ...groups(after)]
  return `${all.slice(0, NETWORK_HEXTETS).join(':')}::/64`
}
