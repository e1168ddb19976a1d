import { existsSync } from 'node:fs'
import type { Logger } from 'pino'
import type { Config } from '../config/index.ts'
import { parseStoreUrl } from '../journal/open-store.ts'
import { isLoopback } from '../lib/network/url.ts'

/** Proxies as other programs are told of them. */
export const PROXY_SETTINGS = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']

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
