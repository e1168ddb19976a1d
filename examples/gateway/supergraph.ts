import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'

/** A subgraph to compose: its name in the supergraph, where the gateway finds it, and its SDL. */
export interface Subgraph {
  readonly name: string
  readonly url: string
  readonly sdl: string
}

/** The supergraph's SDL. Throws an error that says why the subgraphs do not compose. */
export function composeSupergraph(subgraphs: readonly Subgraph[]): string {
  const composed = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })))
  assertCompositionSuccess(composed, `The subgraphs do not compose: ${composed.errors?.join(', ') ?? ''}`)
  return composed.supergraphSdl
}

interface Answer {
  readonly data?: { readonly _service: { readonly sdl: string } } | null
  readonly errors?: readonly { readonly message: string }[]
}

/** The SDL that the subgraph at a URL serves. Throws an error with the subgraph's own words where it serves none. */
export async function fetchSdl(url: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  })
  const { data, errors } = (await response.json()) as Answer
  if (!data) throw new Error(`${url} serves no SDL (HTTP ${response.status}): ${errors?.[0]?.message}`)
  return data._service.sdl
}
