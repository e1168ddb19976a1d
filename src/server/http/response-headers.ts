import type { Plugin } from 'graphql-yoga'

export type Headers = Readonly<Record<string, string>>

/** What the headers of answers depend on. */
export interface HeaderOptions {
  /** Whether the facade is reached over TLS only. */
  readonly behindTls: boolean
  /** Whether answers differ by the origin of the page that asks. */
  readonly crossOrigin: boolean
}

const YEAR_S = 31_536_000

/** The headers of every answer of GraphQL: nothing of it is kept, framed, guessed at or run. */
export function answerHeaders({ behindTls, crossOrigin }: HeaderOptions): Headers {
  return {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(behindTls ? { 'strict-transport-security': `max-age=${YEAR_S}` } : {}),
    ...(crossOrigin ? { vary: 'origin' } : {}),
  }
}

/** Sets the headers of every answer that yoga gives; the page of GraphiQL has some of its own. */
export function useResponseHeaders(options: HeaderOptions): Plugin {
  const answers = Object.entries(answerHeaders(options))
  return {
    onResponse({ response: { headers } }) {
      const isPage = headers.get('content-type')?.startsWith('text/html') ?? false
      for (const [name, value] of answers) if (!(isPage && headers.has(name))) headers.set(name, value)
    },
  }
}
