import { createRequire } from 'node:module'

/** Loads the driver of PostgreSQL, where it is needed only: most journals are in a file, and it takes its time. */
export const loadPg = (): typeof import('pg') => createRequire(import.meta.url)('pg')
