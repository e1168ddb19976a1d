import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ROOT } from '../lib/prepare.mjs'
import { freePort, start, stop } from '../lib/processes.mjs'

const HOMES = '/usr/lib/postgresql'

/** The folder of PostgreSQL's server programs, the newest version's; undefined where there are none. */
function postgresPrograms() {
  const versions = existsSync(HOMES) ? readdirSync(HOMES) : []
  return versions
    .toSorted((one, other) => Number(other) - Number(one))
    .map((version) => join(HOMES, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/** The server refuses to run as root; the account that its package makes is there for it. */
function account() {
  if (process.getuid() !== 0) return {}
  const number = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

/**
 * Starts a PostgreSQL server with its defaults in a temporary folder, on loopback and with a password.
 * Resolves to its port, process, version, the URL through any port, and what ends it; to undefined where PostgreSQL is not installed.
 */
export async function startPostgres() {
  const programs = postgresPrograms()
  if (programs === undefined) return undefined
  const owner = account()
  const folder = mkdtempSync(join(tmpdir(), 'payapi-bench-pg-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const password = randomBytes(24).toString('base64url')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password)
  if (owner.uid !== undefined) for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const login = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  execFileSync(join(programs, 'initdb'), ['-D', data, ...login, '--encoding=UTF8', '--locale=C.UTF-8'], {
    ...owner,
    cwd: '/',
    stdio: 'pipe',
  })
  const port = await freePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: 200,
    log_min_messages: 'fatal',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = start(join(programs, 'postgres'), ['-D', data, ...options], {
    owner,
    core: 'any',
    cwd: '/',
    output: '/dev/null',
  })
  const urlThrough = (other, database = 'postgres') => `postgres://postgres:${password}@127.0.0.1:${other}/${database}`
  const server = {
    port,
    pid: child.pid,
    urlThrough,
    async query(text, database) {
      const client = await connectPostgres(urlThrough(port, database))
      try {
        return (await client.query(text)).rows
      } finally {
        await client.end()
      }
    },
    // Its own word for ending all connections.
    end: () => stop(child, 'SIGINT'),
  }
  for (;;) {
    try {
      const [{ server_version: version }] = await server.query('show server_version')
      return { ...server, version: version.split(' ')[0] }
    } catch (error) {
      if (child.exitCode !== null) throw error
      await delay(50)
    }
  }
}

/** Resolves to a connection to a database, by the facade's own driver. */
export async function connectPostgres(connectionString) {
  const { Client } = createRequire(join(ROOT, 'package.json'))('pg')
  const client = new Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  return client
}
