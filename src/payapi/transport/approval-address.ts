/**
 * Where an approval may be made: at a host of the PG under this domain, or in front of a sandbox at its origin alone.
 */
export type ApprovalPlace = { readonly domain: string } | { readonly origin: string }

/** Why an address is not the PG's; for a log, since it holds nothing of the address. */
export type AddressFault = 'MALFORMED' | 'NOT_HTTPS' | 'USER_INFO' | 'PORT' | 'HOST'

const MAX_LENGTH = 2_000

// Nothing that two readers of a URL take for different things: no control, no space, no backslash, nothing beyond ASCII.
const PLAIN = /^[\x21-\x5b\x5d-\x7e]+$/
const PARTS = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)(?:[/?][^#]*)?$/i
const HOST = /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/

/**
 * The address to approve at that came with a buyer's browser (`P_REQ_URL`), which may be anybody's: whoever sends the
 * approval elsewhere gets a made-up success, or reaches into our network. Where the host's name leads is looked at by the
 * connection (`publicLookup`).
 */
export function parseApprovalAddress(text: string, place: ApprovalPlace): URL | AddressFault {
  const [, scheme, authority] = (PLAIN.test(text) && text.length <= MAX_LENGTH && PARTS.exec(text)) || []
  if (scheme === undefined || authority === undefined || !URL.canParse(text)) return 'MALFORMED'
  const url = new URL(text)
  if (authority.includes('@')) return 'USER_INFO'
  if ('origin' in place) return url.origin === place.origin ? url : 'HOST'
  if (url.protocol !== 'https:') return 'NOT_HTTPS'
  const [, host = '', port = ''] = /^(.*?)(?::(\d*))?$/.exec(authority) ?? []
  if (!/^(?:443)?$/.test(port) || url.port !== '') return 'PORT'
  // A host that is read as another than is written, an IPv4 address in some form among them, is none of the PG's.
  const name = host.toLowerCase()
  const isTheirs = HOST.test(name) && url.hostname === name && `.${name}`.endsWith(`.${place.domain}`)
  return isTheirs ? url : 'HOST'
}
