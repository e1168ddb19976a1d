import type pg from 'pg'
import { StoreUnavailableError } from '../store.ts'

/** Runs one statement. `count` is how many rows it returned or changed. */
export type Query = (
  sql: string,
  values?: readonly (string | number | boolean | null | readonly string[])[],
) => Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly count: number }>

/** A connection in one action's hands, until that gives it back or the deadline takes it away. */
export class Lease {
  #client: pg.PoolClient | undefined
  #over = false

  hold(client: pg.PoolClient): void {
    if (this.#over) {
      client.release()
      throw new StoreUnavailableError('The journal database does not answer in time')
    }
    this.#client = client
  }

  get client(): pg.PoolClient {
    if (this.#client === undefined) throw new StoreUnavailableError('The journal database does not answer in time')
    return this.#client
  }

  readonly query: Query = async (sql, values) => {
    const { rows, rowCount } = await this.client.query(sql, values && [...values])
    return { rows: rows as readonly Readonly<Record<string, unknown>>[], count: rowCount ?? 0 }
  }

  /** Ends a transaction that failed, and with it the connection where that cannot be done. */
  async rollBack(): Promise<void> {
    try {
      await this.query('rollback')
      this.giveBack()
    } catch {
      this.destroy()
    }
  }

  giveBack(): void {
    this.#over = true
    this.#client?.release()
    this.#client = undefined
  }

  destroy(): void {
    this.#over = true
    this.#client?.release(true)
    this.#client = undefined
  }
}
