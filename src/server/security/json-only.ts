import type { Plugin } from 'graphql-yoga'
import { SafeError } from '../../auth/errors.ts'
import type { BodyAlreadyReadError } from '../../lib/kept-body.ts'
import { acceptsEventStream, negotiateAnswerType, unreadableBody } from '../http/media-types.ts'
import { refusalResponse } from '../http/refusal.ts'
import { alreadyRead, type LostBody, parseBody } from '../http/request/body.ts'

/**
 * JSON in UTF-8 in, JSON in UTF-8 out, or events for a subscription. Refuses with 415 every POST that is anything else:
 * a form or a plain text can be posted by any page on the web, and bytes in another encoding would be read as another
 * order. Refuses with 406 a request whose answer may not be JSON, before anything is done: yoga would find that out
 * behind a mutation, and the answer would be lost. Tells of a body that the server has read which this one is mounted
 * in.
 */
export function useJsonOnly(onFault: (fault: BodyAlreadyReadError) => void): Plugin {
  return {
    onRequest({ request: { method, headers }, endResponse, fetchAPI }) {
      const accept = headers.get('accept')
      // What is no subscription is refused as an event stream, later but before it is executed.
      const answerType = negotiateAnswerType(accept) ?? (acceptsEventStream(accept) ? 'text/event-stream' : undefined)
      const unreadable =
        method === 'POST' ? unreadableBody(headers.get('content-type'), headers.get('content-encoding')) : undefined
      const refuse = (status: number, code: string, message: string) => {
        const error = new SafeError(message, { extensions: { code, http: { status } } })
        endResponse(refusalResponse(error, accept, fetchAPI))
      }
      if (unreadable !== undefined) refuse(415, 'UNSUPPORTED_MEDIA_TYPE', unreadable)
      else if (answerType === undefined) refuse(406, 'NOT_ACCEPTABLE', 'The answer is JSON in UTF-8.')
      // Yoga reads the header in its own way, and is to come to the same.
      else headers.set('accept', answerType)
    },
    onRequestParse({ request, requestParser, serverContext, setRequestParser }) {
      if (request.method === 'POST') {
        const { lostBody } = serverContext as LostBody
        setRequestParser(async (posted) => {
          if (lostBody !== undefined) {
            onFault(lostBody)
            throw alreadyRead(lostBody)
          }
          return parseBody(new Uint8Array(await posted.arrayBuffer())) as object
        })
      } else if (request.method === 'GET' && requestParser !== undefined) {
        setRequestParser((got) => parsedOrBadRequest(() => requestParser(withUtf8Query(got))))
      }
    },
  }
}

/** Yoga would read bytes that are not UTF-8 as others. */
function withUtf8Query<Got extends { readonly url: string }>(request: Got): Got {
  for (const bytes of request.url.match(/(?:%[\da-f]{2})+/gi) ?? []) decodeURIComponent(bytes)
  return request
}

/** What cannot be parsed in a URL is the caller's fault, and its text stays out of the log. */
async function parsedOrBadRequest<Parsed>(parse: () => Parsed): Promise<Awaited<Parsed>> {
  try {
    return await parse()
  } catch (fault) {
    if (!(fault instanceof SyntaxError || fault instanceof URIError)) throw fault
    const extensions = { code: 'BAD_REQUEST', http: { status: 400, spec: true } }
    throw new SafeError('The parameters variables and extensions must be JSON, and all of them UTF-8.', {
      extensions,
    })
  }
}
