import { startFacade } from './facade.ts'
import { startGateway } from './gateway.ts'
import type { Listening } from './listen.ts'
import { startOrders } from './orders.ts'
import { composeSupergraph, fetchSdl } from './supergraph.ts'

/** The three servers: where each answers, and how they end. */
export interface Running {
  readonly facade: string
  readonly orders: string
  readonly gateway: string
  /** Resolves when the facade's process has ended. */
  readonly facadeEnded: Promise<void>
  /** Ends all three. */
  close(): Promise<void>
}

/** Starts facade and orders, composes what they serve, and starts the gateway on a port, 0 for a free one. */
export async function startAll(port: number): Promise<Running> {
  const started: Listening[] = []
  const close = async () => {
    for (const server of started.toReversed()) await server.close()
  }
  try {
    const facade = await startFacade()
    started.push(facade)
    const orders = await startOrders()
    started.push(orders)
    const supergraph = composeSupergraph([
      { name: 'payapi', url: facade.url, sdl: await fetchSdl(facade.url) },
      { name: 'orders', url: orders.url, sdl: await fetchSdl(orders.url) },
    ])
    const gateway = await startGateway(supergraph, port)
    started.push(gateway)
    return { facade: facade.url, orders: orders.url, gateway: gateway.url, facadeEnded: facade.ended, close }
  } catch (error) {
    await close()
    throw error
  }
}
