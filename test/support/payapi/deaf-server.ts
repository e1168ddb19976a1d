import { once } from 'node:events'
import { connect } from 'node:net'
import { Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'

// Listens in a thread that then sleeps for good, so that nobody ever accepts.
const LISTEN = `
const { createServer } = require('node:net')
const { parentPort } = require('node:worker_threads')
const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})`

/**
 * Starts a server that does not even take a connection: its queue is full. It ends with the test that runs. (Linux
 * keeps one more than the backlog waiting. Where a system keeps more, whoever connects meets silence instead.)
 */
export async function startDeafServer(): Promise<number> {
  const worker = new Worker(LISTEN, { eval: true })
  const [port] = (await once(worker, 'message')) as [number]
  const waiting = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
  for (const socket of waiting) socket.on('error', () => {})
  onTestFinished(async () => {
    for (const socket of waiting) socket.destroy()
    await worker.terminate()
  })
  await Promise.all(waiting.map((socket) => once(socket, 'connect')))
  return port
}
