import { join } from 'node:path'
import { start } from './processes.mjs'

/** The process with the shop and the gateway (see `world/main.mjs`), asked over its channel. */
export class World {
  #child
  #asked = new Map()
  #lastId = 0

  constructor() {
    const program = join(import.meta.dirname, '../world/main.mjs')
    // A shop's memory is not what is measured; a large young generation keeps its pauses out of the latencies.
    this.#child = start(process.execPath, ['--max-semi-space-size=64', program], { core: 'world', ipc: true })
    this.#child.on('message', ({ id, result, error }) => {
      const { resolve, reject } = this.#asked.get(id)
      this.#asked.delete(id)
      if (error === undefined) resolve(result)
      else reject(new Error(error))
    })
    this.#child.on('exit', () => {
      for (const { reject } of this.#asked.values()) reject(new Error('the load generator has ended'))
    })
  }

  /** Takes an action of the world's and its options; resolves to its result. */
  ask(action, options = {}) {
    const id = this.#lastId++
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject })
      this.#child.send({ id, action, options })
    })
  }

  end() {
    this.#child.disconnect()
  }
}
