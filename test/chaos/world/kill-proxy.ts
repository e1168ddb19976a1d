import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Where in a call the facade is to be killed, as seen from the wire between it and PayAPI. */
export const KILL_POINTS = [
  /** The caller's request is on its way; nothing is claimed yet, or it just is. */
  'request written',
  /** The facade connects to PayAPI: the claim is on disk, nothing was sent. */
  'connecting',
  /** The request left the facade and never reached PayAPI. */
  'request sent',
  /** PayAPI has processed the request; its answer does not reach the facade. */
  'processed',
  /** The answer reaches the facade, which may or may not have it on disk, and may or may not have replied. */
  'answered',
] as const

/** One of them. */
export type KillPoint = (typeof KILL_POINTS)[number]

/** Stands between the facade and PayAPI, and tells when a call passes a point. */
export interface KillProxy {
  readonly url: string
  /** How often a request was passed on to PayAPI, by the order that it charges or else the payment that it changes. */
  readonly sent: ReadonlyMap<string, number>
  /** Arms it: the n-th call from now that passes the point calls `strike`, once. */
  arm(point: KillPoint, nth: number, strike: () => void): void
  close(): Promise<void>
}

/** A proxy before a PayAPI on a port of loopback. */
export async function startKillProxy(targetPort: number): Promise<KillProxy> {
  let armed: { point: KillPoint; left: number; strike: () => void } | undefined
  /** Whether the facade was killed here, so that nothing more is passed on. */
  const passes = (point: KillPoint): boolean => {
    if (armed?.point !== point || --armed.left > 0) return false
    const { strike } = armed
    armed = undefined
    strike()
    return true
  }
  const sent = new Map<string, number>()
  const sockets = new Set<Socket>()
  const server = createServer((facade) => {
    sockets.add(facade)
    facade.on('error', () => {}).on('close', () => sockets.delete(facade))
    if (passes('connecting')) return void facade.destroy()
    const gateway = connect(targetPort, '127.0.0.1')
    sockets.add(gateway)
    gateway.on('error', () => facade.destroy()).on('close', () => sockets.delete(gateway) && facade.end())
    let request = ''
    facade.on('data', (bytes) => {
      if (passes('request sent')) return void facade.destroy()
      gateway.write(bytes)
      // Each change comes over a connection of its own, in few pieces: its name is counted once it is there whole.
      const before = nameIn(request)
      request += bytes.toString('latin1')
      const name = nameIn(request)
      if (name !== undefined && name !== before) sent.set(name, (sent.get(name) ?? 0) + 1)
    })
    facade.on('close', () => gateway.end())
    gateway.on('data', (bytes) => {
      if (passes('processed')) return void facade.destroy()
      facade.write(bytes, () => passes('answered'))
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    arm: (point, nth, strike) => {
      armed = { point, left: nth, strike }
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Which order a form charges, or else which payment it changes; undefined as long as the form is not there whole. */
function nameIn(request: string): string | undefined {
  const [head = '', form] = request.split('\r\n\r\n')
  const length = /content-length: (\d+)/i.exec(head)?.[1]
  if (form === undefined || length === undefined || form.length < Number(length)) return undefined
  const fields = new URLSearchParams(form)
  return fields.get('oid') ?? fields.get('tid') ?? undefined
}
