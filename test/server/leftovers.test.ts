import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { DEMO_MERCHANTS } from '../../src/sandbox/merchants.ts'
import { startSandbox } from '../../src/sandbox/server.ts'
import { type Run, run, STARTS_PROGRAMS, urlOf } from './processes.ts'
import { charge, post, usingPayApi } from './running-facade.ts'

const REPORT_HEAP = fileURLToPath(new URL('./report-heap.cjs', import.meta.url))

/** Takes a program and a signal; returns how many bytes its old objects take after the collection that the signal stands for. */
async function oldBytesAfter({ child, until }: Run, signal: 'SIGUSR2' | 'SIGWINCH'): Promise<number> {
  child.kill(signal)
  const line = new RegExp(`old objects after ${signal}: (\\d+) bytes\\n`)
  return Number(line.exec(await until(line))?.[1])
}

it('leaves of a fresh connection nothing that only a large collection finds', STARTS_PROGRAMS, async () => {
  const sandbox = await startSandbox({ merchants: DEMO_MERCHANTS })
  onTestFinished(() => sandbox.close())
  const variables = { ...usingPayApi(sandbox.url), LOG_LEVEL: 'silent' }
  const program = run(variables, ['--expose-gc', '--require', REPORT_HEAP])
  const url = await urlOf(program)
  let order = 0
  const chargeOften = async () => {
    for (let time = 0; time < 1_000; time++) {
      expect(await post(url, charge(`O-${order++}`))).toMatchObject({ __typename: 'CardPayment' })
    }
  }
  // So that what is made once, such as compiled code, has been made.
  await chargeOften()
  const before = await oldBytesAfter(program, 'SIGUSR2')
  await chargeOften()
  const bytes = (await oldBytesAfter(program, 'SIGWINCH')) - before
  // A socket that is kept brings 2,500 more, and the hidden classes of its options 2,000.
  expect(bytes / 1_000).toBeLessThan(1_700)
})
