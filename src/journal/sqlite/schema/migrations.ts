import type { KeyObject } from 'node:crypto'
import { hashIdempotencyKey, idempotencyKeyPrefix } from '../../keys/key-hash.ts'
import type { Keyring } from '../../keys/keyring.ts'
import { StoreRefusedError } from '../../store.ts'
import type { SqliteConnection, SqliteRow } from '../driver.ts'
import {
  CLOCK_TABLE,
  OPERATIONS_INDEXES,
  OPERATIONS_TABLE,
  PROGRESS_TABLE,
  SECRETS_TABLE,
  SQLITE_VERSION,
} from './schema.ts'
import { createSecret } from './secret.ts'

/** What the envelopes of version 2 were sealed as belonging to; no operation has such an id. */
const ENVELOPE = 'envelope'

const ROWS_AT_ONCE = 1_000

/**
 * Brings the schema from an earlier version to the last of this store alone, within a transaction that is under way. Throws `StoreRefusedError` where
 * a result that somebody may ask for would be lost.
 */
export function upgradeSchema(connection: SqliteConnection, version: number, keyring: Keyring): void {
  if (version < 3) upgradeToVersion3(connection, keyring)
}

/**
 * Version 2 sealed the results that were written together in one envelope, version 1 each by itself, as this one does.
 * Both kept idempotency keys as they are, had other indexes, and stamped what was settled by the machine's clock.
 */
function upgradeToVersion3(connection: SqliteConnection, keyring: Keyring): void {
  connection.exec(
    `alter table operations rename to operations_before; ${OPERATIONS_TABLE} ${SECRETS_TABLE} ${PROGRESS_TABLE}`,
  )
  const secret = createSecret(connection, keyring)
  const results = new EnvelopedResults(connection, keyring)
  const names = connection.all(`select name from pragma_table_info('operations')`).map(({ name }) => String(name))
  const insert = `insert into operations (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`
  const next = `select rowid as position, * from operations_before where rowid > ? order by rowid limit ${ROWS_AT_ONCE}`
  for (let position = 0; ; ) {
    const rows = connection.all(next, position)
    for (const row of rows) {
      const upgraded: SqliteRow = { ...row, ...hashedKey(secret, row), result: results.resultOf(row) }
      connection.run(insert, ...names.map((name) => upgraded[name] ?? null))
    }
    const last = rows.at(-1)
    if (last === undefined) break
    position = Number(last['position'])
  }
  // What is dropped would stay in the file, to be read, until something else is written over it.
  connection.exec(`
    pragma secure_delete = on;
    drop table operations_before;
    drop table if exists envelopes;
    drop table probe;
    pragma secure_delete = off;
    ${OPERATIONS_INDEXES}
    ${CLOCK_TABLE}
    insert into clock select 1, coalesce(min(max(settled_at), ${Date.now()}), 0) from operations;
    pragma user_version = ${SQLITE_VERSION};
  `)
}

function hashedKey(secret: KeyObject, row: SqliteRow): SqliteRow {
  const key = row['idempotency_key'] ?? null
  if (key === null) return {}
  return {
    idempotency_key_hash: hashIdempotencyKey(secret, String(key)),
    idempotency_key_prefix: idempotencyKeyPrefix(String(key)),
  }
}

/** Opens the envelopes of version 2. */
class EnvelopedResults {
  readonly #connection: SqliteConnection
  readonly #keyring: Keyring
  /** The one opened last: operations that stand side by side lie in one. */
  #opened: { readonly id: unknown; readonly contents: ReadonlyMap<string, string> } | undefined

  constructor(connection: SqliteConnection, keyring: Keyring) {
    this.#connection = connection
    this.#keyring = keyring
  }

  /** The result of an operation's row, sealed by itself. */
  resultOf(row: SqliteRow): string | null {
    const envelope = row['envelope'] ?? null
    if (envelope === null) return row['result'] as string | null
    const id = String(row['id'])
    if (this.#opened?.id !== envelope) this.#opened = { id: envelope, contents: this.#open(Number(envelope)) }
    const result = this.#opened.contents.get(id)
    if (result !== undefined) return this.#keyring.seal(result, id)
    // Of what is unknown the result says little more; it may be older than any key that has to be kept.
    if (row['state'] === 'UNKNOWN') return null
    throw new StoreRefusedError(
      'The journal file is of an earlier version of this program, and holds results that no configured key opens: start once with the key that sealed them',
    )
  }

  #open(envelope: number): ReadonlyMap<string, string> {
    const [row] = this.#connection.all('select sealed from envelopes where id = ?', envelope)
    const text = row && this.#keyring.openBytes(row['sealed'] as Uint8Array, ENVELOPE)
    return text === undefined ? new Map() : contentsIn(text)
  }
}

/** In an envelope, a line says whose results they are and how long each is; then come all of them. */
function contentsIn(text: string): ReadonlyMap<string, string> {
  const contents = new Map<string, string>()
  let at = text.indexOf('\n') + 1
  for (const [id, length] of JSON.parse(text.slice(0, at)) as readonly (readonly [string, number])[]) {
    contents.set(id, text.slice(at, at + length))
    at += length
  }
  return contents
}
