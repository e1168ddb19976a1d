import cluster, { type Worker } from 'node:cluster'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { DEMO_MERCHANTS } from '../sandbox/merchants.ts'
import { startSandbox } from '../sandbox/server.ts'
import { ENDPOINT } from './app.ts'
import { hostOf } from './observation.ts'
import type { RunningFacade } from './start.ts'

/** In a worker's environment: which of the workers it is, from 0. */
const WORKER_INDEX = 'PAYAPI_WORKER_INDEX'

/** A pause, so that a worker which dies again and again does not take the machine with it. */
const RESTART_AFTER_MS = 1_000

/** Returns whether this process is one of several workers. */
export const isWorker = (): boolean => cluster.isWorker

/**
 * Takes the configuration of a worker; returns it with a metrics port of the worker's own: the one configured and those
 * after it, in the order of the workers.
 */
export function workerConfig(config: Config): Config {
  const index = Number(process.env[WORKER_INDEX] ?? 0)
  const { metrics } = config
  if (metrics?.port === undefined || metrics.port === 0) return config
  return { ...config, metrics: { ...metrics, port: metrics.port + index } }
}

/**
 * Takes the configuration and a logger; starts as many processes as configured behind one port, each a facade of its own
 * on the same journal, and replaces one that dies. In sandbox mode they share one sandbox. Rejects where a worker cannot
 * start.
 */
export async function startWorkers(config: Config, log: Logger): Promise<RunningFacade> {
  const merchants = config.merchants ?? DEMO_MERCHANTS
  const sandbox = config.baseUrl === undefined ? await startSandbox({ merchants }) : undefined
  const needsFolder = config.journal !== undefined && config.journal.storeUrl === undefined
  const folder = needsFolder ? mkdtempSync(join(tmpdir(), 'payapi-sandbox-')) : undefined
  const shared = {
    ...(sandbox && {
      PAYAPI_BASE_URL: sandbox.url,
      PAYAPI_MERCHANTS: JSON.stringify(merchants),
      PAYAPI_MERCHANTS_FILE: '',
    }),
    ...(folder && { PAYAPI_DATA_DIR: folder }),
  }
  let isStopping = false
  const workers = new Set<Worker>()
  const start = (index: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const worker = cluster.fork({ ...shared, [WORKER_INDEX]: String(index) })
      let listened = false
      workers.add(worker)
      worker.once('listening', ({ port }) => {
        listened = true
        resolve(port)
      })
      worker.once('exit', (code, signal) => {
        workers.delete(worker)
        reject(new Error(`A worker ended with ${signal ?? code} before it listened`))
        if (isStopping) return
        log.error({ worker: index, code, signal }, 'worker ended')
        // One that never listened would only end again.
        if (listened) setTimeout(() => isStopping || start(index).catch(() => {}), RESTART_AFTER_MS)
      })
    })
  const close = async () => {
    isStopping = true
    await Promise.all(
      [...workers].map((worker) => new Promise((resolve) => worker.once('exit', resolve).kill('SIGTERM'))),
    )
    await sandbox?.close()
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
  const ports = await Promise.all(Array.from({ length: config.workers }, (_, index) => start(index)))
  let closed: Promise<void> | undefined
  return {
    url: `http://${hostOf(config.host)}:${ports[0]}${ENDPOINT}`,
    sandboxUrl: sandbox?.url,
    metricsUrl: undefined,
    close() {
      closed ??= close()
      return closed
    },
  }
}
