import { EnvelopArmor } from '@escape.tech/graphql-armor'
import { type GraphQLError, type ParseOptions, parse, type Source } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { SafeError } from '../../auth/errors.ts'
import type { LimitsConfig } from '../../config/limits.ts'

/**
 * Refuses a document that is too large before it is executed. A document that was let through is not looked at again
 * while it is cached.
 */
export function documentLimits(limits: LimitsConfig): readonly Plugin[] {
  const refusing = (message: string) => ({
    // Thrown, not reported: what else would be looked at is what makes such a document expensive.
    onReject: [
      () => {
        throw tooComplex(message)
      },
    ],
  })
  const armor = new EnvelopArmor({
    maxTokens: { enabled: false },
    maxDepth: { n: limits.maxDepth, flattenFragments: true, ...refusing('The document is too deep.') },
    // Also of `__typename`: an empty list, where the default has it.
    maxAliases: { n: limits.maxAliases, allowList: [], ...refusing('The document has too many aliases.') },
    maxDirectives: { n: limits.maxDirectives, ...refusing('The document has too many directives.') },
    costLimit: { maxCost: limits.maxCost, flattenFragments: true, ...refusing('The document costs too much.') },
    // graphql-js itself leaves them out where they are not wanted.
    blockFieldSuggestion: { enabled: false },
  })
  return [useTokenLimit(limits.maxTokens), ...(armor.protect().plugins as readonly object[] as readonly Plugin[])]
}

/** More than a document within the other limits can have with a comment above each of its lines. */
const MAX_LINES = 3_000

/** Where an error is, graphql-js finds by counting lines from the first one on, for every error anew. */
function hasTooManyLines(text: string): boolean {
  let lines = 0
  for (let index = 0; index < text.length && lines <= MAX_LINES; index++) {
    const code = text.charCodeAt(index)
    if (code === LINE_FEED || code === CARRIAGE_RETURN) lines++
  }
  return lines > MAX_LINES
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** The parser's own limit, where armor's would look at every token through a proxy. */
function useTokenLimit(maxTokens: number): Plugin {
  const parseWithin = (source: string | Source, options?: ParseOptions) => {
    const text = typeof source === 'string' ? source : source.body
    if (hasTooManyLines(text)) throw tooComplex('The document has too many lines.')
    try {
      return parse(source, { ...options, maxTokens })
    } catch (fault) {
      // Lists within lists may use up the stack before they use up the tokens.
      const isTooMuch = fault instanceof RangeError || /tokens\. Parsing aborted\.$/.test((fault as Error).message)
      throw isTooMuch ? tooComplex('The document has too many tokens.') : fault
    }
  }
  return {
    onParse({ setParseFn }) {
      setParseFn(parseWithin)
    },
  }
}

/** What is said of a document that is refused for what it would cost. */
export function tooComplex(message: string): GraphQLError {
  return new SafeError(message, { extensions: { code: 'DOCUMENT_TOO_COMPLEX', http: { status: 400, spec: true } } })
}
