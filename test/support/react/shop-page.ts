import { build } from 'esbuild'
import type { BrowserContext, Page } from 'playwright-core'

let bundled: Promise<string> | undefined

/** The script of the shop's page; React's checks of development are in it. */
async function script(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL('./shop.tsx', import.meta.url).pathname],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"', 'globalThis.__DEV__': 'false' },
  })
  return outputFiles[0]?.text ?? ''
}

/** Serves the shop's page at an origin, beside what is there. */
export async function serveShop(context: BrowserContext, origin: string): Promise<void> {
  bundled ??= script()
  const body = await bundled
  const html = `<!doctype html><html lang="ko"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Shop</title><link rel="icon" href="data:,"><div id="root"></div><script type="module" src="/shop.js"></script></html>`
  await context.route(`${origin}/shop?*`, (route) => route.fulfill({ contentType: 'text/html', body: html }))
  await context.route(`${origin}/shop.js`, (route) => route.fulfill({ contentType: 'text/javascript', body }))
  await context.route(`${origin}/elsewhere`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Elsewhere</title>' }),
  )
}

/** Everything that a page keeps or shows, less what its inputs hold, as one text. */
export async function whatIsKept(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const kept: string[] = [document.documentElement.outerHTML, location.href, JSON.stringify(history.state)]
    kept.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie)
    // State, properties and effects of every component that React knows.
    const seen = new Set<unknown>()
    const texts: string[] = []
    const walk = (value: unknown) => {
      if (typeof value === 'string' || typeof value === 'number') texts.push(String(value))
      if (typeof value !== 'object' || value === null || value instanceof Node || value === window || seen.has(value))
        return
      seen.add(value)
      for (const each of Object.values(value)) walk(each)
    }
    const root = document.getElementById('root') ?? document.body
    for (const [name, value] of Object.entries(root)) if (name.startsWith('__reactContainer')) walk(value)
    if (texts.length < 100) throw new Error('React keeps its components elsewhere')
    return [...kept, ...texts].join('\n')
  })
}
