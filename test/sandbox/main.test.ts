import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { readSettings } from '../../src/sandbox/program/settings.ts'

const started = new Set<ChildProcess>()

afterEach(() => {
  for (const child of started) child.kill('SIGKILL')
  started.clear()
})

interface Run {
  readonly child: ChildProcess
  /** Resolves with everything written to standard output once the first line is complete. */
  readonly firstLine: Promise<string>
  readonly exit: Promise<{ code: number | null; output: string; errors: string }>
}

function run(environment: Readonly<Record<string, string>>): Run {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SANDBOX_')))
  const child = spawn(process.execPath, ['dist/sandbox/main.js'], {
    env: { ...inherited, SANDBOX_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.add(child)
  let output = ''
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('\n')) resolve(output)
    })
  })
  const exit = new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output, errors }))
  })
  return { child, firstLine, exit }
}

describe('the command', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('prints its URL, serves, and stops on %s', async (signal) => {
    const { child, firstLine, exit } = run({})
    const line = await firstLine
    const url = /^PayAPI sandbox listening on (http:\/\/127\.0\.0\.1:[1-9]\d*)\n$/.exec(line)?.[1]
    expect((await fetch(`${url}/sandbox/books`)).status).toBe(200)
    child.kill(signal)
    expect(await exit).toEqual({ code: 0, output: line, errors: '' })
  })

  it('a setting that is wrong is named, and no secret shown', async () => {
    const { code, output, errors } = await run({ SANDBOX_MERCHANTS: '[{"signKey":"TOPSECRET"' }).exit
    expect({ code, output, errors }).toEqual({ code: 1, output: '', errors: 'SANDBOX_MERCHANTS is not valid JSON\n' })
  })

  it('the command says that it cannot listen where its port is taken', async () => {
    const first = run({})
    const port = /:(\d+)\n$/.exec(await first.firstLine)?.[1] ?? ''
    const { code, errors } = await run({ SANDBOX_PORT: port }).exit
    expect([code, errors]).toEqual([1, 'SANDBOX_HOST and SANDBOX_PORT: cannot listen (EADDRINUSE)\n'])
  })
})

describe('settings', () => {
  it('without an environment the settings are the defaults', () => {
    const settings = readSettings({ SANDBOX_PORT: '', SANDBOX_MERCHANTS: ' ' })
    expect(settings).toMatchObject({ port: 4010, host: '127.0.0.1' })
    expect(settings.merchants.map(({ mid }) => mid)).toEqual(['welcometst', 'welcometwo'])
    for (const name of ['faults', 'publicUrl', 'noticeUrls', 'noticeOrigins']) expect(settings).not.toHaveProperty(name)
  })

  it('settings are those of the environment where it has them', () => {
    const merchant = { mid: 'm1', signKey: 's', apiKey: 'k'.repeat(32), apiIv: 'v'.repeat(16) }
    const settings = readSettings({
      SANDBOX_PORT: '4011',
      SANDBOX_HOST: '::1',
      SANDBOX_MERCHANTS: JSON.stringify([{ ...merchant, note: 'ignored' }]),
      SANDBOX_FAULT_RATE: '0.25',
      SANDBOX_FAULT_SEED: '42',
      SANDBOX_PUBLIC_URL: 'https://sandbox.shop.example/',
      SANDBOX_NOTICE_URLS: '{"m1":{"deposit":"https://pay.shop.example/pg/notices/deposit/m1/token"}}',
      SANDBOX_NOTICE_ORIGINS: 'https://pay.shop.example, http://10.0.0.7:4000',
    })
    expect(settings).toEqual({
      port: 4011,
      host: '::1',
      merchants: [merchant],
      faults: { rate: 0.25, seed: 42 },
      publicUrl: 'https://sandbox.shop.example',
      noticeUrls: { m1: { deposit: 'https://pay.shop.example/pg/notices/deposit/m1/token' } },
      noticeOrigins: ['https://pay.shop.example', 'http://10.0.0.7:4000'],
    })
  })

  it.each([
    ['SANDBOX_PORT', 'http'],
    ['SANDBOX_PORT', '65536'],
    ['SANDBOX_FAULT_RATE', '2'],
    ['SANDBOX_FAULT_RATE', 'often'],
    ['SANDBOX_FAULT_SEED', '1.5'],
    ['SANDBOX_MERCHANTS', '{"mid":"TOPSECRET"}'],
    ['SANDBOX_MERCHANTS', '[null]'],
    ['SANDBOX_MERCHANTS', '[{"mid":"m1","signKey":"TOPSECRET","apiKey":"TOPSECRET","apiIv":"TOPSECRET"}]'],
    ['SANDBOX_MERCHANTS', 'TOPSECRET'],
    ['SANDBOX_PUBLIC_URL', 'sandbox.shop.example'],
    ['SANDBOX_PUBLIC_URL', 'ftp://sandbox.shop.example'],
    ['SANDBOX_NOTICE_ORIGINS', 'https://pay.shop.example,TOPSECRET'],
    ['SANDBOX_NOTICE_URLS', '{"m1":"TOPSECRET'],
    ['SANDBOX_NOTICE_URLS', '[1]'],
    ['SANDBOX_NOTICE_URLS', '{"m1":{"mobile":"https://pay.shop.example/TOPSECRET"}}'],
    ['SANDBOX_NOTICE_URLS', '{"m1":{"escrow":"TOPSECRET"}}'],
  ])('refuse %s=%s and show no secret', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(name)
    expect(() => readSettings({ [name]: value })).not.toThrow('TOPSECRET')
  })
})

it('names a setting that is misspelt, and leaves those of other programs alone', () => {
  expect(() =>
    readSettings({ SANDBOX_PROT: '1', sandbox_seed: '1', SANDBOX_ID: '7', SANDBOX_PORT_80_TCP: 'x' }),
  ).toThrow(/^SANDBOX_PROT is not known; did you mean SANDBOX_PORT\?$/)
})

it('names all settings that are wrong at once, and the Service of Kubernetes that hides one', () => {
  const environment = { SANDBOX_PORT: 'tcp://10.0.0.1:4010', SANDBOX_FAULT_RATE: '2', SANDBOX_MERCHANTS: '{' }
  const hidden = /^SANDBOX_PORT was set by Kubernetes for a Service named sandbox: .*\n/
  expect(() => readSettings(environment)).toThrow(hidden)
  expect(() => readSettings(environment)).toThrow(
    /\nSANDBOX_FAULT_RATE must be .*\nSANDBOX_MERCHANTS is not valid JSON$/,
  )
})
