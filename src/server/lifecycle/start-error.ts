import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Why the facade cannot start, in words for whoever started it: the message names the variable, and holds no value. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** Makes a folder for what ends with the embedded sandbox. */
export function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'payapi-sandbox-'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(`TMPDIR: no folder can be made there (${code}). Set it, or PAYAPI_DATA_DIR, to one that can.`)
  }
}
