import { inspect } from 'node:util'

const HIDDEN = '[secret]'

/**
 * Holds a value that must never be printed: card number, holder id, password prefix, keys, tokens.
 * Every ordinary way of turning it into text gives `[secret]`; only `reveal()` gives the value.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The clear value. Call it where the value is used up, never to hand it on. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [inspect.custom](): string {
    return HIDDEN
  }
}
