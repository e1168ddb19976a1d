import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations'
import { stripIgnoredCharacters } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import { SafeError } from '../../auth/errors.ts'

/** Characters of texts that are known to be trusted, in whatever layout. */
const MAX_KNOWN_CHARACTERS = 4_000_000

/** What a client may name a trusted document by, beside what yoga knows. */
interface Named {
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: unknown } } | null
  readonly documentId?: unknown
  readonly id?: unknown
}

/**
 * Lets nothing but the trusted documents, given by id, run. A document is named by its id, as
 * `extensions.persistedQuery.sha256Hash`, `documentId` or `id`, or sent whole, in whatever layout.
 */
export function trustedDocuments(documents: Readonly<Record<string, string>>): readonly Plugin[] {
  const byId = new Map(Object.entries(documents))
  const texts = new Set([...byId.values()].map(stripIgnoredCharacters))
  const known = new LRUCache<string, true>({
    maxSize: MAX_KNOWN_CHARACTERS,
    sizeCalculation: (_, text) => text.length || 1,
  })
  const isTrusted = (text: string): boolean => {
    if (known.has(text)) return true
    if (!texts.has(withoutLayout(text))) return false
    known.set(text, true)
    return true
  }
  return [
    {
      onParams({ params: { query } }) {
        if (query && (typeof query !== 'string' || !isTrusted(query))) throw refusals.notTrusted()
      },
    },
    usePersistedOperations({
      // The hook before lets none through but those of the manifest.
      allowArbitraryOperations: true,
      extractPersistedOperationId: (params, request) =>
        idOf(request.method === 'GET' ? inUrl(params, request.url) : params),
      getPersistedOperation: (id) => byId.get(id) ?? null,
      customErrors: { notFound: refusals.unknownId, keyNotFound: refusals.noId },
    }) as Plugin,
  ]
}

function idOf({ extensions, documentId, id }: Named): string | null {
  const given = [extensions?.persistedQuery?.sha256Hash, documentId, id].find((name) => name !== undefined)
  return typeof given === 'string' ? given : null
}

/** Of a URL yoga reads query, variables, operation name and extensions; the ids stand beside them. */
function inUrl(params: Named, url: string): Named {
  const { searchParams } = new URL(url)
  return { ...params, documentId: searchParams.get('documentId') ?? undefined, id: searchParams.get('id') ?? undefined }
}

function withoutLayout(text: string): string {
  try {
    return stripIgnoredCharacters(text)
  } catch {
    return text
  }
}

const refusal = (code: string, message: string) => () =>
  new SafeError(message, { extensions: { code, http: { status: 400, spec: true } } })

const refusals = {
  notTrusted: refusal('QUERY_NOT_IN_SAFELIST', 'Only documents of the manifest run here. This one is not in it.'),
  unknownId: refusal('PERSISTED_QUERY_NOT_IN_LIST', 'Only documents of the manifest run here. None has this id.'),
  noId: refusal('PERSISTED_QUERY_ID_REQUIRED', 'Only documents of the manifest run here. Name one, or send it.'),
}

/**
 * Tells clients of automatic persisted queries, which name a query by its hash and send it only when asked to, that
 * they have to send it. Message, code and status are those that Apollo's and urql's clients look for.
 */
export function useNoPersistedQueries(): Plugin {
  return {
    onParams({ params: { query, extensions } }) {
      if (query || extensions?.['persistedQuery'] == null) return
      throw new SafeError('PersistedQueryNotSupported', {
        extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', http: { status: 200 } },
      })
    },
  }
}
