import type { Scope } from '../../src/auth/scopes.ts'
import type { ServiceInput, ServiceName, ServiceResult, Services } from '../../src/payapi/index.ts'
import type { ContractPath } from '../../src/sandbox/contract.ts'

/** Fields of a form in clear, by wire name, without `mid`, `timestamp` and `signature`. */
export type Form = Readonly<Record<string, string>>

interface InputWithForm<Input> {
  readonly input: Input
  readonly form: Form
}

/**
 * What the tests know of a service. Written by hand from the contract, never from what the code makes of it: a slip in
 * a definition must not hide in its own proof.
 */
export interface Fixture<Name extends ServiceName> {
  readonly path: ContractPath
  readonly effect: Services[Name]['effect']
  readonly scope: Scope
  /** What is signed, in this order. */
  readonly signed: readonly string[]
  /** The input's order numbers, transaction ids and billing keys. */
  readonly ids: readonly string[]
  /** Wire names that the contract requires and that the client fills in where a caller leaves them out. */
  readonly filledIn?: readonly string[]
  /** Wire names that merchants see in answers, beside the contract's. */
  readonly answeredBeyond?: readonly string[]
  /** With every field. */
  readonly full: InputWithForm<ServiceInput<Services[Name]>>
  /** With nothing but what is required. */
  readonly minimal: InputWithForm<ServiceInput<Services[Name]>>
  /** An answer to the minimal input with every field of the contract but code and message. */
  readonly answer: Form
  /** What that answer is read as. */
  readonly result: ServiceResult<Services[Name]>
  /** Fields of the result that are known without an answer, beside the merchant. */
  readonly known: readonly Exclude<keyof ServiceResult<Services[Name]>, 'type' | 'merchantId'>[]
  /** A form that the sandbox accepts at once after its start. */
  readonly sandboxForm: Form
  /** An input that the sandbox accepts at once after its start. GraphiQL opens with it. */
  readonly example: ServiceInput<Services[Name]>
  /** The query of a lookup, and its example variables. */
  readonly query?: { readonly field: string; readonly example: Readonly<Record<string, unknown>> }
}

/** One fixture for each service: the compiler names the one that is missing. */
export type Fixtures = { readonly [Name in ServiceName]: Fixture<Name> }

export type AnyFixture = Fixtures[ServiceName]
