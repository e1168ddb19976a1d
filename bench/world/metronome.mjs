import { workerData as everyMs, parentPort } from 'node:worker_threads'
import { monotonicMs } from './monotonic.mjs'

// A thread that waits has no use for a core, and wakes to a fraction of a millisecond; timers do not.

const cell = new Int32Array(new SharedArrayBuffer(4))

for (let nextAt = monotonicMs(); ; nextAt += everyMs) {
  Atomics.wait(cell, 0, 0, Math.max(0, nextAt - monotonicMs()))
  parentPort.postMessage(nextAt)
}
