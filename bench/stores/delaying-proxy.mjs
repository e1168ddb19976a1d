import { once } from 'node:events'
import net from 'node:net'

/**
 * Stands between a client and a server on loopback, and hands on what comes from either side half of `roundTripMs` later (timers
 * know whole milliseconds only), as a wire of that length does: what is sent close together arrives close together.
 * Resolves to the port, the round trips since last asked (turns of talk: whatever a client sends before it is answered is one),
 * and what ends it.
 */
export async function delayingProxy(port, roundTripMs) {
  const sockets = new Set()
  let roundTrips = 0
  const later = (from, to, ms, onData) => {
    const hand = (action) => setTimeout(() => to.destroyed || action(), ms)
    from.on('data', (chunk) => {
      onData()
      hand(() => to.write(chunk))
    })
    from.on('end', () => hand(() => to.end()))
    from.on('error', () => to.destroy())
    from.on('close', () => sockets.delete(from))
  }
  const server = net.createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    const far = net.connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
    for (const socket of [near, far]) sockets.add(socket)
    let isAsking = false
    later(near, far, Math.ceil(roundTripMs / 2), () => {
      if (!isAsking) roundTrips++
      isAsking = true
    })
    later(far, near, Math.floor(roundTripMs / 2), () => {
      isAsking = false
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: server.address().port,
    takeRoundTrips() {
      const taken = roundTrips
      roundTrips = 0
      return taken
    },
    end() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
