import type { ServerResponse } from 'node:http'

/** The requests that are being answered. */
export class Requests {
  readonly #underWay = new Set<ServerResponse>()
  #whenNone: (() => void)[] = []

  add(response: ServerResponse): void {
    this.#underWay.add(response)
    response.once('close', () => {
      this.#underWay.delete(response)
      if (this.#underWay.size > 0) return
      for (const tell of this.#whenNone.splice(0)) tell()
    })
  }

  /** Resolves once none is left. */
  settled(): Promise<void> {
    return this.#underWay.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#whenNone.push(resolve))
  }
}
