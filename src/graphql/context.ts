import DataLoader from 'dataloader'
import type { CallOptions, Ending, PayApiClient, PreparedCall, Service } from '../payapi/index.ts'

/** What every resolver is given: how to call a service. One for each GraphQL request. */
export interface GraphContext {
  /**
   * Calls a service. Takes its definition, the input (checked here) and which merchant acts; returns how the call ended.
   * Equal lookups of one request are one call; whatever may have changed since is looked up anew.
   */
  perform(service: Service, input: unknown, merchantId?: string | null): Promise<Ending>
}

/** What a context needs of the PayAPI client. */
export type Caller = Pick<PayApiClient, 'prepare' | 'send'>

/** Takes the client and headers to pass on to PayAPI (a sandbox's scenario); returns the context of one request. */
export function createContext(client: Caller, headers: CallOptions['headers'] = {}): GraphContext {
  const lookups = new DataLoader<PreparedCall, Ending, string>(
    (calls) => Promise.all(calls.map((call) => client.send(call))),
    { cacheKeyFn: ({ service, merchant, form }) => JSON.stringify([service.name, merchant.mid, form]) },
  )
  return {
    async perform(service, input, merchantId) {
      const prepared = client.prepare(service, input, { merchantId, headers })
      if ('type' in prepared) return prepared
      if (service.effect === 'lookup') return lookups.load(prepared)
      lookups.clearAll()
      return client.send(prepared)
    },
  }
}
