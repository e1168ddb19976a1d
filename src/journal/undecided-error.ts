import { StoreUnavailableError } from './store.ts'

/** The store failed while it recorded something: nobody knows whether that stands. Within the stores only. */
export class UndecidedError extends StoreUnavailableError {}
