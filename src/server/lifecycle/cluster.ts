import cluster, { type Worker } from 'node:cluster'
import { rmSync } from 'node:fs'
import type { Logger } from 'pino'
import type { Config } from '../../config/index.ts'
import { DEMO_MERCHANTS } from '../../sandbox/merchants.ts'
import { startSandbox } from '../../sandbox/server.ts'
import { ENDPOINT } from '../app.ts'
import {
  endpointsOfSandbox,
  endpointsVariable,
  noticesTo,
  reachableUrl,
  registerEndpoints,
} from '../sandbox/embedded-sandbox.ts'
import { hostOf } from '../telemetry/index.ts'
import type { RunningFacade } from './start.ts'
import { StartError, temporaryFolder } from './start-error.ts'

/** In a worker's environment: which of the workers it is, from 0. */
const WORKER_INDEX = 'FACADE_WORKER_INDEX'

// A worker which ends again and again is started more and more seldom, so that it does not take the machine with it.
const RESTART_AFTER_MS = { first: 1_000, most: 30_000 }
/** One that served as long as this ended by a mishap of its own. */
const STABLE_AFTER_MS = 60_000

/** Whether this process is one of several workers. */
export const isWorker = (): boolean => cluster.isWorker

/** The configuration of a worker, with a metrics port of its own: the one configured, plus the worker's index. */
export function workerConfig(config: Config): Config {
  const index = Number(process.env[WORKER_INDEX] ?? 0)
  const { metrics } = config
  if (metrics?.port === undefined || metrics.port === 0) return config
  return { ...config, metrics: { ...metrics, port: metrics.port + index } }
}

/** Tells the process that started the workers why this one cannot start; resolves once that is said. */
export function reportToPrimary(reason: string): Promise<void> {
  return new Promise((resolve) => process.send?.({ cannotStart: reason }, () => resolve()))
}

/**
 * Starts as many processes as configured behind one port, each a facade of its own on the same journal, and replaces one
 * that ends. In sandbox mode they share one sandbox. Rejects where a worker cannot start. Once no worker is left, it ends
 * the program with code 1, for whoever supervises it.
 */
export async function startWorkers(config: Config, log: Logger): Promise<RunningFacade> {
  const merchants = config.merchants ?? DEMO_MERCHANTS
  const sandbox =
    config.baseUrl === undefined ? await startSandbox({ merchants, ...noticesTo(config.publicUrl) }) : undefined
  const endpoints = sandbox && endpointsOfSandbox(config, merchants)
  const needsFolder = config.journal !== undefined && config.journal.storeUrl === undefined
  const folder = needsFolder ? temporaryFolder() : undefined
  const closeBehind = async () => {
    await sandbox?.close()
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
  const pool = new WorkerPool(log, {
    ...(sandbox && {
      PAYAPI_BASE_URL: sandbox.url,
      PAYAPI_MERCHANTS: JSON.stringify(merchants),
      PAYAPI_MERCHANTS_FILE: '',
    }),
    ...(endpoints && { PAYAPI_NOTICES: endpointsVariable(endpoints) }),
    ...(folder && { PAYAPI_DATA_DIR: folder }),
  })
  const endProgram = () => void closeBehind().finally(() => process.exit(1))
  const port = await pool.start(config.workers, endProgram).catch(async (fault: unknown) => {
    await pool.stop()
    await closeBehind()
    throw fault
  })
  if (sandbox && endpoints) registerEndpoints(sandbox, endpoints, reachableUrl(config.host, port))
  let closed: Promise<void> | undefined
  return {
    url: `http://${hostOf(config.host)}:${port}${ENDPOINT}`,
    sandboxUrl: sandbox?.url,
    metricsUrl: undefined,
    close() {
      closed ??= pool.stop().then(closeBehind)
      return closed
    },
  }
}

class WorkerPool {
  readonly #log: Logger
  readonly #running = new Set<Worker>()
  readonly #restarts = new Set<NodeJS.Timeout>()
  readonly #env: Readonly<Record<string, string>>
  #stopped = false

  constructor(log: Logger, env: Readonly<Record<string, string>>) {
    this.#log = log
    this.#env = env
    // Each accepts for itself. What the primary accepts for a worker hangs for good where that is killed before it takes it.
    cluster.schedulingPolicy = cluster.SCHED_NONE
  }

  /** Resolves to the port once all serve; from then on each is replaced. Calls back once none is left. */
  async start(count: number, onNoneLeft: () => void): Promise<number> {
    const started = Array.from({ length: count }, (_, index) => ({ index, ...this.#fork(index) }))
    const [port] = (await Promise.all(started.map(({ port }) => port))) as [number]
    for (const { index, ended } of started) void ended.then((end) => this.#replace(index, end, 0, onNoneLeft))
    return port
  }

  #replace(index: number, { code, signal, servedMs }: End, failures: number, onNoneLeft: () => void): void {
    if (this.#stopped) return
    this.#log.error({ worker: index, code, signal }, 'worker ended')
    if (this.#running.size === 0) {
      this.#stopped = true
      for (const restart of this.#restarts) clearTimeout(restart)
      this.#log.fatal('no worker is left')
      onNoneLeft()
      return
    }
    const before = servedMs >= STABLE_AFTER_MS ? 0 : failures
    const delayMs = Math.min(RESTART_AFTER_MS.first * 2 ** before, RESTART_AFTER_MS.most)
    const restart = setTimeout(() => {
      this.#restarts.delete(restart)
      const { port, ended } = this.#fork(index)
      port.then(
        () => this.#log.info({ worker: index }, 'worker replaced'),
        ({ message }: Error) => this.#log.error({ worker: index, reason: message }, 'worker cannot start'),
      )
      void ended.then((end) => this.#replace(index, end, before + 1, onNoneLeft))
    }, delayMs)
    this.#restarts.add(restart)
  }

  #fork(index: number): { readonly port: Promise<number>; readonly ended: Promise<End> } {
    const worker = cluster.fork({ ...this.#env, [WORKER_INDEX]: String(index) })
    this.#running.add(worker)
    let reason: string | undefined
    let servesSince: number | undefined
    worker.on('message', (message: { readonly cannotStart?: string }) => {
      reason = message.cannotStart
    })
    const ended = new Promise<End>((resolve) => {
      const end = (code: number | null, signal: string | null) => {
        this.#running.delete(worker)
        resolve({ code, signal, servedMs: servesSince === undefined ? 0 : performance.now() - servesSince })
      }
      // Where the machine has no process left to give, there is none that could exit.
      worker.once('exit', end).on('error', () => worker.process.pid === undefined && end(null, null))
    })
    const port = new Promise<number>((resolve, reject) => {
      worker.once('listening', (address) => {
        servesSince = performance.now()
        resolve(address.port)
      })
      void ended.then(({ code, signal }) => {
        reject(new StartError(reason ?? `A worker ended with ${signal ?? code} before it served.`))
      })
    })
    return { port, ended }
  }

  /** Tells all to stop, as the program itself is told; resolves once they have. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const restart of this.#restarts) clearTimeout(restart)
    await Promise.all(
      [...this.#running].map((worker) => new Promise((resolve) => worker.once('exit', resolve).kill('SIGTERM'))),
    )
  }
}

/** How a worker ended. */
interface End {
  readonly code: number | null
  readonly signal: string | null
  /** For how long it served; 0 where it never did. */
  readonly servedMs: number
}
