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
const MAX_KNOWN = 500

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
export interface KnownDocument {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly kind: OperationTypeNode
}

/**
 * Remembers the documents that the engine has executed: they passed its parser, its validation and every plugin that
 * looks at documents, and would pass them again.
 */
export class KnownDocuments {
  /** By text, then by the operation's name. */
  readonly #known = new LRUCache<string, Map<string, KnownDocument>>({ max: MAX_KNOWN })

  /** Undefined where the engine has not executed this operation yet. */
  find({ query, operationName }: Params): KnownDocument | undefined {
    return this.#known.get(query)?.get(operationName ?? '')
  }

  /** Remembers a document that passed. */
  learn(schema: GraphQLSchema, document: DocumentNode, { query, operationName }: Params): void {
    const kind = getOperationAST(document, operationName)?.operation
    if (kind === undefined) return
    const operations = this.#known.get(query) ?? new Map<string, KnownDocument>()
    this.#known.set(query, operations.set(operationName ?? '', { schema, document, kind }))
  }
}

/**
 * The engine's plugin that remembers documents. It also lets a request whose operation was executed already pass through
 * the engine once more, for what the engine makes of errors: nothing is executed again.
 */
export function useKnownDocuments(documents: KnownDocuments): Plugin<{ params?: Params } & Executed> {
  return {
    onExecute({ args: { schema, document, contextValue }, setExecuteFn }) {
      const { executed, params } = contextValue
      if (executed !== undefined) setExecuteFn(() => executed)
      else if (typeof params?.query === 'string') documents.learn(schema, document, params)
    },
  }
}
