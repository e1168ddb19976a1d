import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { memoizeOne } from '../../payapi/memoize-one.ts'

const ACCEPTED = ['*/*', 'application/*', 'application/json', 'application/graphql-response+json']

/**
 * JSON in, JSON out. Refuses with 415 every POST that is not JSON: a form or a plain text can be posted by any page on
 * the web. Refuses with 406 a POST whose answer may not be JSON, before anything is done: yoga would find that out
 * behind a mutation, and the answer would be lost.
 */
export function useJsonOnly(): Plugin {
  return {
    onRequest({ request: { method, headers }, endResponse, fetchAPI }) {
      if (method !== 'POST') return
      const refuse = (status: number, code: string, message: string) =>
        endResponse(fetchAPI.Response.json({ errors: [{ message, extensions: { code } }] }, { status }))
      if (!isJson(headers.get('content-type')))
        refuse(415, 'UNSUPPORTED_MEDIA_TYPE', 'POST takes application/json only.')
      else if (!takesJson(headers.get('accept'))) refuse(406, 'NOT_ACCEPTABLE', 'The answer is JSON in UTF-8.')
    },
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (request.method === 'GET' && requestParser !== undefined) {
        setRequestParser((got) => parsedOrBadRequest(() => requestParser(got)))
      }
    },
  }
}

/** Only what yoga's own parser takes: of another spelling it would say 415 without a word. */
const isJson = (contentType: string | null) => /^application\/(?:graphql\+)?json(?:;|,|$)/.test(contentType ?? '')

/** Takes an Accept header; returns whether JSON in UTF-8 is among what it takes. */
export const takesJson = (accept: string | null | undefined): boolean => takesJsonAmong(accept || '*/*')

const takesJsonAmong = memoizeOne((accept: string) =>
  accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.replace(/\s/g, '').toLowerCase().split(';')
    const charset = parameters.find((parameter) => parameter.startsWith('charset=')) ?? 'charset=utf-8'
    return ACCEPTED.includes(type) && charset === 'charset=utf-8'
  }),
)

/** What cannot be parsed in a URL's `variables` or `extensions` is the caller's fault, and its text stays out of the log. */
async function parsedOrBadRequest<Parsed>(parse: () => Parsed): Promise<Awaited<Parsed>> {
  try {
    return await parse()
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault
    const extensions = { code: 'BAD_REQUEST', http: { status: 400, spec: true } }
    throw new GraphQLError('The parameters variables and extensions must be JSON.', { extensions })
  }
}
