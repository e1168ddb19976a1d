import type { Plugin } from 'graphql-yoga'

/** Takes the path of GraphiQL; leads a browser that asks for `/` there, relative to where it is, for a proxy may have moved it. */
export function useFrontDoor(path: string): Plugin {
  return {
    onRequest({ request: { method, headers }, url, endResponse, fetchAPI }) {
      if (method !== 'GET' || url.pathname !== '/' || !headers.get('accept')?.includes('text/html')) return
      endResponse(new fetchAPI.Response(null, { status: 302, headers: { location: `.${path}` } }))
    },
  }
}
