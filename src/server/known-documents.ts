import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import { type Plan, planOperation } from '../graphql/execution-plan.ts'

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

/**
 * Remembers the operations that the engine has executed: they passed its parser, its validation and every plugin that
 * looks at documents, and would pass them again.
 */
export class KnownDocuments {
  readonly #known = new LRUCache<string, Map<string, Plan>>({ max: MAX_KNOWN })

  /** Takes what a request asks for; returns its operation, undefined where the engine has not seen it yet. */
  find({ query, operationName }: Params): Plan | undefined {
    return this.#known.get(query)?.get(operationName ?? '')
  }

  /** Takes a schema and a document that passed; remembers its operation, where it can be planned. */
  learn(schema: GraphQLSchema, document: DocumentNode, { query, operationName }: Params): void {
    const plan = planOperation(schema, document, operationName)
    if (plan === undefined) return
    const plans = this.#known.get(query) ?? new Map<string, Plan>()
    this.#known.set(query, plans.set(operationName ?? '', plan))
  }
}

/**
 * Takes where documents are remembered; returns the engine's plugin that does so. It also lets a request whose operation
 * was executed already pass through the engine once more, for what the engine makes of errors: nothing is executed again.
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
