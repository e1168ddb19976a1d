import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Service, stepOf } from '../payapi/definition/service.ts'
import { ALL_SERVICES } from '../payapi/services/index.ts'
import { Keyring } from './keys/keyring.ts'
import type { OperationStore } from './operation-store.ts'
import { loadPg } from './postgres/connections/errors.ts'
import { PostgresStore } from './postgres/store.ts'
import type { Told } from './procedures/webhooks/endpoints.ts'
import type { WebhookEndpoint } from './records/events.ts'
import { SqliteStore } from './sqlite/store.ts'
import type { SqliteMode } from './sqlite/worker/protocol.ts'
import type { StoreEvent } from './store.ts'

/** How a store is used. */
interface OpenStoreOptions {
  /** The process that acts, unique for each start of one; the owner of every operation that it claims. */
  readonly owner: string
  /** The journal's keys, of 32 bytes each, the current one first. */
  readonly keys: readonly Uint8Array[]
  /** Whether to begin anew where a file is gone, and to go on with what is there where it is not what it was. */
  readonly init?: boolean
  /** Refuses to make a journal where there is none, and to upgrade one of an earlier version: whoever only looks must not. */
  readonly existing?: boolean
  /** Who is told of what happens; nobody where it is left out. */
  readonly webhooks?: readonly WebhookEndpoint[]
  /** How long a method may take, in milliseconds; below two seconds unless set otherwise. */
  readonly deadlineMs?: number | undefined
  /** How many connections there may be to PostgreSQL; as many as calls need at once, within bounds, where it is left out. */
  readonly maxConnections?: number | undefined
  /** Is told of what somebody should know of. */
  readonly onEvent?: ((event: StoreEvent) => void) | undefined
  /** How often those who watch are told without a change that is known; replaced in tests only. */
  readonly lookAgainMs?: number | undefined
}

/**
 * The URL says where the journal is kept:
 * `file:/path/journal.db` (or with `?mode=shared`), an SQLite file for the processes of one machine;
 * `file:/path/journal.db?mode=exclusive`, the same for one process alone: any other one is refused;
 * `postgres://…` (or `postgresql://…`), for several machines.
 * Opens also where the store cannot be used now: it is tried with every call. Throws an `Error` for anything else; the
 * message quotes nothing of it, since it may hold a password.
 */
export function openStore(
  url: string,
  { owner, keys, init = false, webhooks: endpoints = [], ...others }: OpenStoreOptions,
): OperationStore {
  const options = { ...others, webhooks: { endpoints: endpoints.map(wishOf), steps: STEPS } }
  const location = parseStoreUrl(url)
  if (location.kind === 'sqlite') return new SqliteStore({ ...location, owner, keys, init, ...options })
  return new PostgresStore({ ...location, keyring: new Keyring(keys), ...options })
}

/** What the store needs to know of an endpoint: a thread gets plain data, and nothing of where it is or its secrets. */
const wishOf = ({ id, events, merchantIds }: WebhookEndpoint): WebhookEndpoint => ({
  id,
  events: [...events],
  ...(merchantIds && { merchantIds: [...merchantIds] }),
})

// The pages for mobile phones are where the links of text messages lead to.
const STEPS: Told['steps'] = Object.fromEntries(
  Object.values<Service>(ALL_SERVICES).flatMap((service) => {
    const step = stepOf(service)
    return step === undefined ? [] : [[service.name, { step, mayBeOfLink: service.protocol === 'mobile' }]]
  }),
)

/** Where a journal is kept. */
type StoreLocation =
  | { readonly kind: 'sqlite'; readonly path: string; readonly mode: SqliteMode }
  | { readonly kind: 'postgres'; readonly url: string }

/**
 * Reads the URL of a store: `file:` with a path, absolute or from the folder of the process, or `postgres://`. Throws an
 * `Error` that says what the URL must be, and quotes nothing of it, since it may hold a password.
 */
export function parseStoreUrl(text: string): StoreLocation {
  if (/^postgres(ql)?:\/\//i.test(text)) return { kind: 'postgres', url: postgresUrl(text) }
  if (/^file:/i.test(text)) return { kind: 'sqlite', ...parseFileUrl(text.slice('file:'.length)) }
  throw new Error('must begin with file: or postgres://')
}

/** The URL of an SQLite file, wherever the process works. */
export const fileUrlOf = (path: string, mode: SqliteMode = 'shared'): string =>
  `${pathToFileURL(path).href}${mode === 'shared' ? '' : `?mode=${mode}`}`

function postgresUrl(text: string): string {
  const [, authority = '', query = ''] = /^\w+:\/\/([^/?#]*)[^?#]*(?:\?([^#]*))?/.exec(text) ?? []
  const hosts = [authority.slice(authority.lastIndexOf('@') + 1), ...new URLSearchParams(query).getAll('host')]
  if (hosts.some((host) => host.includes(','))) {
    throw new Error('names several hosts, and must name one: an address that leads to whichever server is the primary')
  }
  const { Client } = loadPg()
  try {
    new Client({ connectionString: text })
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException
    if (syscall !== undefined) throw new Error(`names a file of certificates or keys that cannot be read (${code})`)
    throw new Error('is no valid postgres:// URL; what is special in a password must be percent-encoded')
  }
  return text
}

function parseFileUrl(text: string): { readonly path: string; readonly mode: SqliteMode } {
  const [, location = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text) ?? []
  const { mode = 'shared', ...others } = Object.fromEntries(new URLSearchParams(query))
  if (!isMode(mode) || Object.keys(others).length > 0 || fragment !== '') {
    throw new Error('may hold nothing after its path but ?mode=shared or ?mode=exclusive')
  }
  if (/(^|\/)\.{0,2}$/.test(location)) throw new Error('must name a file, not a folder')
  return { path: pathOf(location), mode }
}

function pathOf(location: string): string {
  try {
    // As a URL by itself, `file:journal.db` would lead to the root.
    const isRelative = !location.startsWith('/')
    return fileURLToPath(isRelative ? new URL(`./${location}`, pathToFileURL('./')) : new URL(`file:${location}`))
  } catch {
    throw new Error('must name a file of this machine, with a percent sign only before two hexadecimal digits')
  }
}

const isMode = (text: string): text is SqliteMode => ['shared', 'exclusive'].includes(text)
