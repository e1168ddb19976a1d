import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PgBouncer } from '../../support/journal/postgres/pgbouncer.ts'
import { PostgresServer } from '../../support/journal/postgres/server.ts'
import type { StoreWorld } from '../campaign.ts'
import { childrenOf, type Trouble, type Undo } from './trouble.ts'

const SOCKET = '.s.PGSQL.5432'

/** The pooler's connections to the server. */
const CONNECTIONS = 10

/** The journal in PostgreSQL, with a standby that takes over once; where a pooler is given, behind that. */
export async function postgresWorld(programs: string, poolerProgram?: string): Promise<StoreWorld> {
  const former = await PostgresServer.create(programs)
  const standby = await former.createStandby()
  let primary = former
  const gate = await openGate(() => primary.folder)
  const pooler = poolerProgram === undefined ? undefined : await PgBouncer.start(poolerProgram, gate, CONNECTIONS)

  const stopped = (name: string, stop: () => Promise<void>): Trouble => ({
    name,
    async strike(): Promise<Undo> {
      await stop()
      return () => primary.start()
    },
  })
  const paused: Trouble = {
    name: 'PostgreSQL is paused',
    strike() {
      const signalAll = (name: NodeJS.Signals) => {
        for (const pid of [primary.pid, ...childrenOf(primary.pid)]) signal(pid, name)
      }
      signalAll('SIGSTOP')
      return () => signalAll('SIGCONT')
    },
  }
  const locked: Trouble = {
    name: 'the journal table is locked',
    strike() {
      return primary.lockTable('payapi.operations')
    },
  }
  let hasFailedOver = false
  const failedOver: Trouble = {
    name: 'PostgreSQL fails over to its standby',
    async strike() {
      if (hasFailedOver) return () => {}
      hasFailedOver = true
      await former.kill()
      await standby.promote()
      primary = standby
      gate.disconnect()
      return () => {}
    },
  }
  return {
    env: { PAYAPI_STORE_URL: pooler?.url() ?? socketUrl(gate.folder) },
    troubles: [
      stopped('PostgreSQL is stopped', () => primary.stop()),
      stopped('PostgreSQL crashes', () => primary.kill()),
      paused,
      locked,
      failedOver,
    ],
    async remove() {
      await pooler?.remove()
      gate.close()
      await Promise.all([former.remove(), standby.remove()])
    },
  }
}

/** Signals a process that may have ended by itself since it was seen. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const socketUrl = (folder: string) => `postgres://postgres@/postgres?host=${encodeURIComponent(folder)}`

/** A socket in front of whichever server is the primary. */
async function openGate(target: () => string) {
  const folder = mkdtempSync(join(tmpdir(), 'pg-gate-'))
  chmodSync(folder, 0o755)
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const database = connect(join(target(), SOCKET))
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => sockets.delete(one) && other.destroy())
    }
  })
  // PgBouncer runs under another account.
  await once(server.listen({ path: join(folder, SOCKET), readableAll: true, writableAll: true }), 'listening')
  const disconnect = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    folder,
    disconnect,
    close() {
      server.close()
      disconnect()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
