import { type RawBuilder, sql } from 'kysely'

/** Column types that both databases have, each under its own name. */
export interface ColumnTypes {
  /** Compared byte by byte, whatever language a database is in. */
  readonly text: RawBuilder<string>
  /** Whole numbers of 64 bits: times in milliseconds, counts, and flags as 0 and 1. */
  readonly integer: RawBuilder<number>
  /** What stands behind the columns of a table. */
  readonly tableEnd: RawBuilder<unknown>
}

const SQLITE: ColumnTypes = { text: sql`text`, integer: sql`integer`, tableEnd: sql`strict` }
const POSTGRES: ColumnTypes = { text: sql`text collate "C"`, integer: sql`bigint`, tableEnd: sql`` }

export const columnTypes = (kind: 'sqlite' | 'postgres'): ColumnTypes => (kind === 'sqlite' ? SQLITE : POSTGRES)
