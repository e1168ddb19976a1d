import { hash } from 'node:crypto'

/**
 * An expression that flushes the transaction in which it is evaluated, whatever the setting of a database or a session:
 * durability weaker than 'on' would acknowledge what a crash or a change-over then loses; a stronger one stays.
 */
export const FLUSHED = `set_config('synchronous_commit',
  case current_setting('synchronous_commit') when 'remote_apply' then 'remote_apply' else 'on' end, true)`

/** How long what is done together waits for somebody who is in the way of one of them, in milliseconds. */
const IMPATIENCE_MS = 150

/** An expression with which a transaction in which it is evaluated is refused where it has to wait for longer. */
export const IMPATIENT = `set_config('lock_timeout', '${IMPATIENCE_MS}', true)`

/** SQL that is run so often that the server is to remember it. */
export interface NamedStatement {
  readonly name: string
  readonly text: string
}

/**
 * Named after its text: behind a pooler, whatever anybody has prepared under that name on a connection that goes from one
 * program to the other is the same statement.
 */
export const named = (text: string): NamedStatement => ({
  name: `payapi_${hash('sha256', text, 'hex').slice(0, 32)}`,
  text,
})

/** Whether statements are sent by their names: not once a pooler has shown that it does not keep them. */
export class NamedStatements {
  #areKept = true

  get areKept(): boolean {
    return this.#areKept
  }

  areLost(): void {
    this.#areKept = false
  }
}
