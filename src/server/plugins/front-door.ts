import type { Plugin } from 'graphql-yoga'
import type { Graphiql } from '../graphiql.ts'

/**
 * Shows GraphiQL to a browser at the path of GraphQL, and leads it there from `/`, relative to where it is, for a proxy
 * may have moved it.
 */
export function useFrontDoor(path: string, graphiql: Graphiql): Plugin {
  return {
    async onRequest({ request: { method, headers }, url: { pathname }, endResponse, fetchAPI }) {
      if (method !== 'GET' || !headers.get('accept')?.includes('text/html')) return
      if (pathname === '/') {
        endResponse(new fetchAPI.Response(null, { status: 302, headers: { location: `.${path}` } }))
      } else if (pathname === path || pathname === `${path}/`) {
        endResponse(new fetchAPI.Response(await graphiql.page(), { headers: { 'content-type': 'text/html' } }))
      }
    },
  }
}
