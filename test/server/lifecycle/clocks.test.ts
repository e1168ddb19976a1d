import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { answering, httpAnswer, startRawServer } from '../../support/payapi/raw-server.ts'
import { STARTS_PROGRAMS } from '../../support/server/processes.ts'
import { charge, dataFolder, post, startTestProcess, usingPayApi } from '../../support/server/running-facade.ts'

const LIBRARIES = '/usr/lib'

/** Where Debian's libfaketime is; undefined where it is not installed. */
function fakeTimeLibrary(): string | undefined {
  const folders = existsSync(LIBRARIES) ? readdirSync(LIBRARIES) : []
  return folders
    .map((folder) => join(LIBRARIES, folder, 'faketime/libfaketimeMT.so.1'))
    .find((path) => existsSync(path))
}

test(
  'a facade that starts on a machine 40 days ahead, or back, knows what was charged, and charges nothing twice (needs libfaketime)',
  STARTS_PROGRAMS,
  async ({ skip }) => {
    const library = fakeTimeLibrary()
    skip(library === undefined, 'libfaketime is missing (apt-get install libfaketime)')
    const payApi = await startRawServer(answering(() => httpAnswer(200, '{"ResultCode":"00"}')))
    const env = {
      ...usingPayApi(payApi.url),
      PAYAPI_STORE_URL: pathToFileURL(join(dataFolder(), 'journal.db')).href,
      PAYAPI_JOURNAL_KEYS: Buffer.alloc(32, 1).toString('base64'),
    }
    const request = charge('ORDER-1', { idempotencyKey: 'key-1' })
    const results: unknown[] = []
    for (const offset of [undefined, '+40d', '-40d', '+400d', undefined]) {
      const faked =
        offset === undefined ? {} : { LD_PRELOAD: library ?? '', FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: '1' }
      const facade = await startTestProcess({ ...env, ...faked })
      results.push(await post(facade.url, request))
      expect(await post(facade.url, charge(`ORDER${offset}-${results.length}`))).toMatchObject({
        __typename: 'CardPayment',
      })
      // Its clock is compared with the journal's soon after the start.
      if (offset === '+40d')
        await expect.poll(() => facade.output()).toMatch(/"aheadMs":345\d{7},.*journal clock-doubt/)
      facade.process.kill('SIGTERM')
      await facade.exited
    }
    expect(results).toEqual(results.map(() => results[0]))
    expect(results[0]).toMatchObject({ __typename: 'CardPayment' })
    expect(payApi.requests.all).toHaveLength(1 + results.length)
  },
)
