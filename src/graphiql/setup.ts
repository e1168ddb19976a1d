import type { Localized } from '../lib/localized.ts'

// What the server tells the GraphiQL page. The page is the same everywhere; all that differs between servers is here.

export interface Setup {
  /** Whether scenarios may be chosen. */
  readonly sandbox: boolean
  /** The header that chooses a scenario. */
  readonly scenarioHeader: string
  /** How a caller may say who they are; empty where nobody is asked. */
  readonly signIn: readonly SignInMethod[]
  /** Whether the schema may be asked for: without it editors neither check nor complete. */
  readonly introspection: boolean
  /** Whether only the documents of a manifest run. */
  readonly trustedDocumentsOnly: boolean
  readonly chapters: readonly Chapter[]
  /** Empty outside of the sandbox. */
  readonly scenarios: readonly Scenario[]
  /** The types of failure, by `__typename`. */
  readonly failures: Readonly<Record<string, FailureTexts>>
  readonly followUps: FollowUps
  /** The operation that a first visit opens with, by its name. */
  readonly first: string
}

export type SignInMethod = 'bearer' | 'apiKey'

/** A part of the side panel. */
export interface Chapter {
  readonly id: string
  readonly title: Localized
  readonly operations: readonly ExplorerOperation[]
}

/** An operation that works as it stands, where its variables need nothing of an earlier answer. */
export interface ExplorerOperation {
  /** The name of the document's operation, e.g. `ChargeKeyedInCard`. */
  readonly name: string
  /** The root field. */
  readonly field: string
  readonly kind: 'query' | 'mutation' | 'subscription'
  readonly title: Localized
  readonly document: string
  readonly variables: Readonly<Record<string, unknown>>
  /** Paths in the variables, e.g. `input.orderId`, that need a new value in each run. */
  readonly fresh: readonly string[]
}

export interface Scenario {
  readonly name: string
  /** What happens in it. */
  readonly about: Localized
  /** How a charge ends in it. */
  readonly ending: Localized
}

/** What a failure means. */
export interface FailureTexts extends DescribedFailure {
  /** Those of its `reason`, where it has one. */
  readonly reasons?: Readonly<Record<string, DescribedFailure>>
}

interface DescribedFailure {
  readonly about: Localized
  readonly cases: readonly {
    /** Which case it is, where several have the same outcome. */
    readonly when?: Localized
    readonly outcome: string
    readonly retryable: boolean
    readonly advice: Localized
  }[]
}

/** What is offered where an outcome is `UNKNOWN`. */
export interface FollowUps {
  /** Undefined where no journal is kept. */
  readonly lookUp?: FollowUp | undefined
  readonly resolve?: FollowUp | undefined
}

export interface FollowUp {
  /** The name of an operation of a chapter. */
  readonly operation: string
  /** The path in its variables at which the failure's `operationId` goes. */
  readonly path: string
}
