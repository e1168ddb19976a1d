import { isIP } from 'node:net'

/**
 * Throws where the text is not a base URL: where it holds a user, a query or a fragment, or would send payments over
 * plain HTTP to anywhere but loopback. The message does not quote it.
 */
export function parseBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new Error('must be an http or https URL')
  if (url.username || url.password || url.search || url.hash) throw new Error('must be a host and a path only')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw new Error('must be https, except on loopback')
  return url
}

/** Whether only this machine reaches a host, given by name or address, also as it stands in a URL. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|::1|\[::1\])$/.test(hostname) || (isIP(hostname) === 4 && hostname.startsWith('127.'))
}
