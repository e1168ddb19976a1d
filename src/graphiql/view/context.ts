import { createContext, useContext } from 'react'
import type { Runner } from '../run/runner.ts'
import type { ExplorerOperation, Setup } from '../setup.ts'

/** What every part of the page needs. */
interface PageContext {
  readonly setup: Setup
  readonly runner: Runner
  readonly signedIn: boolean
  signIn(credentials: Runner['credentials']): void
}

export const Page = createContext<PageContext | undefined>(undefined)

export function usePage(): PageContext {
  const page = useContext(Page)
  if (page === undefined) throw new Error('There is no page around this.')
  return page
}

/** How an operation is opened. */
export interface Opening {
  /** What becomes of the variables that it would open with. */
  change?: ((opening: string) => string) | undefined
  readonly run?: boolean | undefined
}

/** How the tabs are worked with. */
interface SessionContext {
  open(operation: ExplorerOperation, opening?: Opening): void
  show(index: number): void
  close(index: number): void
  add(): void
}

export const Session = createContext<SessionContext | undefined>(undefined)

export function useSession(): SessionContext {
  const session = useContext(Session)
  if (session === undefined) throw new Error('There is no session around this.')
  return session
}
