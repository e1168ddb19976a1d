import { existsSync, mkdtempSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo, ListenOptions } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../../config/index.ts'
import { parseStoreUrl } from '../../journal/open-store.ts'
import { isLoopback } from '../../lib/network/url.ts'

/** Why the facade cannot start, in words for whoever started it: the message names the variable, and holds no value. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** Makes a folder for what ends with the embedded sandbox. */
export function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'payapi-sandbox-'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(`TMPDIR: no folder can be made there (${code}). Set it, or PAYAPI_DATA_DIR, to one that can.`)
  }
}

/**
 * Resolves to the port on which the server listens. Rejects with `StartError`, which names the two variables that say
 * where.
 */
export function listen(server: Server, where: ListenOptions, hostName: string, portName: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const reason =
        code === 'EADDRINUSE'
          ? `another program listens there already. Set ${portName} to another one.`
          : `cannot listen there (${code}).`
      reject(new StartError(`${hostName} and ${portName}: ${reason}`))
    })
    server.listen(where, () => resolve((server.address() as AddressInfo).port))
  })
}

const PROXY_SETTINGS = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']

/** Logs what works otherwise than somebody may expect who set it up like this. Before the start: nothing is made yet. */
export function warnAtStart(config: Config, env: Readonly<Record<string, string | undefined>>, log: Logger): void {
  const proxies = PROXY_SETTINGS.filter((name) => env[name])
  if (proxies.length > 0 && config.baseUrl !== undefined && !isLoopback(new URL(config.baseUrl).hostname)) {
    log.warn(`${proxies.join(', ')}: no proxy setting is read, PayAPI is called directly`)
  }
  if (config.baseUrl === undefined && config.journal?.storeUrl !== undefined && isThere(config.journal.storeUrl)) {
    log.warn(
      'The sandbox starts anew and knows no earlier payment; the journal remembers the keys and orders of earlier starts and answers from them. Use new ones, or another PAYAPI_DATA_DIR',
    )
  }
}

/** Whether a journal was kept there before. That of a database is taken to be old: nobody has asked it yet. */
function isThere(storeUrl: string): boolean {
  const location = parseStoreUrl(storeUrl)
  return location.kind === 'postgres' || existsSync(location.path)
}
