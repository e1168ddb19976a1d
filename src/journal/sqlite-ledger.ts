import type { Keyring } from './keyring.ts'
import { operationOf } from './operation-row.ts'
import type { SqliteConnection, SqliteRow } from './sqlite-driver.ts'
import type { Operation } from './store.ts'

/** What an envelope belongs to; no operation has such an id. */
const ENVELOPE = 'envelope'

/** The results in an envelope, by the ids of their operations. */
type Contents = { [id: string]: string }

const nothing = (): Contents => Object.create(null) as Contents

/**
 * The operations in a file, as one transaction or one search sees them, with what is sealed in their rows. The results
 * that a transaction writes are sealed together, in one envelope that their rows point to: to seal each by itself costs
 * more than all else that is done to a result. An envelope goes with the last of its operations.
 */
export class SqliteLedger {
  /** Runs the statements. */
  readonly connection: SqliteConnection
  readonly #keyring: Keyring
  /** What this transaction has written and not sealed yet, and the envelope that it will lie in. */
  #unsealed = nothing()
  #envelope: number | undefined
  /** The one opened last: operations that stand side by side lie in one. */
  #opened: { readonly id: unknown; readonly contents: Contents } | undefined

  /** Takes the connection and the keys. */
  constructor(connection: SqliteConnection, keyring: Keyring) {
    this.connection = connection
    this.#keyring = keyring
  }

  /** Takes the row of an operation, with all its columns; returns the operation. */
  operationOf(row: SqliteRow): Operation {
    const operation = operationOf(row, this.#keyring)
    const envelope = row['envelope']
    return envelope === null ? operation : { ...operation, result: this.#contentsOf(envelope)[operation.id] ?? null }
  }

  #contentsOf(envelope: unknown): Contents {
    if (envelope === this.#envelope) return this.#unsealed
    if (this.#opened?.id !== envelope) this.#opened = { id: envelope, contents: this.#open(Number(envelope)) }
    return this.#opened?.contents ?? nothing()
  }

  #open(envelope: number): Contents {
    const [row] = this.connection.all('select sealed from envelopes where id = ?', envelope)
    const text = row && this.#keyring.openBytes(row['sealed'] as Uint8Array, ENVELOPE)
    return text === undefined ? nothing() : contentsIn(text)
  }

  /** Takes a text and the id of its operation; returns it sealed by itself. */
  seal(text: string, id: string): string {
    return this.#keyring.seal(text, id)
  }

  /** The envelope that results lie in which are written now. */
  get envelope(): number {
    this.#envelope ??= Number(this.connection.all('select coalesce(max(id), 0) + 1 as id from envelopes')[0]?.['id'])
    return this.#envelope
  }

  /** Takes an operation whose row points to that envelope, and its result. */
  enclose(id: string, result: string): void {
    this.#unsealed[id] = result
  }

  /** Seals what was enclosed: before the transaction ends, and before anything is done that may delete operations. */
  sealEnvelope(): void {
    const results = Object.entries(this.#unsealed)
    if (results.length > 0) {
      const sealed = this.#keyring.sealBytes(textOf(results), ENVELOPE)
      const insert = 'insert into envelopes (id, sealed, operations) values (?, ?, ?)'
      this.connection.run(insert, this.envelope, sealed, results.length)
    }
    this.#unsealed = nothing()
    this.#envelope = undefined
    // What comes next may delete the one that was opened, and its number be given again.
    this.#opened = undefined
  }
}

/** Whose results they are and how long each is, in one line, and then all of them: nothing is quoted once more. */
function textOf(results: readonly (readonly [id: string, result: string])[]): string {
  const index = JSON.stringify(results.map(([id, result]) => [id, result.length]))
  return `${index}\n${results.map(([, result]) => result).join('')}`
}

function contentsIn(text: string): Contents {
  const contents = nothing()
  let at = text.indexOf('\n') + 1
  for (const [id, length] of JSON.parse(text.slice(0, at)) as readonly (readonly [string, number])[]) {
    contents[id] = text.slice(at, at + length)
    at += length
  }
  return contents
}
