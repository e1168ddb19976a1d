import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { atExit } from '../../at-exit.ts'
import { runSql } from './client.ts'
import { account, type PostgresServer } from './server.ts'

/** Where Debian's package puts it; undefined where it is not installed. */
export const pgBouncerProgram = (): string | undefined =>
  ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((path) => existsSync(path))

// The name of a socket file, in a folder of its own: no port of the machine.
const PORT = 6432

/** PgBouncer before a server, in transaction mode: a connection of its own for no longer than a transaction lasts. */
export class PgBouncer {
  readonly #folder: string
  readonly #process: ChildProcess

  private constructor(folder: string, process: ChildProcess) {
    this.#folder = folder
    this.#process = process
  }

  /** Resolves once it accepts connections itself; `connections` is how many there may be to the server. */
  static async start(program: string, server: Pick<PostgresServer, 'folder'>, connections: number): Promise<PgBouncer> {
    const folder = mkdtempSync(join(tmpdir(), 'pgb-'))
    const file = join(folder, 'pgbouncer.ini')
    writeFileSync(
      file,
      `[databases]
* = host=${server.folder} user=postgres
[pgbouncer]
pool_mode = transaction
default_pool_size = ${connections}
auth_type = any
listen_port = ${PORT}
unix_socket_dir = ${folder}
`,
    )
    const { uid, gid } = account()
    if (uid !== undefined && gid !== undefined) for (const path of [folder, file]) chownSync(path, uid, gid)
    const started = spawn(program, ['-q', file], { ...account(), stdio: 'ignore', cwd: '/' })
    const isOver = atExit(() => started.kill('SIGKILL'))
    started.once('exit', isOver)
    const bouncer = new PgBouncer(folder, started)
    for (;;) {
      try {
        await bouncer.sql('select 1')
        return bouncer
      } catch (error) {
        if (started.exitCode !== null) throw error
        await delay(50)
      }
    }
  }

  /** Where it listens. */
  get socket(): string {
    return join(this.#folder, `.s.PGSQL.${PORT}`)
  }

  /** The URL of a database behind it. */
  url(database = 'postgres'): string {
    return `postgres://postgres@/${database}?host=${encodeURIComponent(this.#folder)}&port=${PORT}`
  }

  /** Runs SQL as another program that uses the pooler, too; resolves to its rows. */
  sql(text: string, database?: string): Promise<readonly Record<string, unknown>[]> {
    return runSql(this.url(database), text)
  }

  /** Stops it and removes all that it had. */
  async remove(): Promise<void> {
    const gone = once(this.#process, 'exit')
    if (this.#process.exitCode === null && this.#process.kill('SIGKILL')) await gone
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
