import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { type Consumer, createConsumer, packOnce } from '../support/package/packed.ts'
import { STARTS_PROGRAMS } from '../support/server/processes.ts'

// What npm installs as `node_modules/.bin/payapi-graphql`.

let consumer: Consumer
let program: string

beforeAll(async () => {
  const { folder } = await packOnce()
  consumer = await createConsumer()
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin: Record<string, string> }
  program = join(consumer.folder, 'node_modules/.bin/payapi-graphql')
  mkdirSync(join(consumer.folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(join('../payapi-graphql', bin['payapi-graphql'] as string), program)
}, STARTS_PROGRAMS.timeout)

const variables = (more: Readonly<Record<string, string>> = {}) => ({ PATH: process.env['PATH'], ...more })

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(program, args, {
    cwd: consumer.folder,
    env: variables(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** What a program says where it is, in its output. */
async function told(child: ChildProcess, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const [, url] = pattern.exec(line) ?? []
    if (url !== undefined) return url
  }
  throw new Error('it ended')
}

async function stop(child: ChildProcess): Promise<number | null> {
  child.stdout?.resume()
  child.kill('SIGTERM')
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

it('runs as a command, and tells its version and what is wrong with a configuration', STARTS_PROGRAMS, () => {
  expect(statSync(program).mode & 0o111).toBe(0o111)
  const run = (args: readonly string[], env = {}) =>
    spawnSync(program, args, { cwd: consumer.folder, env: variables(env), encoding: 'utf8' })
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(run(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' })
  expect(run([])).toMatchObject({ status: 2, stdout: '' })
  expect(run(['serve'], { PAYAPI_JURNAL: 'x' })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('PAYAPI_JURNAL is not known; did you mean PAYAPI_JOURNAL?'),
  })
  expect(run(['operations'], { PAYAPI_DATA_DIR: consumer.folder }).stderr).toContain('There is no journal yet')
  expect(run(['doctor', '--lang', 'ko'])).toMatchObject({ status: 1, stderr: '' })
})

it('serves with several processes, GraphiQL and a journal, and stops on SIGTERM', STARTS_PROGRAMS, async () => {
  const data = join(consumer.folder, 'data')
  const child = start(['serve', '--port', '0'], { PAYAPI_WORKERS: '2', PAYAPI_DATA_DIR: data, LOG_LEVEL: 'silent' })
  const url = await told(child, /GraphQL: (\S+)/)
  const query = '{ cardPrefix(prefix: "949094") { __typename } }'
  const asked = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  expect(await asked.json()).toEqual({ data: { cardPrefix: { __typename: 'CardPrefix' } } })
  const page = await fetch(url, { headers: { accept: 'text/html' } })
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
  await expect
    .poll(async () => (await fetch(new URL('/health/ready', url))).status, { timeout: STARTS_PROGRAMS.timeout })
    .toBe(200)
  const listed = spawnSync(program, ['operations', '--json'], {
    cwd: consumer.folder,
    env: variables({ PAYAPI_DATA_DIR: data }),
    encoding: 'utf8',
  })
  expect([listed.status, listed.stdout, listed.stderr]).toEqual([0, '[]\n', ''])
  expect(await stop(child)).toBe(0)
})

it('serves the sandbox by itself', STARTS_PROGRAMS, async () => {
  const child = start(['sandbox', '--port', '0'])
  const url = await told(child, /listening on (\S+)/)
  expect((await fetch(`${url}/sandbox/books`)).status).toBe(200)
  expect(await stop(child)).toBe(0)
})
