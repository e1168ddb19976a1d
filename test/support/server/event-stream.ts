import { onTestFinished } from 'vitest'

/** What a stream says: a result, or that there are no more. */
export interface StreamedResult {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[]
}

/** A subscription as it comes over HTTP, read event by event. */
export class EventStream {
  readonly status: number
  readonly headers: Headers
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  readonly #abort: AbortController
  readonly #decoder = new TextDecoder()
  #text = ''
  /** How many comments came so far. */
  comments = 0

  private constructor(response: Response, abort: AbortController) {
    this.status = response.status
    this.headers = response.headers
    this.#reader = response.body?.getReader()
    this.#abort = abort
  }

  /** Subscribes; the connection ends with the test. */
  static async open(
    url: string,
    body: { readonly query?: string; readonly variables?: object; readonly [name: string]: unknown },
    { headers = {}, method = 'POST' }: { headers?: Readonly<Record<string, string>>; method?: 'POST' | 'GET' } = {},
  ): Promise<EventStream> {
    const abort = new AbortController()
    onTestFinished(() => abort.abort())
    const given = Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
    const target = method === 'GET' ? `${url}?${new URLSearchParams(Object.fromEntries(given))}` : url
    const response = await fetch(target, {
      method,
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
      signal: abort.signal,
    })
    return new EventStream(response, abort)
  }

  /** The next result; undefined once the stream is complete. Throws where the connection ended before. */
  async next(): Promise<StreamedResult | undefined> {
    for (;;) {
      const event = await this.#event()
      if (event.name === 'complete') return undefined
      if (event.name === 'next') return JSON.parse(event.data) as StreamedResult
    }
  }

  /** The next results until one fits. */
  async until(fits: (result: StreamedResult) => boolean): Promise<StreamedResult> {
    for (;;) {
      const result = await this.next()
      if (result === undefined) throw new Error('The stream is complete, and none of its results fits')
      if (fits(result)) return result
    }
  }

  /** All the rest, as text. */
  async text(): Promise<string> {
    for (;;) {
      if (!(await this.#more())) return this.#text
    }
  }

  /** Resolves after so many more comments, which come while nothing else does. */
  async quiet(comments: number): Promise<void> {
    const wanted = this.comments + comments
    while (this.comments < wanted) {
      const event = await this.#event(true)
      if (event.name !== 'comment') throw new Error(`an event where none was due: ${event.data}`)
    }
  }

  hangUp(): void {
    this.#abort.abort()
  }

  async #event(comments = false): Promise<{ readonly name: string; readonly data: string }> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end < 0) {
        if (!(await this.#more())) throw new Error('The connection ended before the stream was complete')
        continue
      }
      const lines = this.#text.slice(0, end).split('\n')
      this.#text = this.#text.slice(end + 2)
      const fieldOf = (name: string) =>
        lines
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim() ?? ''
      if (lines.every((line) => line.startsWith(':'))) {
        this.comments++
        if (comments) return { name: 'comment', data: '' }
      } else return { name: fieldOf('event'), data: fieldOf('data') }
    }
  }

  async #more(): Promise<boolean> {
    const { done = true, value } = (await this.#reader?.read()) ?? {}
    if (value !== undefined) this.#text += this.#decoder.decode(value, { stream: true })
    return !done
  }
}
