import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { SqliteThreadData } from './protocol.ts'

/** The thread that works on a journal's file, and the port to talk to it. */
export interface SqliteThread {
  readonly port: MessagePort
  /** Calls back once, when the thread has ended; with what was thrown there, if that ended it. */
  onEnd(ended: (fault: unknown) => void): void
}

// Compiled, the thread's file stands beside this one; from the sources it needs a loader for TypeScript first.
const FILE = import.meta.url.endsWith('.ts') ? './worker-from-source.mjs' : './worker.js'

/** Starts the thread for a journal. It does not keep the program running: the calls that wait for an answer do. */
export function startSqliteThread(data: SqliteThreadData, file: URL = new URL(FILE, import.meta.url)): SqliteThread {
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(file, {
    workerData: { data, port: port2 },
    transferList: [port2],
    // Not the program's own options: a debugger's, or a loader's, are not for this thread.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  worker.unref()
  port1.unref()
  return {
    port: port1,
    onEnd(ended) {
      let fault: unknown
      // Without a listener an error in the thread would end the program; its exit follows in any case.
      worker.on('error', (error) => {
        fault = error
      })
      worker.once('exit', () => ended(fault))
    },
  }
}
