import { plainText } from './command-line/plain-text.ts'
import { UsageError } from './command-line/usage-error.ts'

const KNOWN = [
  'ConfigError',
  'StartError',
  'JournalAccessError',
  'CannotAskError',
  'StoreRefusedError',
  'StoreUnavailableError',
]

/** Carries a command out; where it cannot be, says why and resolves to 1. */
export async function explaining(command: () => Promise<number>): Promise<number> {
  // Whoever reads the first lines and no more has what they want.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1))
  try {
    return await command()
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { name, message, stack } = error as Error
    const lines = KNOWN.includes(name) ? message : (stack ?? String(error))
    process.stderr.write(`${lines.split('\n').map(plainText).join('\n')}\n`)
    return 1
  }
}
