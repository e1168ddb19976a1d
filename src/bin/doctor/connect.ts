import http from 'node:http'
import https from 'node:https'
import net, { isIP, type LookupFunction } from 'node:net'
import tls from 'node:tls'

const TIMEOUT_MS = 5_000

/** Where the way to a server ends, and why; or that it does not. */
export type Reached =
  | { readonly at: 'SERVER'; readonly protocol: string | null; readonly daysLeft: number | undefined }
  | { readonly at: 'NAME' | 'CONNECTION' | 'TLS'; readonly code: string }

const DAY_MS = 24 * 60 * 60 * 1000

const portOf = ({ port, protocol }: URL): number => Number(port) || (protocol === 'https:' ? 443 : 80)
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

/** Connects to a server, and says nothing to it. Never rejects. */
export function connectTo(url: URL, lookup?: LookupFunction): Promise<Reached> {
  const isTls = url.protocol === 'https:'
  const options = { host: hostOf(url), port: portOf(url), lookup }
  return new Promise((resolve) => {
    let at: 'NAME' | 'CONNECTION' | 'TLS' = isIP(options.host) ? 'CONNECTION' : 'NAME'
    const servername = isIP(options.host) ? {} : { servername: options.host }
    const socket = isTls ? tls.connect({ ...options, ...servername }) : net.connect(options)
    const end = (reached: Reached) => {
      socket.destroy()
      resolve(reached)
    }
    socket.setTimeout(TIMEOUT_MS, () => end({ at, code: 'TIMEOUT' }))
    socket.on('error', ({ code, name }: NodeJS.ErrnoException) => end({ at, code: code ?? name }))
    socket.once('lookup', (error) => {
      if (error === null) at = 'CONNECTION'
    })
    socket.once('connect', () => {
      at = 'TLS'
      if (!isTls) end({ at: 'SERVER', protocol: null, daysLeft: undefined })
    })
    if (socket instanceof tls.TLSSocket) socket.once('secureConnect', () => end(overTls(socket)))
  })
}

function overTls(socket: tls.TLSSocket): Reached {
  const until = Date.parse(socket.getPeerCertificate().valid_to)
  const daysLeft = Number.isNaN(until) ? undefined : Math.floor((until - Date.now()) / DAY_MS)
  return { at: 'SERVER', protocol: socket.getProtocol(), daysLeft }
}

/** By how many milliseconds this machine's clock is ahead of a server's; undefined where that does not tell. */
export function clockAheadOf(url: URL): Promise<number | undefined> {
  const { request } = url.protocol === 'https:' ? https : http
  const startedAt = Date.now()
  return new Promise((resolve) => {
    const asked = request(url, { method: 'HEAD', agent: false, timeout: TIMEOUT_MS }, (response) => {
      const told = Date.parse(response.headers.date ?? '')
      response.destroy()
      // It tells whole seconds, and any time between the question and the answer may be meant.
      const [earliest, latest] = [told - 1_000, told + 1_000]
      if (Number.isNaN(told)) resolve(undefined)
      else if (startedAt > latest) resolve(startedAt - latest)
      else if (Date.now() < earliest) resolve(Date.now() - earliest)
      else resolve(0)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(undefined))
    asked.end()
  })
}
