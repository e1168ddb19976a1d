import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type axe from 'axe-core'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, it } from 'vitest'

/**
 * Behind the address bar of every window, Chromium has pages of its own ready, which take longer than most pages of these
 * tests. The last such flag replaces Playwright's own, so what that turns off for the sake of pages is off here too.
 */
const FEATURES_OFF = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${FEATURES_OFF}`,
]

// The one without windows is quicker.
const candidates = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
]
const executablePath = candidates.find((path) => path !== undefined && path !== '' && existsSync(path))

/** How long a page may take, ms: a small machine that is busy takes a while. */
export const PATIENCE_MS = 240_000

/** The browser of a file: to start one takes longer than many a test. */
let launched: Promise<Browser> | undefined

/** Declares tests that need Chromium, once in a file; where there is none, one that says so. */
export function withChromium(name: string, tests: () => void): void {
  if (executablePath === undefined) {
    it.skip(`${name}: there is no Chromium here (apt-get install chromium-headless-shell)`)
    return
  }
  // Processes that run other files afterwards would keep it to their end.
  afterAll(async () => {
    const browser = await launched
    launched = undefined
    await browser?.close()
  })
  tests()
}

/** A context of a browser, with cookies and storage of its own. */
export async function openContext(options: BrowserContextOptions): Promise<BrowserContext> {
  launched ??= chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: FLAGS,
    timeout: PATIENCE_MS,
  })
  const context = await (await launched).newContext(options)
  context.setDefaultTimeout(PATIENCE_MS)
  return context
}

/** Every page reads it once: the small one, less than half as long as what the package gives as its source. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What keeps somebody from using a page: rules of WCAG 2.2 AA that it breaks, and where. */
export async function barriers(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    }),
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${String(target)}`))
}

/** How many pixels a page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Keeps a picture where SCREENSHOTS names a folder, for whoever wants to look at it. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
