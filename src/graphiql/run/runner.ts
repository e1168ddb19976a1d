import type { Fetcher } from '@graphiql/toolkit'
import { type DocumentNode, type ExecutionResult, Kind, type OperationDefinitionNode, parse } from 'graphql'
import type { ExplorerOperation, Setup } from '../setup.ts'
import { type Credentials, credentialHeaders } from './credentials.ts'
import { FreshValues, freshVariables, renewedVariables } from './fresh-values.ts'
import { valueAt } from './paths.ts'
import { type Faults, messageOnly, post, subscribe } from './send.ts'

/** What of graphiql's own state is needed here. */
export interface Editors {
  readonly tab: string
  variables: { getValue(): string; setValue(text: string): void } | undefined
}

interface Texts extends Faults {
  signInFirst(): string
}

/** Sends what the editors hold, with what the page adds to it. */
export class Runner {
  readonly #setup: Setup
  readonly #texts: Texts
  readonly #fresh = new FreshValues()
  /** Mutations under way, by their tab: a second click must not send a second one. */
  readonly #underWay = new Map<string, Promise<ExecutionResult>>()
  /** Answers that came when another tab was shown. */
  readonly #late = new Map<string, string>()
  /** The tabs whose last charge may have been processed. */
  readonly #unknown = new Set<string>()
  editors: Editors | undefined
  credentials: Credentials | undefined
  /** Is told of a tab whose answer came when it could not be shown. */
  onLate: ((tab: string) => void) | undefined
  #runs = 0
  /** Whether what was used for one charge is replaced for the next. */
  renews = true

  constructor(setup: Setup, texts: Texts) {
    this.#setup = setup
    this.#texts = texts
  }

  get operations(): readonly ExplorerOperation[] {
    return this.#setup.chapters.flatMap(({ operations }) => operations)
  }

  /** The variables that an operation opens with in a tab, as text: those of before a reload, if there are any. */
  openingVariables(operation: ExplorerOperation, tab: string, before = ''): string {
    const noteNew = (path: string, value: string) => this.#fresh.made(tab, path, value)
    if (before !== '') return renewedVariables(before, operation, noteNew)
    const variables = freshVariables(operation, noteNew)
    return Object.keys(variables).length === 0 ? '' : JSON.stringify(variables, null, 2)
  }

  /** The answer that came for a tab while another was shown; it is told once. */
  takeLateAnswer(tab: string): string | undefined {
    const answer = this.#late.get(tab)
    this.#late.delete(tab)
    return answer
  }

  readonly fetcher: Fetcher = ({ query, variables, operationName }, options) => {
    if (this.#setup.signIn.length > 0 && this.credentials === undefined) return messageOnly(this.#texts.signInFirst())
    const tab = this.editors?.tab ?? ''
    this.#runs += 1
    const operation = operationOf(query, operationName)
    const headers = { ...(options?.headers as Record<string, string>), ...credentialHeaders(this.credentials) }
    const sent = { query, variables, operationName: operation?.name?.value ?? (operationName || undefined) }
    if (operation?.operation === 'subscription') return subscribe(sent, headers)
    if (operation?.operation !== 'mutation') return this.#answer(tab, post(sent, headers, this.#texts))
    const underWay = this.#underWay.get(tab)
    if (underWay !== undefined) return underWay
    const answer = post({ ...sent, variables: this.#renewed(tab, operation, variables) }, headers, this.#texts)
    const told = this.#answer(tab, answer).finally(() => this.#underWay.delete(tab))
    this.#underWay.set(tab, told)
    return told
  }

  /** Replaces what may not be used twice, in the editor as well. */
  #renewed(tab: string, operation: OperationDefinitionNode, variables: unknown): unknown {
    const [field] = operation.selectionSet.selections
    const known = this.operations.find((each) => field?.kind === Kind.FIELD && each.field === field.name.value)
    // Before a real PayAPI the same order number is what keeps a charge that may have been processed from a second one.
    const renew = this.renews && (this.#setup.sandbox || !this.#unknown.has(tab))
    const editor = this.editors?.variables
    let text = editor?.getValue() ?? ''
    for (const { before, after } of this.#fresh.take(tab, known?.fresh ?? [], variables, renew))
      text = text.replaceAll(JSON.stringify(before), JSON.stringify(after))
    if (editor === undefined || text === editor.getValue()) return variables
    editor.setValue(text)
    return JSON.parse(text)
  }

  async #answer(tab: string, sent: Promise<ExecutionResult>): Promise<ExecutionResult> {
    const run = this.#runs
    const answer = await sent
    const outcomes = Object.values(answer.data ?? {}).map((value) => valueAt(value, 'outcome'))
    if (outcomes.includes('UNKNOWN')) this.#unknown.add(tab)
    else this.#unknown.delete(tab)
    if (this.editors?.tab === tab && run === this.#runs) return answer
    // Graphiql would drop it, or show it where it does not belong.
    this.#late.set(tab, JSON.stringify(answer, null, 2))
    this.onLate?.(tab)
    return new Promise(() => {})
  }
}

/** The operation of a document that is meant: its only one, whatever graphiql still takes for the name. */
function operationOf(query: string, name: string | null | undefined): OperationDefinitionNode | undefined {
  let document: DocumentNode
  try {
    document = parse(query)
  } catch {
    return undefined
  }
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
  return operations.length === 1 ? operations[0] : operations.find((each) => each.name?.value === name)
}
