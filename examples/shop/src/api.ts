import type { StatusListener } from 'payapi-graphql/react'

// How the page asks the shop's server. A test aid names what the sandbox shall do.

let scenario = ''

export function setScenario(name: string): void {
  scenario = name
}

/** Throws where the answer is lost or is none of the server's: then nobody knows what became of it. */
export async function post(path: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json', 'x-sandbox-scenario': scenario }
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
  return await answer.json()
}

export async function get<Data>(path: string, signal?: AbortSignal): Promise<Data> {
  const answer = await fetch(path, signal === undefined ? {} : { signal })
  return (await answer.json()) as Data
}

/** Hears of changes: what the server passes on are the events of a GraphQL subscription. */
export function listen(path: string, listener: StatusListener): () => void {
  const source = new EventSource(path)
  const end = () => source.close()
  source.addEventListener('next', ({ data }) => listener.next(JSON.parse(data)))
  source.addEventListener('complete', () => {
    end()
    listener.complete()
  })
  source.addEventListener('error', () => {
    end()
    listener.error()
  })
  return end
}
