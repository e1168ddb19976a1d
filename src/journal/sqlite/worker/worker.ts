import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { monotonicMs } from '../../../lib/timeout.ts'
import { Keyring } from '../../keys/keyring.ts'
import { Endpoints } from '../../procedures/webhooks/endpoints.ts'
import { JournalDatabase } from '../database.ts'
import { isRead, SqliteExecutor } from './batch.ts'
import { ChangeWatch } from './change-watch.ts'
import {
  CHANGED,
  CLOSE,
  type SqliteMessage,
  type SqliteReadKind,
  type SqliteReply,
  type SqliteRequest,
  type SqliteThreadData,
  type SqliteWriteKind,
  UNWATCH,
  WATCH,
} from './protocol.ts'

// The thread that alone touches the journal's file. All that waits to be written when it looks up is one transaction.

const { data, port } = workerData as { readonly data: SqliteThreadData; readonly port: MessagePort }
const journal = new JournalDatabase(data, new Keyring(data.keys))
const executor = new SqliteExecutor(journal, new Endpoints(data.webhooks))
const changes = new ChangeWatch(journal, () => port.postMessage(CHANGED))

// So that no crowd makes one transaction endless, and so that searches never keep claims waiting for long.
const MOST_IN_A_TRANSACTION = 512
const READING_MS = 10

const writes: SqliteRequest<SqliteWriteKind>[] = []
const reads: SqliteRequest<SqliteReadKind>[] = []
let closing = false

function sort(message: SqliteMessage): void {
  if (message === CLOSE) closing = true
  else if (message === WATCH) changes.start()
  else if (message === UNWATCH) changes.stop()
  else enqueue(message)
}

function enqueue(requests: readonly SqliteRequest[]): void {
  for (const request of requests) {
    if (isRead(request)) reads.push(request)
    else writes.push(request)
  }
}

function collect(): void {
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) sort(next.message)
}

function answer(replies: readonly SqliteReply[]): void {
  port.postMessage(replies)
}

function writeWhatWaits(): void {
  const together = writes.splice(0, MOST_IN_A_TRANSACTION)
  if (together.length === 0) return
  const replies = executor.write(together, () => {
    collect()
    return writes.splice(0, MOST_IN_A_TRANSACTION - together.length)
  })
  answer(replies)
  changes.look()
  // Nobody who was answered waits for this.
  journal.checkpoint()
}

function readForAWhile(): void {
  const until = monotonicMs() + READING_MS
  do {
    const request = reads.shift()
    if (request === undefined) return
    answer([executor.read(request)])
  } while (monotonicMs() < until)
}

port.on('message', (first: SqliteMessage) => {
  sort(first)
  do {
    collect()
    writeWhatWaits()
    readForAWhile()
  } while (writes.length > 0 || reads.length > 0)
  if (!closing) return
  changes.stop()
  journal.close()
  port.close()
})
