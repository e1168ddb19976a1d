import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { atExit } from '../../at-exit.ts'
import { connectTo, runSql } from './client.ts'

const run = promisify(execFile)

const HOMES = '/usr/lib/postgresql'

/** Where PostgreSQL's server programs are, the newest version's; undefined where there are none. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(HOMES) ? readdirSync(HOMES) : []
  return versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(HOMES, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/** The server refuses to run as root; the account that its package makes is there for it. */
export function account(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const number = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  postgresAccount ??= { uid: number('-u'), gid: number('-g') }
  return postgresAccount
}

let postgresAccount: { readonly uid: number; readonly gid: number } | undefined

/** Where a temporary folder may be made. */
const freePath = (): string => join(tmpdir(), `pg-${randomBytes(6).toString('hex')}`)

/** A folder that belongs to the account of the server. */
function makeFolder(path: string): void {
  mkdirSync(path, { mode: 0o700 })
  const { uid, gid } = account()
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

/** An empty cluster, once one was needed in this process. */
let template: string | undefined

function emptyCluster(programs: string): string {
  const folder = freePath()
  makeFolder(folder)
  atExit(() => rmSync(folder, { recursive: true, force: true }))
  const options = ['-D', folder, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(join(programs, 'initdb'), options, { ...account(), stdio: 'pipe', cwd: '/' })
  return folder
}

/** A PostgreSQL server in a temporary folder, behind a socket there that no other machine reaches. */
export class PostgresServer {
  readonly #programs: string
  readonly #settings: Readonly<Record<string, string>>
  readonly #folder = freePath()
  #process: ChildProcess | undefined
  #databases = 0
  #removed: () => void = () => {}

  /** `programs` is the folder of PostgreSQL's programs. There is nothing of it until it is started. */
  constructor(programs: string, settings: Readonly<Record<string, string>> = {}) {
    this.#programs = programs
    this.#settings = settings
  }

  /** Makes one and starts it; resolves once it accepts connections. */
  static async create(programs: string): Promise<PostgresServer> {
    const server = new PostgresServer(programs)
    await server.start()
    return server
  }

  /** A second server that has whatever this one has committed, as long as this one runs: commits wait for it. */
  async createStandby(): Promise<PostgresServer> {
    // Once it is the primary nobody stands by for it.
    const standby = new PostgresServer(this.#programs, { synchronous_standby_names: '' })
    makeFolder(standby.#folder)
    const options = ['-h', this.#folder, '-U', 'postgres', '-D', standby.#data, '-R', '-X', 'stream', '-c', 'fast']
    await run(join(this.#programs, 'pg_basebackup'), options, { ...account(), cwd: '/' })
    await standby.start()
    await this.sql("alter system set synchronous_standby_names = '*'")
    await this.sql('select pg_reload_conf()')
    await this.#until("select 1 from pg_stat_replication where sync_state = 'sync'")
    return standby
  }

  /** Makes a standby the primary; resolves once it takes changes. */
  async promote(): Promise<void> {
    await this.sql('select pg_promote()')
    await this.#until('select 1 where not pg_is_in_recovery()')
  }

  /** Asks until there is a row. */
  async #until(query: string): Promise<void> {
    while ((await this.sql(query)).length === 0) await delay(50)
  }

  /** The folder of its socket. */
  get folder(): string {
    return this.#folder
  }

  /** The process that started all others. */
  get pid(): number {
    const pid = this.#process?.pid
    if (pid === undefined) throw new Error('PostgreSQL does not run')
    return pid
  }

  /** Locks a table against everybody; resolves to what unlocks it. */
  async lockTable(name: string, database?: string): Promise<() => Promise<void>> {
    const client = await connectTo(this.url(database))
    await client.query('begin')
    await client.query(`lock table ${name} in access exclusive mode`)
    return () => client.end()
  }

  get #data(): string {
    return join(this.#folder, 'data')
  }

  #makeData(): void {
    template ??= emptyCluster(this.#programs)
    makeFolder(this.#folder)
    // To copy one takes a tenth of the time.
    execFileSync('cp', ['-a', template, this.#data])
  }

  /** The URL of a database; of one that is always there unless another is named. */
  url(database = 'postgres', user = 'postgres'): string {
    return `postgres://${user}@/${database}?host=${encodeURIComponent(this.#folder)}`
  }

  /** Starts it, again after `stop` or `kill`; resolves once it accepts connections. */
  async start(): Promise<void> {
    if (!existsSync(this.#data)) this.#makeData()
    // Whatever happens to the tests, nothing is left running.
    this.#removed()
    this.#removed = atExit(() => this.#process?.kill('SIGKILL'))
    const settings = {
      listen_addresses: '',
      unix_socket_directories: this.#folder,
      max_connections: '60',
      log_min_messages: 'fatal',
      ...this.#settings,
    }
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const started = spawn(join(this.#programs, 'postgres'), ['-D', this.#data, ...options], {
      ...account(),
      stdio: 'ignore',
      cwd: '/',
    })
    this.#process = started
    for (;;) {
      try {
        await this.sql('select 1')
        return
      } catch (error) {
        if (started.exitCode !== null) throw error
        await delay(50)
      }
    }
  }

  /** Runs SQL as the administrator; resolves to its rows. */
  sql(text: string, database?: string): Promise<readonly Record<string, unknown>[]> {
    return runSql(this.url(database), text)
  }

  /** Makes an empty database, under a name that no other has unless one is given; resolves to the name. */
  async newDatabase(name = `database_${++this.#databases}`): Promise<string> {
    await this.sql(`create database ${name}`)
    return name
  }

  /** Stops it and ends all connections; resolves once it is gone. */
  stop(): Promise<void> {
    return this.#end('SIGINT')
  }

  /** Ends it without any care, as a crash would; resolves once it is gone. */
  kill(): Promise<void> {
    return this.#end('SIGQUIT')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const running = this.#process
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const gone = once(running, 'exit')
    running.kill(signal)
    await gone
  }

  /** Stops it and removes all that it had. */
  async remove(): Promise<void> {
    await this.#end('SIGQUIT')
    this.#removed()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
