import type { ExecutionResult } from 'graphql'
import { createClient } from 'graphql-sse'

/** What is sent, once it is known in full. */
export interface Request {
  readonly query: string
  readonly variables: unknown
  readonly operationName: string | undefined
}

/** Beside the page: a proxy may have moved both. */
const url = () => new URL(globalThis.location.pathname, globalThis.location.origin).href

/** What the page says itself, where no answer of GraphQL came. */
export interface Faults {
  lost(): string
  notGraphql(status: number): string
}

/** Sends a query or a mutation, once. */
export async function post(
  request: Request,
  headers: Readonly<Record<string, string>>,
  faults: Faults,
): Promise<ExecutionResult> {
  let response: Response
  let text: string
  try {
    response = await fetch(url(), {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
      credentials: 'same-origin',
      body: JSON.stringify(request),
    })
    text = await response.text()
  } catch {
    return messageOnly(faults.lost())
  }
  try {
    const answer = JSON.parse(text) as ExecutionResult
    if ('data' in answer || 'errors' in answer) return answer
  } catch {
    // Told below.
  }
  return messageOnly(faults.notGraphql(response.status))
}

export const messageOnly = (message: string): ExecutionResult =>
  ({ errors: [{ message }] }) as unknown as ExecutionResult

/** Subscribes, by a stream of its own (GraphQL over SSE, distinct connections), and never again by itself. */
export function subscribe(
  request: Request,
  headers: Readonly<Record<string, string>>,
): AsyncIterableIterator<ExecutionResult> {
  const client = createClient({ url: url(), headers: { ...headers }, credentials: 'same-origin', retryAttempts: 0 })
  const { query, variables, operationName } = request
  return client.iterate({
    query,
    variables: variables as Record<string, unknown>,
    ...(operationName === undefined ? {} : { operationName }),
  }) as AsyncIterableIterator<ExecutionResult>
}
