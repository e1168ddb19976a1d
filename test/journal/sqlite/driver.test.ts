import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => {
  vi.restoreAllMocks()
  vi.resetModules()
})

/** The version of SQLite that is used beside a Node whose own is of that version. */
async function versionUsedWith(own: string): Promise<string> {
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue({
    DatabaseSync: class {
      prepare = () => ({ all: () => [{ version: own }] })
      close = () => {}
    },
  } as never)
  vi.resetModules()
  const { openSqlite } = await import('../../../src/journal/sqlite/driver.ts')
  const connection = openSqlite(':memory:')
  const [row] = connection.all('select sqlite_version() as version')
  connection.close()
  return String(row?.['version'])
}

it.each(['3.46.1', '3.49.2', '3.50.7', '3.51.2', '3.9.20', '2.99.99'])(
  'an SQLite of Node that may lose what it wrote (%s) is not used',
  async (version) => {
    const [major = 0, minor = 0, patch = 0] = (await versionUsedWith(version)).split('.').map(Number)
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003)
  },
)

it.each(['3.51.3', '3.51.10', '3.52.0', '3.60.0', '4.0.0'])('a later one (%s) is', async (version) => {
  expect(await versionUsedWith(version)).toBe(version)
})
