import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/journal/open-store.ts'
import { PostgresStore } from '../../src/journal/postgres/store.ts'
import { SqliteStore } from '../../src/journal/sqlite/store.ts'
import { KEYS } from '../support/journal/operations.ts'
import { fileUrl, newPath } from '../support/journal/sqlite/journals.ts'
import { closedAfterTest } from '../support/journal/store.ts'

const open = (url: string) => closedAfterTest(openStore(url, { owner: 'owner-1', keys: KEYS }))

describe('the URL of a store', () => {
  it.each([
    fileUrl(newPath()),
    `${fileUrl(newPath())}?mode=shared`,
    fileUrl(newPath(), 'exclusive'),
    `file:${newPath()}`,
  ])('%s is an SQLite file', (url) => {
    expect(open(url)).toBeInstanceOf(SqliteStore)
  })

  it.each([
    'postgres://user:secret@db.example:5432/payapi',
    'postgresql://user:secret@db.example/payapi?sslmode=verify-full',
    'postgres://user@/payapi?host=%2Frun%2Fpostgresql',
  ])('%s is PostgreSQL', (url) => {
    expect(open(url)).toBeInstanceOf(PostgresStore)
  })

  it.each([
    ['', /must begin with file: or postgres:/],
    ['secret', /must begin with file: or postgres:/],
    ['redis://user:secret@host/0', /must begin with file: or postgres:/],
    ['http://user:secret@host/', /must begin with file: or postgres:/],
    ['/var/lib/secret.db', /must begin with file: or postgres:/],
    ['postgres:user:secret@host', /must begin with file: or postgres:/],
    ['postgres://user:secret@host:many/db', /no valid postgres:/],
    ['file:', /a file, not a folder/],
    ['postgres://user:secret@one,two/db', /several hosts/],
    ['file:/secret/', /a file, not a folder/],
    ['file:///', /a file, not a folder/],
    ['file://host/secret.db', /of this machine/],
    ['file:/secret.db?mode=wal', /nothing after its path but/],
    ['file:/secret.db?mode=exclusive&sync=off', /nothing after its path but/],
    ['file:/secret.db#fragment', /nothing after its path but/],
    ['file:/secret%2Fdb', /of this machine/],
  ])('%s is refused, and not repeated', (url, message) => {
    expect(() => open(url)).toThrow(message)
    try {
      open(url)
    } catch (error) {
      expect(error).toBeInstanceOf(Error)
      expect(String((error as Error).stack)).not.toContain('secret')
      expect((error as Error).cause).toBeUndefined()
    }
  })
})
