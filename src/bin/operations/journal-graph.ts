import { graphql } from 'graphql'
import { ANYBODY } from '../../auth/caller.ts'
import { readConfig } from '../../config/index.ts'
import { createContext } from '../../graphql/context.ts'
import { redactError } from '../../graphql/failures/redact-errors.ts'
import { schema } from '../../graphql/schema.ts'
import type { OperationStore } from '../../journal/operation-store.ts'
import { StoreRefusedError } from '../../journal/store.ts'
import { createPayApiClient } from '../../payapi/index.ts'
import { DEMO_MERCHANTS } from '../../sandbox/merchants.ts'
import { UNREACHABLE_URL } from '../../server/sandbox/scenario-list.ts'
import { openExistingJournal } from '../existing-journal.ts'
import { CannotAskError, type Graph } from './graph.ts'

/**
 * The journal that is configured, asked by the schema that a server serves: what it checks is checked here. Nothing is
 * ever sent to PayAPI, no journal is made or upgraded, and a server that runs goes on.
 */
export async function openJournalGraph(by: string): Promise<Graph> {
  const config = readConfig(process.env)
  const { journal, store } = openExistingJournal(config)
  await usable(store)
  const client = createPayApiClient({ baseUrl: UNREACHABLE_URL, merchants: config.merchants ?? DEMO_MERCHANTS })
  return {
    async ask(query, variables) {
      const contextValue = createContext({
        client,
        journal,
        webhooks: config.webhooks.endpoints,
        caller: { ...ANYBODY, id: by },
        limits: config.limits,
      })
      const { data, errors } = await graphql({ schema, source: query, variableValues: { ...variables }, contextValue })
      const [error] = errors ?? []
      if (error !== undefined) throw new CannotAskError(redactError(error, { suggestions: false }).message)
      return data
    },
    async close() {
      await journal.close()
      await client.close()
    },
  }
}

/** The store says better than the graph why it cannot be used. */
async function usable(store: OperationStore): Promise<void> {
  try {
    await store.get('-')
  } catch (error) {
    await store.close()
    const hint = error instanceof StoreRefusedError ? '' : '. Where a server has it for itself, ask that one with --url'
    throw new CannotAskError(`The journal cannot be used: ${(error as Error).message}${hint}`)
  }
}
