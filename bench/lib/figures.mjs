import { CONNECTIONS, load, withServer } from './measure.mjs'

/** What a server does before it is measured: enough that V8 has compiled what it is going to compile. */
export const warmUpOf = (quick) => (quick ? { ms: 1_000, count: 10_000 } : { ms: 3_000, count: 30_000 })

/**
 * The figures of one server in one round: at full load, then at half of what it carried.
 * Takes the world, the server (its command or a maker of it, the request, and which stub it calls), and whether it has to
 * be quick.
 */
export function figuresOf(world, { command, request, stub }, quick) {
  const spans = quick ? { fullMs: 1_500, halfMs: 1_000 } : { fullMs: 3_000, halfMs: 2_500 }
  return withServer(world, command, request, ({ port, pid }) =>
    figuresWhileRunning(world, { port, pid, request, stub }, { warmUp: warmUpOf(quick), ...spans }),
  )
}

/**
 * The same of a server that runs already. Takes the world, where the server is, what it is asked and which stub it calls,
 * its warm-up, and how long each load lasts (milliseconds).
 */
export async function figuresWhileRunning(world, { port, pid, request, stub }, { warmUp, fullMs, halfMs }) {
  const common = { port, pid, request, connections: CONNECTIONS }
  await world.ask('stubFacts', { name: stub })
  const full = await load(world, { ...common, warmUp, measured: { ms: fullMs } })
  const facts = await world.ask('stubFacts', { name: stub })
  if (facts.wrong > 0) throw new Error(`${facts.wrong} calls reached the gateway unsigned or broken`)
  const half = await load(world, {
    ...common,
    rate: full.perSecond / 2,
    everyLatency: true,
    warmUp: { ms: 300 },
    measured: { ms: halfMs },
  })
  return {
    cpuMicros: full.cpuMicros,
    perSecond: full.perSecond,
    requests: full.requests,
    serverBusy: full.serverBusy,
    worldBusy: full.worldBusy,
    fullP50: full.latency.p50,
    fullP99: full.latency.p99,
    halfP50: half.latency.p50,
    halfP99: half.latency.p99,
    halfLatencies: half.latency.all,
    memoryMb: half.memoryMb,
    connectionsPerCall: facts.connections / facts.requests,
    resumedShare: facts.connections === 0 ? 0 : facts.resumed / facts.connections,
  }
}
