import * as z from 'zod'
import type { Localized } from '../../lib/localized.ts'

/** What the reference and `.env.example` say of a variable, beside what its schema says of values and default. */
interface Documentation extends Localized {
  /** What holds where it is not set, and is no default of the schema. */
  readonly unset?: Localized
  readonly example?: string
  /** What `.env.example` sets it to, where that is not the default. */
  readonly placeholder?: string
}

/** Each variable is registered beside its schema. */
export const documentation = z.registry<Documentation>()
