// Starts the thread where the program runs from its TypeScript sources (tests, development): what Node is given to load
// them in the main thread does not reach a thread before Node 24.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
