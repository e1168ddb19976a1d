import { hiddenByService } from '../lib/foreign-variables.ts'
import { checkMerchants, DEMO_MERCHANTS } from './merchants.ts'
import type { SandboxOptions } from './server.ts'

const DEFAULT_PORT = 4010
const DEFAULT_SEED = 1
const LAST_PORT = 65535

type Environment = Readonly<Record<string, string | undefined>>

/** Variables of the environment that cannot be used. The message names each in a line, and shows no value. */
export class SettingError extends Error {
  override readonly name = 'SettingError'
}

function readNumber(
  environment: Environment,
  name: string,
  fallback: number,
  must: string,
  fits: (n: number) => boolean,
) {
  const text = environment[name]?.trim()
  if (!text) return fallback
  const number = Number(text)
  if (!fits(number)) throw new SettingError(`${name} ${hiddenByService(name, text) ?? must}`)
  return number
}

function readMerchants(text: string | undefined): SandboxOptions['merchants'] {
  if (!text?.trim()) return DEMO_MERCHANTS
  let parsed: unknown
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    // The parser's own message quotes the text, and with it a key.
    throw new SettingError('SANDBOX_MERCHANTS is not valid JSON')
  }
  try {
    return checkMerchants(parsed)
  } catch (error) {
    throw new SettingError(`SANDBOX_MERCHANTS does not fit: ${error instanceof Error ? error.message : 'no merchants'}`)
  }
}

/**
 * Takes the environment, gives the options of a sandbox: SANDBOX_PORT, SANDBOX_HOST, SANDBOX_MERCHANTS,
 * SANDBOX_FAULT_RATE and SANDBOX_FAULT_SEED, each with a default. Throws SettingError.
 */
export function readSettings(environment: Environment): SandboxOptions {
  const problems: string[] = []
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof SettingError)) throw error
      problems.push(error.message)
      return undefined
    }
  }
  const isPort = (n: number) => Number.isInteger(n) && n >= 0 && n <= LAST_PORT
  const isRate = (n: number) => n >= 0 && n <= 1
  const port = attempt(() =>
    readNumber(environment, 'SANDBOX_PORT', DEFAULT_PORT, `must be a port from 0 to ${LAST_PORT}`, isPort),
  )
  const rate = attempt(() => readNumber(environment, 'SANDBOX_FAULT_RATE', 0, 'must be a number from 0 to 1', isRate))
  const seed = attempt(() =>
    readNumber(environment, 'SANDBOX_FAULT_SEED', DEFAULT_SEED, 'must be a whole number', Number.isSafeInteger),
  )
  const merchants = attempt(() => readMerchants(environment['SANDBOX_MERCHANTS']))
  if (port === undefined || rate === undefined || seed === undefined || merchants === undefined) {
    throw new SettingError(problems.join('\n'))
  }
  return {
    port,
    host: environment['SANDBOX_HOST']?.trim() || '127.0.0.1',
    merchants,
    ...(rate > 0 ? { faults: { rate, seed } } : {}),
  }
}
