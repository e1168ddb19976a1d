import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { merchants } from './merchants.mjs'
import { ROOT } from './prepare.mjs'
import { SCRATCH } from './processes.mjs'

const JOURNAL_KEY = randomBytes(32).toString('base64')

const API_KEY = `bench-${randomBytes(24).toString('base64url')}`

/** What a caller of the facade or of a peer sends to be known. */
export const CREDENTIALS = { 'x-api-key': API_KEY }

const POOR_API_KEY = `bench-${randomBytes(24).toString('base64url')}`

/** Of a caller who is known and may do nothing. */
export const POOR_CREDENTIALS = { 'x-api-key': POOR_API_KEY }

const hashOf = (key) => createHash('sha256').update(key).digest('hex')

/** All that protects the facade is on, as in production; only the number of requests is not held back. */
const GUARDED = {
  PAYAPI_AUTH: 'api-key',
  PAYAPI_API_KEYS: JSON.stringify([
    {
      id: 'bench',
      hash: hashOf(API_KEY),
      scopes: ['payments:charge', 'payments:read', 'operations:read', 'notices:read', 'escrow:read', 'cards:lookup'],
    },
    { id: 'poor', hash: hashOf(POOR_API_KEY), scopes: [] },
  ]),
  PAYAPI_RATE_LIMIT_PER_MINUTE: '100000000',
}

/** What `npm start` runs once the build is done: arguments of `node`, and variables set before it. */
function startCommand() {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const words = scripts.start.split('&&').at(-1).trim().split(/\s+/)
  const program = words.indexOf('node')
  if (program < 0 || !words.includes('dist/server/main.js')) {
    throw new Error('the script `start` of package.json does not end in `node … dist/server/main.js`')
  }
  return {
    args: words.slice(program + 1),
    env: Object.fromEntries(words.slice(0, program).map((word) => word.split('='))),
  }
}

/**
 * The facade as `npm start` runs it, against a gateway of ours instead of PayAPI.
 * Takes the gateway's URL, whether the journal is on (and in which folder, where not a new one), how many merchants it
 * has, and further variables; returns the command.
 */
export function facade(baseUrl, { journal = false, folder = newFolder(), merchantCount = 1, env = {} } = {}) {
  const shipped = startCommand()
  const merchantsFile = join(folder, 'merchants.json')
  writeFileSync(merchantsFile, JSON.stringify(merchants(merchantCount)))
  return {
    command: process.execPath,
    args: shipped.args,
    cwd: ROOT,
    env: {
      ...shipped.env,
      ...GUARDED,
      PAYAPI_ENV: 'test',
      PAYAPI_BASE_URL: baseUrl,
      PAYAPI_MERCHANTS_FILE: merchantsFile,
      ...(journal ? { PAYAPI_DATA_DIR: folder, PAYAPI_JOURNAL_KEYS: JOURNAL_KEY } : { PAYAPI_JOURNAL: 'off' }),
      ...env,
    },
  }
}

/** Returns a new folder for what a facade keeps. */
export const newFolder = () => mkdtempSync(join(SCRATCH, 'facade-'))

/**
 * Takes the gateway's URL and `kept` or `fresh`; returns the command of the limit or of a peer, under the settings of Node.js
 * that the facade is shipped with.
 */
export function peer(name, baseUrl, connections) {
  return {
    command: process.execPath,
    args: [...startCommand().args.filter((arg) => arg.startsWith('--')), join(ROOT, 'bench/servers', `${name}.mjs`)],
    cwd: ROOT,
    env: {
      NODE_ENV: 'production',
      BENCH_BASE_URL: baseUrl,
      BENCH_CONNECTIONS: connections,
      BENCH_KEY_HASH: hashOf(API_KEY),
    },
  }
}
