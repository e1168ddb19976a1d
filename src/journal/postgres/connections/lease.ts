import type pg from 'pg'
import { StoreUnavailableError } from '../../store.ts'
import { isInvalidStatement } from './errors.ts'
import type { NamedStatement, NamedStatements } from './statement.ts'

type Value = string | number | boolean | null | readonly string[]

/** What came of a statement. `count` is how many rows it returned or changed. */
export interface Answer {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly count: number
}

/** Runs one statement. */
export type Query = (sql: string | NamedStatement, values?: readonly Value[]) => Promise<Answer>

/** What an action may do with a connection. */
export interface Session {
  /** Runs one statement, in a transaction of its own: one round trip. */
  readonly one: Query
  /** Carries an action out in a transaction; it may be carried out twice, of which once in vain. */
  readonly transact: <T>(action: (query: Query) => Promise<T>) => Promise<T>
}

interface LeaseOptions {
  /** Begins a transaction, with all that has to hold in it. */
  readonly beginSql: string
  readonly statements: NamedStatements
}

const tooLate = () => new StoreUnavailableError('The journal database does not answer in time')

/** A connection in one action's hands, until that gives it back or the deadline takes it away. */
export class Lease implements Session {
  readonly #beginSql: string
  readonly #statements: NamedStatements
  #client: pg.PoolClient | undefined
  #isDirect = false
  #isSpoilt = false
  #over = false

  constructor({ beginSql, statements }: LeaseOptions) {
    this.#beginSql = beginSql
    this.#statements = statements
  }

  get isOver(): boolean {
    return this.#over
  }

  /** Takes a connection; `isDirect` is whether nothing between it and the server shares it out. */
  hold(client: pg.PoolClient, isDirect: boolean): void {
    if (this.#over) {
      client.release()
      throw tooLate()
    }
    this.#client = client
    this.#isDirect = isDirect
  }

  readonly one: Query = (sql, values) =>
    this.#withOrWithoutNames(async (names) => {
      if (this.#isDirect) return this.#send(sql, values, names)
      const sent = [this.#send(this.#beginSql), this.#send(sql, values, names), this.#send('commit')] as const
      return (await Promise.all(sent))[1]
    })

  readonly transact = <T>(action: (query: Query) => Promise<T>): Promise<T> =>
    this.#withOrWithoutNames(async (names) => {
      const begun = this.#send(this.#beginSql)
      begun.catch(() => {})
      // The first one does not wait until the transaction has begun; none follows one that has not.
      const result = await action(async (sql, values) => {
        const [, answer] = await Promise.all([begun, this.#send(sql, values, names)])
        return answer
      })
      await begun
      await this.#send('commit')
      return result
    })

  /** A statement that the server refuses as prepared was not carried out, nor is what came before it in its transaction. */
  async #withOrWithoutNames<T>(work: (names: boolean) => Promise<T>): Promise<T> {
    if (!this.#statements.areKept) return await work(false)
    try {
      return await work(true)
    } catch (error) {
      if (!isInvalidStatement(error)) throw error
      // A connection to the server itself is replaced by one that has prepared nothing yet.
      if (this.#isDirect) this.#isSpoilt = true
      else this.#statements.areLost()
      await this.#send('rollback')
      return await work(false)
    }
  }

  async #send(sql: string | NamedStatement, values?: readonly Value[], names = false): Promise<Answer> {
    if (this.#client === undefined) throw tooLate()
    const { name, text } = typeof sql === 'string' ? { name: '', text: sql } : sql
    const { rows, rowCount } = await this.#client.query({
      text,
      ...(names && name !== '' && { name }),
      ...(values && { values: [...values] }),
    })
    return { rows: rows as Answer['rows'], count: rowCount ?? 0 }
  }

  /** Ends a transaction that failed, and with it the connection where that cannot be done. */
  async rollBack(): Promise<void> {
    try {
      await this.#send('rollback')
      this.giveBack()
    } catch {
      this.destroy()
    }
  }

  giveBack(): void {
    this.#end(this.#isSpoilt)
  }

  destroy(): void {
    this.#end(true)
  }

  #end(destroyed: boolean): void {
    this.#over = true
    this.#client?.release(destroyed)
    this.#client = undefined
  }
}
