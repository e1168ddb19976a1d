import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'graphql-yoga'
import { type Manifest, readManifest, schemaFile } from './assets.ts'
import { type Encoding, negotiateEncoding } from './encodings.ts'
import type { GraphiqlSetting } from './setting.ts'
import { embeddedSetup } from './setup.ts'

/** Its own files and nothing else run; the editor writes styles of its own. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Shows GraphiQL to a browser at the path of GraphQL, and leads it there from `/` where it is told to, relative to where
 * it is, for a proxy may have moved it.
 */
export function useGraphiqlPage(path: string, setting: GraphiqlSetting, leadsFromRoot: boolean): Plugin {
  // What the page is called where it stands: its files are named relative to it.
  const base = path.slice(path.lastIndexOf('/') + 1)
  const pages = new Map<string, Readonly<Record<Encoding, Uint8Array<ArrayBuffer>>>>()
  const pageNow = () => {
    const manifest = readManifest()
    if (manifest === undefined) return undefined
    // Another build, or what the server fills in once it listens: nothing else changes the page.
    const state = JSON.stringify([manifest, setting.fillsIn()])
    const known = pages.get(state)
    if (known !== undefined) return known
    pages.clear()
    const made = encodings(pageOf(base, manifest, setting))
    pages.set(state, made)
    return made
  }
  return {
    onRequest({ request: { method, headers }, url: { pathname }, endResponse, fetchAPI }) {
      if (method !== 'GET' || !headers.get('accept')?.includes('text/html')) return
      const lead = (location: string) =>
        endResponse(new fetchAPI.Response(null, { status: 302, headers: { location } }))
      if (pathname === '/' && leadsFromRoot) return lead(`.${path}`)
      if (pathname === `${path}/`) return lead(`../${base}`)
      if (pathname !== path) return
      const page = pageNow()
      if (page === undefined) {
        endResponse(new fetchAPI.Response('GraphiQL was not built: npm run build\n', { status: 503 }))
        return
      }
      const encoding = negotiateEncoding(headers.get('accept-encoding'))
      endResponse(
        new fetchAPI.Response(page[encoding], {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': POLICY,
            'cache-control': 'no-cache',
            vary: 'accept, accept-encoding',
            ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
          },
        }),
      )
    },
  }
}

function encodings(html: string): Readonly<Record<Encoding, Uint8Array<ArrayBuffer>>> {
  const identity = new TextEncoder().encode(html)
  const br = brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return { identity, br: new Uint8Array(br), gzip: new Uint8Array(gzipSync(identity)) }
}

function pageOf(base: string, { script, style, preload, workers }: Manifest, setting: GraphiqlSetting): string {
  const at = (name: string) => `${base}/assets/${name}`
  const threads = JSON.stringify(Object.fromEntries(Object.entries(workers).map(([label, name]) => [label, at(name)])))
  const schema = setting.introspection ? ` data-schema="${at(schemaFile().name)}"` : ''
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>PayAPI GraphQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${at(style)}">
${preload.map((name) => `<link rel="modulepreload" href="${at(name)}">\n`).join('')}<script type="module" src="${at(script)}"></script>
</head>
<body>
<div id="root"></div>
<noscript>GraphiQL needs JavaScript. GraphQL itself is here as well: POST to this address.</noscript>
<script type="application/json" id="setup"${schema} data-workers='${threads}'>${embeddedSetup(setting)}</script>
</body>
</html>
`
}
