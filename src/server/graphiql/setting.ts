import type { SignInMethod } from '../../graphiql/setup.ts'

/** What of this server the GraphiQL page depends on. */
export interface GraphiqlSetting {
  readonly sandbox: boolean
  readonly journal: boolean
  readonly signIn: readonly SignInMethod[]
  readonly introspection: boolean
  readonly trustedDocumentsOnly: boolean
  /** Whether the server fills in where a payment comes back to. */
  readonly fillsIn: () => boolean
}
