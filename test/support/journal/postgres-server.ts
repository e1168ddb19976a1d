import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { atExit } from '../at-exit.ts'

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

/** A temporary folder that belongs to the account of the server. */
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pg-'))
  const { uid, gid } = account()
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
  return folder
}

/** An empty cluster, once one was needed in this process. */
let template: string | undefined

function emptyCluster(programs: string): string {
  const folder = emptyFolder()
  atExit(() => rmSync(folder, { recursive: true, force: true }))
  const options = ['-D', folder, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(join(programs, 'initdb'), options, { ...account(), stdio: 'pipe', cwd: '/' })
  return folder
}

/** A PostgreSQL server in a temporary folder, behind a socket there that no other machine reaches. */
export class PostgresServer {
  readonly #programs: string
  readonly #folder: string
  readonly #settings: Readonly<Record<string, string>>
  #process: ChildProcess | undefined
  #removed: () => void = () => {}

  private constructor(programs: string, folder: string, settings: Readonly<Record<string, string>> = {}) {
    this.#programs = programs
    this.#folder = folder
    this.#settings = settings
  }

  /** `programs` is the folder of PostgreSQL's programs. Resolves once it accepts connections. */
  static async create(programs: string): Promise<PostgresServer> {
    const folder = emptyFolder()
    const server = new PostgresServer(programs, folder)
    template ??= emptyCluster(programs)
    // To copy one takes a tenth of the time.
    execFileSync('cp', ['-a', template, server.#data])
    await server.#startForTheFirstTime()
    return server
  }

  /** A second server that has whatever this one has committed, as long as this one runs: commits wait for it. */
  async createStandby(): Promise<PostgresServer> {
    const folder = emptyFolder()
    // Once it is the primary nobody stands by for it.
    const standby = new PostgresServer(this.#programs, folder, { synchronous_standby_names: '' })
    const options = ['-h', this.#folder, '-U', 'postgres', '-D', standby.#data, '-R', '-X', 'stream', '-c', 'fast']
    await run(join(this.#programs, 'pg_basebackup'), options, { ...account(), cwd: '/' })
    await standby.#startForTheFirstTime()
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

  async #startForTheFirstTime(): Promise<void> {
    // Whatever happens to the tests, nothing is left running.
    this.#removed = atExit(() => this.#process?.kill('SIGKILL'))
    await this.start()
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
    const client = new pg.Client({ connectionString: this.url(database) })
    client.on('error', () => {})
    await client.connect()
    await client.query('begin')
    await client.query(`lock table ${name} in access exclusive mode`)
    return () => client.end()
  }

  get #data(): string {
    return join(this.#folder, 'data')
  }

  /** The URL of a database; of one that is always there unless another is named. */
  url(database = 'postgres', user = 'postgres'): string {
    return `postgres://${user}@/${database}?host=${encodeURIComponent(this.#folder)}`
  }

  /** Starts it, again after `stop` or `kill`; resolves once it accepts connections. */
  async start(): Promise<void> {
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
  async sql(text: string, database = 'postgres'): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.url(database) })
    // The server may be stopped while this is connected.
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(text)).rows as Record<string, unknown>[]
    } finally {
      await client.end()
    }
  }

  /** Makes an empty database; resolves to its URL. */
  async createDatabase(name: string): Promise<string> {
    await this.sql(`create database ${name}`)
    return this.url(name)
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
    mkdirSync(this.#folder, { recursive: true })
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
