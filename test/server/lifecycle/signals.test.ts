import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { run, STARTS_PROGRAMS, urlOf } from '../../support/server/processes.ts'

it('told to stop while it starts, it stops as soon as it has started', STARTS_PROGRAMS, async () => {
  // A database that takes connections and says nothing holds up the start.
  const silent = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void silent.close())
  await once(silent, 'listening')
  const asked = once(silent, 'connection') as Promise<[Socket]>
  const program = run({
    PAYAPI_JOURNAL: 'on',
    PAYAPI_STORE_URL: `postgres://127.0.0.1:${(silent.address() as AddressInfo).port}/payments`,
    PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 1).toString('base64'),
  })
  const [connection] = await asked
  program.child.kill('SIGTERM')
  // It is another process that hears of both: in the order in which they were sent.
  connection.destroy()
  silent.on('connection', (socket) => socket.destroy())
  const { code, errors, output } = await program.ended
  expect([code, errors]).toEqual([0, ''])
  expect(output).toContain('"msg":"stopped"')
})

it('SIGHUP, as of a terminal that is closed, ends it as SIGTERM does', STARTS_PROGRAMS, async () => {
  const program = run({})
  await urlOf(program)
  program.child.kill('SIGHUP')
  const { code, output } = await program.ended
  expect(code).toBe(0)
  expect(output).toContain('"msg":"stopped"')
})

it('SIGUSR1 opens no debugger', STARTS_PROGRAMS, async () => {
  const program = run({})
  const url = await urlOf(program)
  program.child.kill('SIGUSR1')
  const { origin } = new URL(url)
  for (let n = 0; n < 10; n++) expect((await fetch(`${origin}/health/live`)).status).toBe(200)
  program.child.kill('SIGTERM')
  expect(await program.ended).toMatchObject({ code: 0, errors: '' })
})
