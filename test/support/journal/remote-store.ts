import type { ChildProcess } from 'node:child_process'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import { type ChildOptions, killChild, startChild } from './child.ts'
import { PATIENT_MS } from './store.ts'

type Method = keyof OperationStore
type Result<M extends Method> = Awaited<ReturnType<OperationStore[M]>>

/** A store in a process of its own, that can be killed. */
export class RemoteStore {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  #calls = 0

  private constructor(child: ChildProcess) {
    this.#child = child
    child.on('message', ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) waiting?.resolve(value)
      else waiting?.reject(new Error(error))
    })
  }

  /** Resolves once the process runs. It ends with the running test. */
  static async start(url: string, owner: string, options: ChildOptions = {}): Promise<RemoteStore> {
    return new RemoteStore(
      await startChild('./remote-store-process.js', 'open-store', [url, owner, String(PATIENT_MS)], options),
    )
  }

  /** Calls a method of the store there. */
  call<M extends Method>(method: M, ...args: Parameters<OperationStore[M]>): Promise<Result<M>> {
    return new Promise((resolve, reject) => {
      const id = ++this.#calls
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
      this.#child.send({ id, method, args })
    })
  }

  /** Kills the process at once; resolves once it is gone. */
  kill(): Promise<void> {
    return killChild(this.#child)
  }

  /** The process's id. */
  get pid(): number {
    return this.#child.pid ?? 0
  }
}
