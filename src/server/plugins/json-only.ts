import type { Plugin } from 'graphql-yoga'

/** Refuses with 415 every POST that is not JSON: a form or a plain text can be posted by any page on the web. */
export function useJsonOnly(): Plugin {
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
      if (request.method !== 'POST' || type === 'application/json' || type === 'application/graphql+json') return
      const error = { message: 'POST takes application/json only.', extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }
      endResponse(fetchAPI.Response.json({ errors: [error] }, { status: 415 }))
    },
  }
}
