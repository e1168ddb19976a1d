import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { Client, fetchExchange } from '@urql/core'
import { GraphQLClient, type RequestOptions } from 'graphql-request'
import possibleTypes from '../../../schema/possible-types.json' with { type: 'json' }

// The three clients, each with what it needs here.

interface AnyClient {
  mutate<Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<unknown>
  query<Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<unknown>
}

type Headers = Readonly<Record<string, string>>

export interface ClientOptions {
  readonly fetch?: typeof fetch
}

export const CLIENTS = {
  apollo: (url: string, headers: Headers, options: ClientOptions = {}): AnyClient => {
    const apollo = new ApolloClient({
      link: new HttpLink({ uri: url, headers, ...options }),
      cache: new InMemoryCache({ possibleTypes }),
      devtools: { enabled: false },
    })
    // Not by `useMutation` or a cache, which keep the variables.
    return {
      mutate: (mutation, variables) => apollo.mutate({ mutation, variables, fetchPolicy: 'no-cache' } as never),
      query: (query, variables) => apollo.query({ query, variables, fetchPolicy: 'no-cache' } as never),
    }
  },
  urql: (url: string, headers: Headers, options: ClientOptions = {}): AnyClient => {
    const urql = new Client({
      url,
      exchanges: [fetchExchange],
      fetchOptions: { headers },
      preferGetMethod: false,
      ...options,
    })
    return {
      mutate: async (document, variables) => await urql.mutation(document, variables as never).toPromise(),
      query: async (document, variables) => await urql.query(document, variables as never).toPromise(),
    }
  },
  'graphql-request': (url: string, headers: Headers, options: ClientOptions = {}): AnyClient => {
    const absolute = new URL(url, globalThis.location?.href).href
    const client = new GraphQLClient(absolute, { headers, ...options })
    return {
      mutate: (document, variables) => client.request({ document, variables } as RequestOptions),
      query: (document, variables) => client.request({ document, variables } as RequestOptions),
    }
  },
} as const

export type ClientName = keyof typeof CLIENTS
