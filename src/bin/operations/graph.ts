/** Answers GraphQL of operations: the server that is asked, or the journal itself. */
export interface Graph {
  /** Resolves to the data. Rejects with `CannotAskError`. */
  ask(query: string, variables: object): Promise<unknown>
  close(): Promise<void>
}

/** Why nothing could be asked, or what was asked was refused, in words for whoever asked. */
export class CannotAskError extends Error {
  override readonly name = 'CannotAskError'
}
