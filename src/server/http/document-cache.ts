import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  type OperationTypeNode,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'

/** More than any shop has; a client that writes values into its documents must not fill the memory. */
const MAX_BYTES = 32_000_000

/** About as much as graphql-js keeps of a token and what it makes of it. */
const BYTES_PER_TOKEN = 500

/** A cache of what is made of documents, by their texts, bounded by the memory that those take. */
function boundedByMemory<Made extends object>(documentOf: (made: Made) => DocumentNode): LRUCache<string, Made> {
  return new LRUCache<string, Made>({
    maxSize: MAX_BYTES,
    sizeCalculation: (made, text) => 2 * text.length + BYTES_PER_TOKEN * (1 + countTokens(documentOf(made))),
  })
}

function countTokens({ loc }: DocumentNode): number {
  let count = 0
  for (let token = loc?.startToken; token; token = token.next ?? undefined) count++
  return count
}

/** Yoga's option of what it keeps of parsed documents. Of those that are none it keeps nothing: to parse costs little. */
export const boundedParserCache = () => ({
  documentCache: boundedByMemory<DocumentNode>((document) => document),
  errorCache: { get: () => undefined, set: () => {} },
  validationCache: true,
})

/** What a request asks for, as GraphQL over HTTP has it. */
export interface Params {
  readonly query: string
  readonly operationName?: string | null | undefined
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
}

/** The context of a request whose operation was executed already: what came of it. */
export interface Executed {
  executed?: ExecutionResult
}

/** A parsed and validated document, as the engine executed it, and the kind of the operation that was asked for. */
interface KnownDocument {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly kind: OperationTypeNode
}

interface Known {
  readonly document: DocumentNode
  /** By their names. */
  readonly operations: Map<string, KnownDocument>
}

/**
 * Caches the documents that the engine has executed: they passed its parser, its validation and every plugin that
 * looks at documents, and would pass them again.
 */
export class DocumentCache {
  readonly #known = boundedByMemory<Known>(({ document }) => document)

  /** Undefined where the engine has not executed this operation yet. */
  find({ query, operationName }: Params): KnownDocument | undefined {
    return this.#known.get(query)?.operations.get(operationName ?? '')
  }

  learn(schema: GraphQLSchema, document: DocumentNode, { query, operationName }: Params): void {
    const kind = getOperationAST(document, operationName)?.operation
    if (kind === undefined) return
    const known = this.#known.get(query) ?? { document, operations: new Map<string, KnownDocument>() }
    known.operations.set(operationName ?? '', { schema, document, kind })
    this.#known.set(query, known)
  }
}

/**
 * The engine's plugin that caches documents. It also lets a request whose operation was executed already pass through
 * the engine once more, for what the engine makes of errors: nothing is executed again.
 */
export function useDocumentCache(documents: DocumentCache): Plugin<{ params?: Params } & Executed> {
  return {
    onExecute({ args: { schema, document, contextValue }, setExecuteFn }) {
      const { executed, params } = contextValue
      if (executed !== undefined) setExecuteFn(() => executed)
      else if (typeof params?.query === 'string') documents.learn(schema, document, params)
    },
  }
}
