import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { run, STARTS_PROGRAMS, urlOf } from '../../support/server/processes.ts'
import { dataFolder } from '../../support/server/running-facade.ts'

type Env = Readonly<Record<string, string>>

/** What a start that fails says, which is one line and no more. */
async function reasonOf(variables: Env): Promise<string> {
  const { code, errors } = await run({ LOG_LEVEL: 'silent', PAYAPI_JOURNAL: 'on', ...variables }).ended
  expect(code).toBe(1)
  expect(errors).toMatch(/^[^\n]+\n$/)
  return errors.trim()
}

async function takenPort(): Promise<string> {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  return String((other.address() as AddressInfo).port)
}

function folderWith(prepare: (folder: string) => void): string {
  const folder = dataFolder()
  prepare(folder)
  return folder
}

const KEYS = { PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 1).toString('base64') }
const PLACE = 'PAYAPI_DATA_DIR or PAYAPI_STORE_URL: '
const aFile = () =>
  join(
    folderWith((folder) => writeFileSync(join(folder, 'file'), '')),
    'file',
  )

describe('a start says in one line why it fails, where', STARTS_PROGRAMS, () => {
  it.each<[string, () => Env | Promise<Env>, string]>([
    ['PAYAPI_DATA_DIR is a file', () => ({ PAYAPI_DATA_DIR: aFile() }), `${PLACE}there is a file where a folder`],
    [
      'PAYAPI_DATA_DIR is below a file, with keys',
      () => ({ PAYAPI_DATA_DIR: join(aFile(), 'data'), ...KEYS }),
      `${PLACE}there is a file where a folder`,
    ],
    ['PAYAPI_DATA_DIR is where no folder can be made', () => ({ PAYAPI_DATA_DIR: '/sys/nowhere' }), PLACE],
    [
      'PAYAPI_STORE_URL leads to a folder',
      () => ({ PAYAPI_STORE_URL: `file:${folderWith((folder) => mkdirSync(join(folder, 'db')))}/db` }),
      `${PLACE}there is a folder where the journal's file`,
    ],
    [
      'the key beside the journal is none',
      () => ({ PAYAPI_DATA_DIR: folderWith((folder) => writeFileSync(join(folder, 'journal.db.key'), 'x')) }),
      `${PLACE}the file of the key beside the journal`,
    ],
    [
      'the key beside the journal is a folder',
      () => ({ PAYAPI_DATA_DIR: folderWith((folder) => mkdirSync(join(folder, 'journal.db.key'))) }),
      `${PLACE}the key beside the journal cannot be used (EISDIR)`,
    ],
    ['TMPDIR is not there', () => ({ TMPDIR: '/nowhere' }), 'TMPDIR: no folder can be made there (ENOENT)'],
    [
      'TMPDIR is not there, for workers',
      () => ({ TMPDIR: '/nowhere', PAYAPI_WORKERS: '2' }),
      'TMPDIR: no folder can be made there (ENOENT)',
    ],
    [
      'each of several workers has the same reason',
      () => ({ PAYAPI_DATA_DIR: aFile(), PAYAPI_WORKERS: '3' }),
      `${PLACE}there is a file where a folder`,
    ],
    ['PORT is taken', async () => ({ PORT: await takenPort() }), 'HOST and PORT: another program listens there'],
    ['HOST is none', () => ({ HOST: 'no-such-host.invalid' }), 'HOST and PORT: cannot listen there ('],
    ['HOST is of another machine', () => ({ HOST: '192.0.2.1' }), 'HOST and PORT: cannot listen there (EADDRNOTAVAIL)'],
    [
      'the port of metrics is taken',
      async () => ({ PAYAPI_METRICS_PORT: await takenPort() }),
      'PAYAPI_METRICS_HOST and PAYAPI_METRICS_PORT: another program listens there',
    ],
    [
      'the port of metrics of the second worker is taken',
      async () => ({ PAYAPI_METRICS_PORT: String(Number(await takenPort()) - 1), PAYAPI_WORKERS: '2' }),
      'PAYAPI_METRICS_HOST and PAYAPI_METRICS_PORT: another program listens there',
    ],
    [
      'the host of metrics is none',
      () => ({ PAYAPI_METRICS_PORT: '0', PAYAPI_METRICS_HOST: 'no-such-host.invalid' }),
      'PAYAPI_METRICS_HOST and PAYAPI_METRICS_PORT: cannot listen there (',
    ],
  ])('%s', async (_, variables, reason) => {
    expect(await reasonOf(await variables())).toContain(reason)
  })

  it.skipIf(process.getuid?.() === 0)('PAYAPI_DATA_DIR may not be written (root may write anywhere)', async () => {
    const folder = folderWith((made) => chmodSync(made, 0o500))
    expect(await reasonOf({ PAYAPI_DATA_DIR: folder })).toContain(
      `${PLACE}the journal cannot be written there (EACCES)`,
    )
  })
})

it('a store URL from the folder of the process has its journal and its key there', STARTS_PROGRAMS, async () => {
  const folder = dataFolder()
  const place = relative(process.cwd(), join(folder, 'a place'))
  const program = run({ PAYAPI_STORE_URL: `file:./${place}/journal.db`, PAYAPI_JOURNAL: 'on' })
  await urlOf(program)
  program.child.kill('SIGTERM')
  await program.ended
  for (const name of ['journal.db', 'journal.db.key'])
    expect(existsSync(join(folder, 'a place', name)), name).toBe(true)
})

const STARTS_ANEW = /"level":"?(40|warn)"?.*sandbox starts anew/

it.each(['1', '2'])(
  'a sandbox beside an old journal says that it starts anew, with PAYAPI_WORKERS=%s',
  STARTS_PROGRAMS,
  async (workers) => {
    const variables = { PAYAPI_DATA_DIR: dataFolder(), PAYAPI_JOURNAL: 'on', PAYAPI_WORKERS: workers }
    const first = run(variables)
    await urlOf(first)
    first.child.kill('SIGTERM')
    expect((await first.ended).output).not.toMatch(STARTS_ANEW)
    const second = run(variables)
    await urlOf(second)
    second.child.kill('SIGTERM')
    expect((await second.ended).output).toMatch(STARTS_ANEW)
  },
)

it('that no proxy is read is said where one is set and PayAPI is elsewhere', STARTS_PROGRAMS, async () => {
  const outside = { PAYAPI_MERCHANTS: JSON.stringify(DEMO_MERCHANTS), PAYAPI_ENV: 'test', PAYAPI_AUTH: 'none' }
  const proxy = { https_proxy: 'http://user:TOPSECRET@proxy.example:3128' }
  const outputOf = async (variables: Env) => {
    const program = run(variables)
    await urlOf(program)
    program.child.kill('SIGTERM')
    return (await program.ended).output
  }
  const said = await outputOf({ ...outside, ...proxy })
  expect(said).toContain('https_proxy: no proxy setting is read')
  expect(said).not.toContain('TOPSECRET')
  expect(await outputOf(outside)).not.toContain('no proxy setting')
  expect(await outputOf(proxy)).not.toContain('no proxy setting')
})
