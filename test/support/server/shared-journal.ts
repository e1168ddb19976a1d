import { onTestFinished } from 'vitest'
import { DEMO_MERCHANTS } from '../../../src/sandbox/merchants.ts'
import { startSandbox } from '../../../src/sandbox/server.ts'
import type { TestJournal } from '../journal/both-stores.ts'
import { KEYS } from '../journal/operations.ts'
import { startTestFacade, type TestFacade, untilReady, usingPayApi } from './running-facade.ts'

/** The variables of facades that share a journal and a sandbox of the test's own. */
export async function sharing({ url }: Pick<TestJournal, 'url'>): Promise<Record<string, string>> {
  const sandbox = await startSandbox({ merchants: DEMO_MERCHANTS, slowMs: 1 })
  onTestFinished(() => sandbox.close())
  const { PAYAPI_DATA_DIR: _, ...payApi } = usingPayApi(sandbox.url)
  return {
    ...payApi,
    PAYAPI_STORE_URL: url,
    PAYAPI_JOURNAL_KEYS: Buffer.from(KEYS[0] as Uint8Array).toString('base64'),
  }
}

/** Two facades, as on two machines. */
export async function twoFacades(
  journal: Pick<TestJournal, 'url'>,
  differing: Parameters<typeof startTestFacade>[1] = {},
): Promise<readonly [TestFacade, TestFacade]> {
  const env = await sharing(journal)
  return [
    await untilUsable(await startTestFacade(env, differing)),
    await untilUsable(await startTestFacade(env, differing)),
  ]
}

async function untilUsable(facade: TestFacade): Promise<TestFacade> {
  await untilReady(facade.url)
  return facade
}

/** Asks a facade anything; returns the data. */
export async function ask(
  { url }: Pick<TestFacade, 'url'>,
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown }
  if (data == null || errors !== undefined) throw new Error(`no data, but ${JSON.stringify(errors)}`)
  return data
}
