import { createCharge } from './charge.mjs'

/** Where a server of the comparison listens, on loopback. */
export const port = Number(process.env.PORT)

/** The charge, to the gateway and over the connections that the run asked for. */
export const charge = createCharge(process.env.BENCH_BASE_URL, process.env.BENCH_CONNECTIONS)
