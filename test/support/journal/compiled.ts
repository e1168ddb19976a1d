import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The variable that names the folder of the journal's stores as test/global-setup.ts has compiled them. */
export const COMPILED_JOURNAL = 'COMPILED_JOURNAL'

/** Where a module of the journal lies compiled. */
export const moduleUrl = (name: 'open-store' | 'worker' | 'driver'): URL =>
  pathToFileURL(join(process.env[COMPILED_JOURNAL] as string, `${name}.js`))
