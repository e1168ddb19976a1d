import { randomBytes } from 'node:crypto'
import { rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/config/index.ts'
import { startFacade } from '../../../src/server/lifecycle/start.ts'
import { createLogger } from '../../../src/server/telemetry/logger.ts'
import { charge, dataFolder, post, startTestFacade } from '../../support/server/running-facade.ts'

const start = (env: Readonly<Record<string, string>>) =>
  startFacade(readConfig({ PORT: '0', ...env }), createLogger('silent'))

/** The variables of a facade that has charged, and was stopped. */
async function afterACharge(): Promise<Record<string, string>> {
  const env = { PAYAPI_DATA_DIR: dataFolder() }
  const facade = await startTestFacade(env)
  expect(await post(facade.url, charge('ORDER-1'))).toMatchObject({ __typename: 'CardPayment' })
  await facade.close()
  return env
}

const journalOf = (env: Readonly<Record<string, string>>): string => join(env['PAYAPI_DATA_DIR'] ?? '', 'journal.db')

describe('a start on a journal that is not what it was', () => {
  it.each([
    ['gone', (path: string) => rmSync(path), /gone or empty.*PAYAPI_JOURNAL_INIT/],
    ['empty', (path: string) => truncateSync(path), /gone or empty.*PAYAPI_JOURNAL_INIT/],
    ['without its mark', (path: string) => rmSync(`${path}-mark`), /mark.*is gone.*PAYAPI_JOURNAL_INIT/],
    ['of another key', (path: string) => rmSync(`${path}.key`), /key of this journal/],
  ])('is refused where the journal is %s, and says why', async (_, lose, message) => {
    const env = await afterACharge()
    lose(journalOf(env))
    await expect(start(env)).rejects.toMatchObject({ name: 'StartError', message: expect.stringMatching(message) })
  })

  it('begins anew where PAYAPI_JOURNAL_INIT is on, and says so', async () => {
    const env = await afterACharge()
    rmSync(journalOf(env))
    const facade = await startTestFacade({ ...env, PAYAPI_JOURNAL_INIT: 'on' })
    expect(facade.lines.some((line) => line.includes('PAYAPI_JOURNAL_INIT is on'))).toBe(true)
    expect(await post(facade.url, charge('ORDER-2'))).toMatchObject({ __typename: 'CardPayment' })
  })

  it('is no matter for a store that is only away', async () => {
    const facade = await startTestFacade({
      PAYAPI_STORE_URL: 'postgres://nobody@127.0.0.1:1/journal',
      PAYAPI_JOURNAL_KEYS: randomBytes(32).toString('base64'),
    })
    expect(await post(facade.url, charge('ORDER-3'))).toMatchObject({ reason: 'JOURNAL_UNAVAILABLE' })
  })
})
